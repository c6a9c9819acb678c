import { isWordAt, type Phrase } from './query.ts';
import { type Word, wordsOf } from './words.ts';

export type Snippet = {
  readonly snippet: string;
  /** Ranges into `snippet`, UTF-16 units: start, end, start, end, … */
  readonly highlights: readonly number[];
};

const SNIPPET_UNITS = 180;
/** How much of it stands before the first word found. */
const LEAD_UNITS = 40;
const MAX_HIGHLIGHTS = 32;
const CUT = '…';

type Range = { readonly start: number; readonly end: number };

/** One line of a text around the first words found. */
export function snippetOf(text: string, phrases: readonly Phrase[]): Snippet {
  const found = merged(findPhrases([...wordsOf(text)], phrases));
  const window = windowOf(text, found[0]?.start ?? 0);
  const before = window.start > 0 ? CUT : '';
  const after = window.end < text.length ? CUT : '';
  const shift = before.length - window.start;
  const highlights = found
    .filter(({ start, end }) => start >= window.start && end <= window.end)
    .slice(0, MAX_HIGHLIGHTS)
    .flatMap(({ start, end }) => [start + shift, end + shift]);
  const line = text.slice(window.start, window.end).replace(/\s/g, ' ');
  return { snippet: before + line + after, highlights };
}

function findPhrases(words: readonly Word[], phrases: readonly Phrase[]): Range[] {
  return phrases.flatMap((phrase) =>
    words.flatMap((word, at) => {
      const last = words[at + phrase.words.length - 1];
      return last && standsAt(words, at, phrase) ? [{ start: word.start, end: last.end }] : [];
    }),
  );
}

function standsAt(words: readonly Word[], at: number, phrase: Phrase): boolean {
  return phrase.words.every((_, index) => {
    const word = words[at + index];
    return word !== undefined && isWordAt(phrase, index, word.folded);
  });
}

/** In order, with what overlaps as one. */
function merged(ranges: readonly Range[]): readonly Range[] {
  const result: Range[] = [];
  for (const range of ranges.toSorted((a, b) => a.start - b.start || b.end - a.end)) {
    const last = result.at(-1);
    if (last && range.start < last.end) {
      result[result.length - 1] = { start: last.start, end: Math.max(last.end, range.end) };
    } else result.push(range);
  }
  return result;
}

/** Cuts at spaces where there are some near, and never within a character. */
function windowOf(text: string, first: number): Range {
  if (text.length <= SNIPPET_UNITS) return { start: 0, end: text.length };
  const earliest = Math.max(0, Math.min(first - LEAD_UNITS, text.length - SNIPPET_UNITS));
  const space = text.slice(earliest, first).search(/\s/);
  const start = earliest === 0 || space < 0 ? earliest : earliest + space + 1;
  const end = Math.min(text.length, start + SNIPPET_UNITS);
  return { start: whole(text, start), end: whole(text, end) };
}

function whole(text: string, at: number): number {
  const unit = text.charCodeAt(at);
  return unit >= 0xdc00 && unit <= 0xdfff ? at - 1 : at;
}
