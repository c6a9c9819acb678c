import { plainText } from '@heliogram/content';
import { BoundedCache } from '../bounded-cache.ts';
import { pageLimits } from '../limits.ts';

const time = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'UTC',
  hour: '2-digit',
  minute: '2-digit',
});
const day = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'UTC',
  weekday: 'long',
  day: 'numeric',
  month: 'long',
  year: 'numeric',
});
const shortDay = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'UTC',
  day: 'numeric',
  month: 'long',
  year: 'numeric',
});
const monthDay = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'UTC',
  day: 'numeric',
  month: 'short',
});
const whole = new Intl.NumberFormat('en');
const compact = new Intl.NumberFormat('en', { notation: 'compact', maximumFractionDigits: 1 });

/** `14:05`, as every time on the pages UTC. */
export const clock = (ms: number): string => time.format(ms);
/** `Thursday 26 November 2026` */
export const longDate = (ms: number): string => day.format(ms);
/** `26 November 2026` */
export const shortDate = (ms: number): string => shortDay.format(ms);
export const isoTime = (ms: number): string => new Date(ms).toISOString();
/** `26 Nov` */
export const dayAndMonth = (ms: number): string => monthDay.format(ms);
/** `2026-11-26` */
export const isoDay = (ms: number): string => isoTime(ms).slice(0, 10);

export const short = (count: number): string => compact.format(count);

export function counted(count: number, one: string, many: string): string {
  return `${count < 10_000 ? whole.format(count) : compact.format(count)} ${count === 1 ? one : many}`;
}

const UNITS = ['bytes', 'KB', 'MB', 'GB'] as const;

/** `1.4 MB` */
export function byteSize(bytes: number): string {
  let [value, unit] = [bytes, 0];
  while (value >= 1_000 && unit < UNITS.length - 1) [value, unit] = [value / 1_000, unit + 1];
  return `${unit === 0 || value >= 100 ? Math.round(value) : value.toFixed(1)} ${UNITS[unit]}`;
}

/** `3:07`, `1:02:03` */
export function duration(ms: number): string {
  const seconds = Math.round(ms / 1_000);
  const [hours, minutes] = [Math.floor(seconds / 3_600), Math.floor(seconds / 60) % 60];
  const tail = String(seconds % 60).padStart(2, '0');
  return hours > 0 ? `${hours}:${String(minutes).padStart(2, '0')}:${tail}` : `${minutes}:${tail}`;
}

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
