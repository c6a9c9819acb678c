import {
  graphemeStart,
  hasVisibleText,
  plainText,
  wholeStart,
  withBoundedMarks,
} from '@heliogram/content';
import { BoundedCache } from '../bounded-cache.ts';
import { pageLimits } from '../limits.ts';

export const isoTime = (ms: number): string => new Date(ms).toISOString();
/** `2026-11-26` */
export const isoDay = (ms: number): string => isoTime(ms).slice(0, 10);

/**
 * What turns or hides what stands beside it. The two joiners, which scripts need, and the tags of a
 * flag (UTS #51) stay.
 */
const DECEIVING =
  /(\u{1f3f4}[\u{e0030}-\u{e007a}]{1,16}\u{e007f})|(?!\u200c|\u200d|\n)[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu;

/** One line without markup, for previews. */
export function excerpt(text: string, maxCharacters: number): string {
  return kept(text, `excerpt ${maxCharacters}`, (plain) => cut(oneLine(plain), maxCharacters));
}

/** The first line that says something, for titles. */
export function headline(text: string, maxCharacters: number): string {
  return kept(text, `headline ${maxCharacters}`, (plain) => {
    const lines = plain.split('\n').map(oneLine);
    return cut(lines.find(hasVisibleText) ?? '', maxCharacters);
  });
}

const known = new BoundedCache<string>(pageLimits.maxMarkupCharacters);

/** Of a long text no preview shows more than this. */
const BEGINNING = 1_600;

/** What is made of the beginning of a text without its markup, made once. */
function kept(text: string, kind: string, shorten: (plain: string) => string): string {
  const start = text.slice(0, graphemeStart(text, BEGINNING));
  const key = `${kind} ${start}`;
  const short = known.get(key) ?? shorten(plainText(start));
  known.set(key, short, key.length + short.length);
  return short;
}

/** At a word, where there is one near; never within a grapheme. */
export function cut(line: string, maxCharacters: number): string {
  if (wholeStart(line, maxCharacters) === line) return line;
  const start = wholeStart(line, maxCharacters - 1);
  const space = start.search(/\s\S*$/);
  return `${(space > start.length / 2 ? start.slice(0, space) : start).trimEnd()}…`;
}

export function oneLine(text: string): string {
  const honest = text.replace(/\t/g, ' ').replace(DECEIVING, '$1');
  return withBoundedMarks(honest).replace(/\s+/g, ' ').trim();
}
