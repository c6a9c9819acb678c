import { wordsOf } from './phrase.ts';

/** A word of a phrase that no phrase can have. */
export interface Misspelling {
  /** From 1, among all words. */
  readonly place: number;
  readonly word: string;
  /** Words that may have been meant, the likeliest first. */
  readonly suggestions: readonly string[];
}

const maxSuggestions = 3;
/** More letters apart is another word. */
const maxDistance = 2;

/** Words that are none of the known ones; the last one counts once it cannot become one. */
export function misspellings(typed: string, known: ReadonlySet<string>): readonly Misspelling[] {
  const words = wordsOf(typed);
  const isOpen = /[a-z]$/i.test(typed);
  return words.flatMap((word, index) => {
    if (known.has(word)) return [];
    const mayGrow = isOpen && index === words.length - 1;
    if (mayGrow && [...known].some((each) => each.startsWith(word))) return [];
    return [{ place: index + 1, word, suggestions: suggestionsFor(word, known) }];
  });
}

/** The text with one of its words replaced, everything else as it was typed. */
export function withWord(typed: string, place: number, word: string): string {
  let at = 0;
  return typed.replace(/[a-z]+/gi, (found) => {
    at += 1;
    return at === place ? word : found;
  });
}

function suggestionsFor(word: string, known: ReadonlySet<string>): readonly string[] {
  const near = [...known].flatMap((each) => {
    const distance = letterDistance(word, each);
    return distance <= maxDistance ? [{ each, distance }] : [];
  });
  const alike = ({ each }: { readonly each: string }) => commonStart(word, each);
  near.sort((a, b) => a.distance - b.distance || alike(b) - alike(a));
  return near.slice(0, maxSuggestions).map(({ each }) => each);
}

function commonStart(a: string, b: string): number {
  const differs = [...a].findIndex((letter, i) => letter !== b[i]);
  return differs === -1 ? a.length : differs;
}

/** Letters added, left out, exchanged or swapped with the next one. */
function letterDistance(a: string, b: string): number {
  if (Math.abs(a.length - b.length) > maxDistance) return maxDistance + 1;
  let before: readonly number[] = [];
  let row: readonly number[] = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const changed = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      const bySwap = isSwap(a, b, { i, j }) ? (before[j - 2] ?? 0) + 1 : changed;
      next.push(Math.min(changed, bySwap, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    before = row;
    row = next;
  }
  return row[b.length] ?? 0;
}

function isSwap(a: string, b: string, { i, j }: { readonly i: number; readonly j: number }) {
  return i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
}
