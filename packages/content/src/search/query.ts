import { foldBeginning } from './folding.ts';
import { isUnspaced, wordsOf } from './words.ts';

/** Words that stand one after the other. */
export type Phrase = {
  readonly words: readonly string[];
  /**
   * Beginnings of the last word, which is still being typed: any of them will do. Empty when the last
   * word is whole.
   */
  readonly beginnings: readonly string[];
};

const MAX_QUERY_UNITS = 512;
const MAX_PHRASES = 16;
/** Shorter beginnings match too much to mean anything. */
const MIN_BEGINNING_UNITS = 2;
const PARTS = /"([^"]*)"?|[^\s"]+/gu;
/** Double quotes of other languages and keyboards; single ones are apostrophes. */
const OTHER_QUOTES = /[“”„‟«»‹›「」『』〝〞〟＂]/g;
/** Within a Hebrew abbreviation the sign is no quote. */
const GERSHAYIM = /(?<=\p{Script=Hebrew})"(?=\p{Script=Hebrew})/gu;

/**
 * What somebody typed: words in any order, "words in quotes" in theirs. There is no other syntax, so
 * nothing typed is wrong. Empty when no word is in it.
 */
export function searchPhrases(query: string): readonly Phrase[] {
  const typed = query.slice(0, MAX_QUERY_UNITS).replace(GERSHAYIM, '״').replace(OTHER_QUOTES, '"');
  const phrases: Phrase[] = [];
  for (const match of typed.matchAll(PARTS)) {
    const [part, quoted] = match;
    const isLast = match.index + part.length === query.length && quoted === undefined;
    const phrase = phraseOf(quoted ?? part, isLast);
    if (phrase) phrases.push(phrase);
  }
  return phrases.slice(0, MAX_PHRASES);
}

/** Whether `folded` is what the phrase has at `index`. */
export function isWordAt({ beginnings, words }: Phrase, index: number, folded: string): boolean {
  if (beginnings.length === 0 || index < words.length - 1) return folded === words[index];
  return beginnings.some((beginning) => folded.startsWith(beginning));
}

/** For FTS5: words hold letters, numbers and marks only, so that quoting them is enough. */
export function matchExpression(phrases: readonly Phrase[]): string {
  return phrases.map(expressionOf).join(' AND ');
}

function phraseOf(part: string, isOpen: boolean): Phrase | undefined {
  const found = [...wordsOf(part)];
  const last = found.at(-1);
  if (!last) return undefined;
  const words = found.map(({ folded }) => folded);
  const beginnings = isOpen ? beginningsOf(part.slice(last.start, last.end)) : [];
  return { words, beginnings };
}

function beginningsOf(word: string): readonly string[] {
  if (isUnspaced(word)) return [];
  return foldBeginning(word).filter(({ length }) => length >= MIN_BEGINNING_UNITS);
}

function expressionOf({ beginnings, words }: Phrase): string {
  if (beginnings.length === 0) return quoted(words);
  const before = words.slice(0, -1);
  const readings = beginnings.map((beginning) => `${quoted([...before, beginning])}*`);
  return readings.length === 1 ? readings.join('') : `(${readings.join(' OR ')})`;
}

function quoted(words: readonly string[]): string {
  return `"${words.join(' ')}"`;
}
