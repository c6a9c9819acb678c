import { readFileSync } from 'node:fs';
import { type Colour, hexColour } from './colour.ts';

export const moods = ['sun', 'shade', 'night'] as const;
export const themes = ['light', 'dark'] as const;
export type Mood = (typeof moods)[number];
export type Theme = (typeof themes)[number];

/** The colours that `tokens.css` gives to a mood in a theme, by role without its dashes. */
export function readTokens(mood: Mood, theme: Theme): (role: string) => Colour {
  const css = readFileSync(new URL('../tokens.css', import.meta.url), 'utf8');
  const plain = css.replace(/\/\*.*?\*\//gs, '').split('@media')[0] ?? '';
  const declared = new Map<string, string>();
  let side = theme;
  for (const [, selector = '', body = ''] of plain.matchAll(/([^{};]+)\{([^{}]*)\}/g)) {
    if (!appliesTo(selector, mood)) continue;
    if (body.includes('color-scheme: dark')) side = 'dark';
    for (const [, role = '', value = ''] of body.matchAll(/--([\w-]+):\s*([^;]+);/g)) {
      declared.set(role, value.trim());
    }
  }
  return (role) => {
    const value = declared.get(role);
    if (value === undefined) throw new Error(`tokens.css gives no --${role} to ${mood}`);
    return hexColour(sideOf(value, side));
  };
}

function appliesTo(selector: string, mood: Mood): boolean {
  const parts = selector.split(',').map((part) => part.trim());
  return parts.some(
    (part) => part === ':root' || part === '[data-mood]' || part === `[data-mood="${mood}"]`,
  );
}

function sideOf(value: string, theme: Theme): string {
  const both = /^light-dark\(\s*([^,]+?)\s*,\s*([^)]+?)\s*\)$/.exec(value);
  return (theme === 'light' ? both?.[1] : both?.[2]) ?? value;
}
