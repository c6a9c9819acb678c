import { after, before, isWord } from './characters.ts';
import type { Hashtag, Mention } from './tree.ts';

/** The stretch of text that a name stands in. */
export interface Surroundings {
  readonly start: number;
  readonly end: number;
  /** An `_` before the name waits for its other end: one behind the name is that, and no letter of it. */
  readonly inItalic: boolean;
}

/** `@username` (CNT-24), unless it is a part of an address or of a longer name. */
export function readMention(source: string, at: number, around: Surroundings): Mention | undefined {
  const pattern = /@([a-z0-9_]{5,32})(?![a-z0-9_@])/iy;
  pattern.lastIndex = at;
  const typed = standsAlone(beforeName(source, at, around), '@/.')
    ? pattern.exec(source)?.[1]
    : undefined;
  if (typed === undefined) return undefined;
  const name = around.inItalic ? typed.replace(/_{1,32}$/, '') : typed;
  const end = at + 1 + name.length;
  if (name.length < 5 || end > around.end) return undefined;
  return { type: 'mention', text: `@${name}`, username: name.toLowerCase(), start: at, end };
}

/**
 * Up to 64 letters, marks, digits and underscores, at least one of them a letter. Between two of
 * them may stand what joins words of some scripts: the joiners of Persian and Indic, the katakana
 * middle dot, Hebrew maqaf and geresh, the Tibetan tsheg.
 */
const HASHTAG =
  /#((?:[\p{L}\p{N}\p{M}_](?:(?:\u200c|\u200d|[\u30fb\u05be\u05f3\u05f4\u0f0b])(?=[\p{L}\p{N}]))?){1,64})/uy;

/** `#tag` (CNT-24), unless it is a part of a word, an address or a character reference. */
export function readHashtag(source: string, at: number, around: Surroundings): Hashtag | undefined {
  HASHTAG.lastIndex = at;
  const typed = standsAlone(beforeName(source, at, around), '#&/')
    ? HASHTAG.exec(source)?.[1]
    : undefined;
  if (typed === undefined) return undefined;
  const typedEnd = at + 1 + typed.length;
  if (typedEnd > around.end || isWord(after(source, typedEnd, around.end))) return undefined;
  const tag = around.inItalic ? typed.replace(/_{1,64}$/, '') : typed;
  if (!/\p{L}/u.test(tag)) return undefined;
  const end = at + 1 + tag.length;
  return { type: 'hashtag', text: `#${tag}`, tag: tag.toLowerCase(), start: at, end };
}

/**
 * Whether what begins at `at` is not the tail of a word and follows none of `refused`. Scripts that
 * have no capitals (Arabic, Hebrew, Han, Kana, Hangul, Thai, Indic) write `@` and `#` right behind
 * a word; Latin, Greek and Cyrillic ones do not, so there it is an address or a name such as `C#`.
 */
function standsAlone(left: string, refused: string): boolean {
  return left === '' || !(/^[\p{LC}\p{N}]$/u.test(left) || refused.includes(left));
}

/** The character before a name, past the marks of italics and the marks on a letter. */
function beforeName(source: string, at: number, { start }: Surroundings): string {
  let left = at;
  while (left > start && source[left - 1] === '_') left--;
  let character = before(source, left, start);
  while (/^\p{M}$/u.test(character)) {
    left -= character.length;
    character = before(source, left, start);
  }
  return character;
}
