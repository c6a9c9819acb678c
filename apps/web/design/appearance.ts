/** `system` follows the machine, also when it changes at dusk. */
export type Theme = 'system' | 'light' | 'dark';

/** Percent of the size that the browser is set to. */
export const textSizes = [87.5, 100, 112.5, 125, 137.5] as const;
export type TextSize = (typeof textSizes)[number];

/** Gives a page its theme and text size. */
export function applyAppearance(root: HTMLElement, theme: Theme, textSize: TextSize): void {
  if (theme === 'system') delete root.dataset['theme'];
  else root.dataset['theme'] = theme;
  root.style.setProperty('--text-scale', String(textSize / 100));
}
