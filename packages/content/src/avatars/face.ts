import { encodeUtf8 } from '../mimi/utf8.ts';

const letters = new Intl.Segmenter(undefined, { granularity: 'grapheme' });
const hueCount = 24;
export const avatarHues: readonly number[] = Array.from(
  { length: hueCount },
  (_, index) => index * (360 / hueCount),
);
/** "The" is written onto the word; with it half of all names would begin alike. */
const arabicArticle = /^ال(?=\p{L}{2})/u;

/** The hue, in degrees, behind the initials of a channel or person without a picture: the same on every device and page. */
export function avatarHue(id: string): number {
  // FNV-1a, 32 bit: ids that differ in one character land far apart.
  let hash = 0x811c9dc5;
  for (const byte of encodeUtf8(id)) {
    hash = Math.imul(hash ^ byte, 0x01000193) >>> 0;
  }
  return (((hash ^ (hash >>> 15)) >>> 0) % hueCount) * (360 / hueCount);
}

/**
 * The first letters of the first and the last word. One letter where letters join, as Arabic ones
 * do, or where a single sign says a syllable.
 */
export function initialsOf(name: string): string {
  const words = name
    .split(/\s+/u)
    .map(firstLetter)
    .filter((letter) => letter !== '');
  const [first = '', ...others] = words;
  const last = others.at(-1);
  return last !== undefined && isCased(first) && isCased(last) ? first + last : first;
}

function firstLetter(word: string): string {
  const bare = word
    .replace(/^[^\p{L}\p{N}\p{Extended_Pictographic}]+/u, '')
    .replace(arabicArticle, '');
  const [first] = letters.segment(bare);
  return first?.segment.toUpperCase() ?? '';
}

function isCased(letter: string): boolean {
  return letter.toLowerCase() !== letter.toUpperCase() || /\p{N}/u.test(letter);
}
