import { texts as english, type Texts } from './en/texts.ts';

export type { Texts } from './en/texts.ts';

import { createFormats, type Formats } from './formats.ts';

export interface Language {
  /** BCP 47; `Intl` takes its digits and calendars from it. */
  readonly code: string;
  readonly direction: 'ltr' | 'rtl';
  readonly texts: Texts;
  readonly formats: Formats;
}

interface Known {
  /** In its own language. */
  readonly name: string;
  readonly direction: 'ltr' | 'rtl';
  readonly load: () => Promise<Texts>;
}

/** Another language is a folder like `ar/` and a line here. */
export const languages: Readonly<Record<string, Known>> = {
  en: { name: 'English', direction: 'ltr', load: async () => english },
  ar: {
    name: 'العربية',
    direction: 'rtl',
    load: async () => (await import('./ar/texts.ts')).texts,
  },
};

/** The language as the browser's region writes it: `en-GB` has another clock than `en-US`. */
function regional(code: string): string {
  const wanted = globalThis.navigator?.languages ?? [];
  return wanted.find((each) => each.toLowerCase().startsWith(`${code}-`)) ?? code;
}

const loaded = new Map<string, Language>([
  ['en', { code: 'en', direction: 'ltr', texts: english, formats: createFormats(regional('en')) }],
]);

/** Loads a language once; what is unknown is English. */
export async function loadLanguage(code: string): Promise<Language> {
  const known = languages[code];
  const ready = loaded.get(code) ?? (known === undefined ? loaded.get('en') : undefined);
  if (ready) return ready;
  const { direction, load } = known ?? { direction: 'ltr', load: async () => english };
  const language = { code, direction, texts: await load(), formats: createFormats(regional(code)) };
  loaded.set(code, language);
  return language;
}

/** The best of our languages for what the browser asks for, such as `navigator.languages`. */
export function preferredLanguage(wanted: readonly string[]): string {
  const bases = wanted.map((each) => each.toLowerCase().split('-')[0] ?? '');
  return bases.find((base) => base in languages) ?? 'en';
}
