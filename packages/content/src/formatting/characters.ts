/** The code point before `at` as a string, or `''` at `start`. */
export function before(source: string, at: number, start: number): string {
  if (at <= start) return '';
  const low = source.charCodeAt(at - 1);
  const pair = low >= 0xdc00 && low <= 0xdfff && at - 2 >= start;
  return pair ? source.slice(at - 2, at) : source.slice(at - 1, at);
}

/** The code point at `at` as a string, or `''` at `end`. */
export function after(source: string, at: number, end: number): string {
  return at < end ? String.fromCodePoint(source.codePointAt(at) ?? 0) : '';
}

/** Whether it is white space; the edge of the text (`''`) counts as such. */
export function isSpace(character: string): boolean {
  return character === '' || /^\s$/u.test(character);
}

export function isPunctuation(character: string): boolean {
  return /^[\p{P}\p{S}]$/u.test(character);
}

export function isWord(character: string): boolean {
  return /^[\p{L}\p{N}\p{M}_]$/u.test(character);
}

// Controls, and marks that turn or hide what stands beside them.
const invisible =
  '\\p{Cc}\\p{Zl}\\p{Zp}\\u061c\\u200b-\\u200f\\u202a-\\u202e\\u2060-\\u206f\\ufeff';
const refusedInUrl = new RegExp(`[\\s<>"\\\\\`${invisible}]`, 'u');

/** A URL in running text, deceptive characters included: with one of them it is no link at all. */
export const bareUrl = /https?:\/\/[^\s<>"`[\]]+/iuy;

/** Whether a URL holds what could make it look like another one or end it early. */
export function looksDeceptive(url: string): boolean {
  return refusedInUrl.test(url) || !url.isWellFormed();
}
