import { isWordAt, type Phrase, wordsOf } from '@heliogram/content';

/** BM25 with the constants that SQLite's index has. */
const saturation = 1.2;
const lengthWeight = 0.75;
/** What a word counts for that stands in half of all texts, or in more. */
const leastWeight = 1e-6;

/**
 * How well texts answer phrases, as the word index of a database says it: how often each phrase stands in
 * a text of its length, and in how few texts it does. Zero: not every phrase is there.
 */
export function scoresOf(texts: readonly string[], phrases: readonly Phrase[]): readonly number[] {
  const words = texts.map((text) => [...wordsOf(text)].map(({ folded }) => folded));
  const averageLength = words.reduce((sum, { length }) => sum + length, 0) / words.length;
  const counts = words.map((each) => phrases.map((phrase) => countOf(each, phrase)));
  const weights = phrases.map((_, i) => {
    const having = counts.filter((each) => (each[i] ?? 0) > 0).length;
    const weight = Math.log((texts.length - having + 0.5) / (having + 0.5));
    return weight <= 0 ? leastWeight : weight;
  });
  return counts.map((each, text) => {
    if (!each.every((count) => count > 0)) return 0;
    const relativeLength = (words[text]?.length ?? 0) / averageLength;
    const damping = saturation * (1 - lengthWeight + lengthWeight * relativeLength);
    const scores = each.map(
      (count, i) => ((weights[i] ?? 0) * count * (saturation + 1)) / (count + damping),
    );
    return scores.reduce((sum, score) => sum + score, 0);
  });
}

function countOf(words: readonly string[], phrase: Phrase): number {
  return words.filter((_, at) => standsAt(words, at, phrase)).length;
}

function standsAt(words: readonly string[], at: number, phrase: Phrase): boolean {
  return phrase.words.every((_, i) => {
    const found = words[at + i];
    return found !== undefined && isWordAt(phrase, i, found);
  });
}
