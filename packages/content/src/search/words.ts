import { foldWord } from './folding.ts';

/** A word of a text as the index knows it, and where it stands (UTF-16 units). */
export type Word = { readonly folded: string; readonly start: number; readonly end: number };

/**
 * Scripts whose words no space parts, or, as in Korean, whose particles are written together with the
 * word before: each character is a word, and a run of them is found as a phrase. The long mark of
 * kana (U+30FC, U+FF70) belongs to no script in Unicode.
 */
const UNSPACED = String.raw`[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}\u30fc\uff70]`;
/** Korean syllables that are written as their letters, and half-width kana with their voice marks. */
const SYLLABLE = String.raw`[\u1100-\u115f][\u1160-\u11a7]+[\u11a8-\u11ff]*|${UNSPACED}[\p{M}\uff9e\uff9f]*`;
const LETTER = String.raw`(?!${UNSPACED})[\p{L}\p{N}\p{M}\p{Co}]`;
/** Soft hyphens, joiners and direction marks within a word part nothing. */
const INVISIBLE = String.raw`[\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff]`;
const UNSPACED_WORD = new RegExp(`^${UNSPACED}`, 'u');
const WORD = new RegExp(`${SYLLABLE}|${LETTER}(?:${LETTER}|${INVISIBLE}+(?=${LETTER}))*`, 'gu');

/** The words of a text, in order. */
export function* wordsOf(text: string): Generator<Word> {
  for (const match of text.matchAll(WORD)) {
    const [word] = match;
    const folded = foldWord(word);
    if (folded) yield { folded, start: match.index, end: match.index + word.length };
  }
}

export function isUnspaced(word: string): boolean {
  return UNSPACED_WORD.test(word);
}

/** The words alone, a space between them: what the index tokenizes. */
export function indexedText(text: string): string {
  const words: string[] = [];
  for (const { folded } of wordsOf(text)) words.push(folded);
  return words.join(' ');
}
