const wordCount = 24;
const askedCount = 3;

/** The words of a phrase as somebody pasted or typed it: numbers, commas and lines do not matter. */
export function wordsOf(typed: string): readonly string[] {
  return typed
    .normalize('NFKD')
    .toLowerCase()
    .split(/[^a-z]+/)
    .filter((word) => word !== '');
}

export function isWholePhrase(typed: string): boolean {
  return wordsOf(typed).length === wordCount;
}

/** Three different places in a phrase, ascending, by a source of numbers in [0, 1). */
export function askedPlaces(random: () => number): readonly number[] {
  const places = Array.from({ length: wordCount }, (_, place) => place);
  const asked = Array.from({ length: askedCount }, () => {
    const [place = 0] = places.splice(Math.floor(random() * places.length), 1);
    return place;
  });
  return asked.sort((a, b) => a - b);
}

/** Whether each answer is the word at its place; spaces and capitals do not matter. */
export function wrongAnswers(
  words: readonly string[],
  places: readonly number[],
  answers: readonly string[],
): readonly number[] {
  return places.filter((place, index) => wordsOf(answers[index] ?? '').join(' ') !== words[place]);
}
