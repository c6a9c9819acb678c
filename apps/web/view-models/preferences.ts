import { useSyncExternalStore } from 'react';
import { applyAppearance, type TextSize, type Theme, textSizes } from '../design/appearance.ts';
import { type Language, languages, preferredLanguage } from '../language/languages.ts';
import type { SendBy } from './composer-keys.ts';
import { type Kept, keptHere } from './kept.ts';

/** How this browser shows the app. */
export interface Preferences {
  readonly theme: Theme;
  readonly textSize: TextSize;
  /** Empty: what the browser asks for. */
  readonly language: string;
  readonly sendBy: SendBy;
}

export const usualPreferences: Preferences = {
  theme: 'system',
  textSize: 100,
  language: '',
  sendBy: 'enter',
};

const themes: readonly string[] = ['system', 'light', 'dark'] satisfies Theme[];

/** What is not understood, of another version or written by hand, is as usual. */
export function readPreferences(text: string | undefined): Preferences {
  const { theme, textSize, language, sendBy } = parsed(text);
  return {
    theme: typeof theme === 'string' && themes.includes(theme) ? (theme as Theme) : 'system',
    textSize: textSizes.find((size) => size === textSize) ?? usualPreferences.textSize,
    language: typeof language === 'string' && Object.hasOwn(languages, language) ? language : '',
    sendBy: sendBy === 'ctrl-enter' ? 'ctrl-enter' : 'enter',
  };
}

function parsed(text: string | undefined): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text ?? '{}');
    return typeof value === 'object' && value !== null ? { ...value } : {};
  } catch {
    return {};
  }
}

export class PreferenceStore {
  readonly #kept: Kept;
  readonly #listeners = new Set<() => void>();
  #current: Preferences;

  constructor(kept: Kept) {
    this.#kept = kept;
    this.#current = readPreferences(kept.get('preferences'));
  }

  readonly current = (): Preferences => this.#current;

  readonly subscribe = (changed: () => void): (() => void) => {
    this.#listeners.add(changed);
    return () => this.#listeners.delete(changed);
  };

  change(changes: Partial<Preferences>): void {
    this.#current = { ...this.#current, ...changes };
    this.#kept.set('preferences', JSON.stringify(this.#current));
    this.#tell();
  }

  /** Takes what another tab wrote. */
  reread(): void {
    this.#current = readPreferences(this.#kept.get('preferences'));
    this.#tell();
  }

  #tell(): void {
    for (const listener of this.#listeners) listener();
  }
}

export const preferences = new PreferenceStore(keptHere);

export function usePreferences(): Preferences {
  return useSyncExternalStore(preferences.subscribe, preferences.current);
}

/** The language to show, by wish or by what the browser asks for. */
export function languageOf({ language }: Preferences): string {
  return language === '' ? preferredLanguage(navigator.languages) : language;
}

/** Direction and language of the page, for fonts, hyphens, spelling and whoever reads it aloud. */
export function applyLanguage(root: HTMLElement, { code, direction }: Language): void {
  root.lang = code;
  root.dir = direction;
}

/** Gives the page its appearance now, after each change, and after a change in another tab. */
export function followPreferences(root: HTMLElement): void {
  const apply = () => {
    const { theme, textSize } = preferences.current();
    applyAppearance(root, theme, textSize);
    colourBrowser();
  };
  apply();
  preferences.subscribe(apply);
  addEventListener('storage', () => preferences.reread());
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', colourBrowser);
}

// The browser's own bar continues the page.
function colourBrowser(): void {
  const { backgroundColor } = getComputedStyle(document.body);
  const tags = document.querySelectorAll<HTMLMetaElement>('meta[name="theme-color"]');
  for (const tag of tags) tag.content = backgroundColor;
}
