/** A word of a text as the index knows it, and where it stands (UTF-16 units). */
export type Word = { readonly folded: string; readonly start: number; readonly end: number };

/** Scripts written without spaces: each character is a word, and a run of them is found as a phrase. */
const UNSPACED = String.raw`[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]`;
const UNSPACED_WORD = new RegExp(`^${UNSPACED}`, 'u');
const WORD = new RegExp(
  String.raw`${UNSPACED}\p{M}*|(?:(?!${UNSPACED})[\p{L}\p{N}\p{M}\p{Co}])+`,
  'gu',
);
/** Longer ones are found by their beginning: keys and hashes fill no index. */
const MAX_WORD_UNITS = 64;
const LATIN_MARKS = /[\u0300-\u036f]/g;
const NOT_IN_WORDS = /[^\p{L}\p{N}\p{M}\p{Co}]/gu;

/** The words of a text, in order. */
export function* wordsOf(text: string): Generator<Word> {
  for (const match of text.matchAll(WORD)) {
    const [word] = match;
    const folded = fold(word);
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

/** Case, width and the accents of European scripts make no difference; vowel signs of others do. */
function fold(word: string): string {
  return word
    .slice(0, MAX_WORD_UNITS)
    .normalize('NFKD')
    .replace(LATIN_MARKS, '')
    .toLowerCase()
    .normalize('NFKC')
    .replace(NOT_IN_WORDS, '');
}
