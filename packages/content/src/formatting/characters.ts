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

/**
 * Wide and half-width characters and Hangul (UAX #11, UAX #24) but emoji: "CJK characters" of the
 * CommonMark CJK-friendly amendments. Scripts of South-East Asia, written without spaces too, follow.
 */
const UNSPACED =
  /^(?!\p{Emoji_Presentation})[\u1100-\u11ff\u20a9\u2329\u232a\u2e80-\u303e\u3041-\u3247\u3250-\ua4cf\ua960-\ua97f\uac00-\ud7ff\uf900-\ufaff\ufe10-\ufe19\ufe30-\ufe6f\uff01-\uffee\u{16fe0}-\u{18dff}\u{1aff0}-\u{1b2ff}\u{1f200}-\u{1f265}\u{20000}-\u{3fffd}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}\p{Script=Tibetan}]$/u;

/** Whether it belongs to writing without spaces between words, its punctuation included. */
export function isUnspaced(character: string): boolean {
  return UNSPACED.test(character);
}

/** A letter of a script other than Latin, or a full-width form: these end a URL in Latin letters. */
export function isForeignLetter(character: string): boolean {
  return /^(?:(?!\p{Script=Latin}|[0-9])[\p{L}\p{Nd}]|[\uff10-\uff5a])$/u.test(character);
}

// Controls, and marks that turn or hide what stands beside them.
const invisible =
  '\\p{Cc}\\p{Zl}\\p{Zp}\\u061c\\u200b-\\u200f\\u202a-\\u202e\\u2060-\\u206f\\ufeff';
const refusedInUrl = new RegExp(`[\\s<>"\\\\\`${invisible}]`, 'u');

/** Whether a URL holds what could make it look like another one or end it early. */
export function looksDeceptive(url: string): boolean {
  return refusedInUrl.test(url) || !url.isWellFormed();
}
