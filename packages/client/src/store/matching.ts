import { type Phrase, wordsOf } from '@heliogram/content';

/** Whether a text holds every phrase: what the word index of a database answers. */
export function matches(text: string, phrases: readonly Phrase[]): boolean {
  const words = [...wordsOf(text)].map(({ folded }) => folded);
  return phrases.every((phrase) => words.some((_, at) => standsAt(words, at, phrase)));
}

function standsAt(
  words: readonly string[],
  at: number,
  { words: wanted, prefix }: Phrase,
): boolean {
  return wanted.every((word, i) => {
    const found = words[at + i] ?? '';
    return prefix && i === wanted.length - 1 ? found.startsWith(word) : found === word;
  });
}
