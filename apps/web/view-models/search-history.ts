import { type Kept, keptHere } from './kept.ts';

const key = 'searches';
const maxKept = 8;
const maxLength = 80;

/** What was looked for on this device, newest first. */
export function recentSearches(kept: Kept = keptHere): readonly string[] {
  try {
    const value: unknown = JSON.parse(kept.get(key) ?? '[]');
    if (!Array.isArray(value)) return [];
    return value.filter((each) => typeof each === 'string').slice(0, maxKept);
  } catch {
    return [];
  }
}

/** Words that led somewhere come first; the same words are kept once. */
export function rememberSearch(words: string, kept: Kept = keptHere): void {
  const tidy = words.trim().slice(0, maxLength);
  if (tidy === '') return;
  const others = recentSearches(kept).filter((each) => each !== tidy);
  kept.set(key, JSON.stringify([tidy, ...others].slice(0, maxKept)));
}

export function forgetSearches(kept: Kept = keptHere): void {
  kept.set(key, undefined);
}
