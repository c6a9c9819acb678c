import { plainText } from '@heliogram/content';
import { BoundedCache } from '../bounded-cache.ts';
import { pageLimits } from '../limits.ts';

export const isoTime = (ms: number): string => new Date(ms).toISOString();
/** `2026-11-26` */
export const isoDay = (ms: number): string => isoTime(ms).slice(0, 10);

/** Turns and hides what stands beside it; the two joiners, which scripts need, stay. */
const DECEIVING = /(?!\u200c|\u200d|\n)[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu;

/** One line without markup, for previews. */
export function excerpt(text: string, maxCharacters: number): string {
  return cut(oneLine(beginning(text)), maxCharacters);
}

/** The first line that says something, for titles. */
export function headline(text: string, maxCharacters: number): string {
  const lines = beginning(text).split('\n').map(oneLine);
  return cut(lines.find((line) => line !== '') ?? '', maxCharacters);
}

const known = new BoundedCache<string>(pageLimits.maxMarkupCharacters);

/** Without its markup. Of a long text no preview shows more than this. */
function beginning(text: string): string {
  const start = text.slice(0, BEGINNING);
  const kept = known.get(start);
  if (kept !== undefined) return kept;
  const plain = plainText(start);
  known.set(start, plain, start.length + plain.length);
  return plain;
}

const BEGINNING = 1_600;

/** At a word, where there is one near. */
export function cut(line: string, maxCharacters: number): string {
  const characters = [...line];
  if (characters.length <= maxCharacters) return line;
  const start = characters.slice(0, maxCharacters - 1).join('');
  const atWord = start.replace(/\s+\S*$/, '');
  return `${atWord.length > start.length / 2 ? atWord : start}…`;
}

export function oneLine(text: string): string {
  return text.replace(DECEIVING, '').replace(/\s+/g, ' ').trim();
}
