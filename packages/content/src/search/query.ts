import { isUnspaced, wordsOf } from './words.ts';

/** Words that stand one after the other. */
export type Phrase = {
  readonly words: readonly string[];
  /** The last word may go on: it is still being typed. */
  readonly prefix: boolean;
};

const MAX_QUERY_UNITS = 512;
const MAX_PHRASES = 16;
/** Shorter beginnings match too much to mean anything. */
const MIN_PREFIX_UNITS = 2;
const PARTS = /"([^"]*)"?|[^\s"]+/gu;

/**
 * What somebody typed: words in any order, "words in quotes" in theirs. There is no other syntax, so
 * nothing typed is wrong. Empty when no word is in it.
 */
export function searchPhrases(query: string): readonly Phrase[] {
  const phrases: Phrase[] = [];
  for (const match of query.slice(0, MAX_QUERY_UNITS).matchAll(PARTS)) {
    const [part, quoted] = match;
    const words = [...wordsOf(quoted ?? part)].map(({ folded }) => folded);
    const last = match.index + part.length === query.length && quoted === undefined;
    if (words.length > 0) phrases.push({ words, prefix: last && mayGoOn(words) });
  }
  return phrases.slice(0, MAX_PHRASES);
}

/** For FTS5: words hold letters, numbers and marks only, so that quoting them is enough. */
export function matchExpression(phrases: readonly Phrase[]): string {
  return phrases
    .map(({ words, prefix }) => `"${words.join(' ')}"${prefix ? '*' : ''}`)
    .join(' AND ');
}

function mayGoOn(words: readonly string[]): boolean {
  const last = words.at(-1) ?? '';
  return last.length >= MIN_PREFIX_UNITS && !isUnspaced(last);
}
