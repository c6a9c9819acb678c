import { arabic } from './ar.ts';
import { english } from './en.ts';
import { createFormats, type PageFormats } from './formats.ts';
import type { PageTexts } from './texts.ts';

export type LanguageCode = 'en' | 'ar';

/** The words, numbers and direction of one language. */
export type PageLanguage = {
  readonly code: LanguageCode;
  readonly direction: 'ltr' | 'rtl';
  readonly texts: PageTexts;
  readonly formats: PageFormats;
};

export const LANGUAGES: Readonly<Record<LanguageCode, PageLanguage>> = {
  en: { code: 'en', direction: 'ltr', texts: english, formats: createFormats('en-GB', 'en') },
  ar: { code: 'ar', direction: 'rtl', texts: arabic, formats: createFormats('ar-u-nu-latn') },
};

/**
 * The language of a page about something written as `text`: Arabic where most letters are of the
 * Arabic script, otherwise what the reader prefers.
 */
export function pageLanguage(text: string, preferred: LanguageCode): PageLanguage {
  return isMostlyArabic(text) ? LANGUAGES.ar : LANGUAGES[preferred];
}

/** Persian, Urdu and Pashto share the script and most of these letters, not the language. */
const OTHER_ARABIC_SCRIPT =
  /[\u0679\u067e\u0686\u0688\u0691\u0698\u06a9\u06af\u06ba\u06be\u06c1\u06cc\u06d2]/u;

function isMostlyArabic(text: string): boolean {
  let [arabicLetters, letters] = [0, 0];
  for (const character of text) {
    if (!/\p{L}/u.test(character)) continue;
    letters += 1;
    if (/\p{Script=Arabic}/u.test(character)) arabicLetters += 1;
  }
  return arabicLetters * 2 > letters && !OTHER_ARABIC_SCRIPT.test(text);
}

/** The first of our languages in an `Accept-Language` header (RFC 9110 §12.5.4), by weight. */
export function preferredLanguage(header: string | undefined): LanguageCode {
  const ranges = (header ?? '').slice(0, MAX_HEADER_CHARACTERS).split(',').map(readRange);
  const known = ranges.filter(({ code, weight }) => weight > 0 && Object.hasOwn(LANGUAGES, code));
  const best = known.toSorted((a, b) => b.weight - a.weight)[0];
  return best?.code === 'ar' ? 'ar' : 'en';
}

const MAX_HEADER_CHARACTERS = 500;

function readRange(range: string): { readonly code: string; readonly weight: number } {
  const [tag = '', ...parameters] = range.split(';');
  const weight = parameters.map((each) => /^\s*q=([01](?:\.\d{0,3})?)\s*$/i.exec(each)?.[1]);
  const code = tag.trim().toLowerCase().split('-')[0] ?? '';
  return { code, weight: Number(weight.find((each) => each !== undefined) ?? 1) };
}
