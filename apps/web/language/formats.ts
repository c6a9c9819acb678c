import type { PluralForms } from '@heliogram/content';

/** Numbers, counts, dates and durations in one language; all of it by Intl. */
export interface Formats {
  /** BCP 47. */
  readonly locale: string;
  number(value: number): string;
  /** `12.3K`. */
  compact(value: number): string;
  percent(fraction: number): string;
  /** `1.2 MB`. */
  bytes(value: number): string;
  /** The form of `forms` that the language has for `count`, with `#` replaced by the number. */
  plural(count: number, forms: PluralForms): string;
  /** `14:05`. */
  time(at: number): string;
  /** `Thursday 26 November`, with the year when it is not this one. */
  day(at: number, now: number): string;
  /** For lists: time today, weekday this week, date before. */
  brief(at: number, now: number): string;
  /** Date and time in full. */
  moment(at: number): string;
  /** `3:07`. */
  duration(ms: number): string;
  list(items: readonly string[]): string;
}

const dayMs = 86_400_000;

/** `numbers`: digits of the locale, such as `ar-u-nu-arab`, are part of `locale`. */
export function createFormats(locale: string): Formats {
  const number = new Intl.NumberFormat(locale);
  const compact = new Intl.NumberFormat(locale, { notation: 'compact', maximumFractionDigits: 1 });
  const percent = new Intl.NumberFormat(locale, { style: 'percent' });
  const rules = new Intl.PluralRules(locale);
  const list = new Intl.ListFormat(locale);
  const dates = dateFormats(locale);
  return {
    locale,
    number: (value) => number.format(value),
    compact: (value) => compact.format(value),
    percent: (fraction) => percent.format(fraction),
    bytes: (value) => formatBytes(locale, value),
    plural: (count, forms) =>
      (forms[rules.select(count)] ?? forms.other).replaceAll('#', number.format(count)),
    time: byMinute(dates.time),
    day: (at, now) => (sameYear(at, now) ? dates.day : dates.dayOfYear).format(at),
    brief: (at, now) => {
      if (sameDay(at, now)) return dates.time.format(at);
      if (now - at < 6 * dayMs && now > at) return dates.weekday.format(at);
      return (sameYear(at, now) ? dates.short : dates.shortOfYear).format(at);
    },
    moment: byMinute(dates.moment),
    duration: (ms) => formatDuration(locale, ms),
    list: (items) => list.format(items),
  };
}

function dateFormats(locale: string) {
  const format = (options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat(locale, options);
  return {
    time: format({ hour: 'numeric', minute: '2-digit' }),
    weekday: format({ weekday: 'short' }),
    day: format({ weekday: 'long', day: 'numeric', month: 'long' }),
    dayOfYear: format({ day: 'numeric', month: 'long', year: 'numeric' }),
    short: format({ day: 'numeric', month: 'short' }),
    shortOfYear: format({ day: 'numeric', month: 'numeric', year: '2-digit' }),
    moment: format({ dateStyle: 'full', timeStyle: 'short' }),
  };
}

const minuteMs = 60_000;
const maxMinutes = 500;

/** What says no seconds is the same all minute, and a screenful of posts is of few minutes. */
function byMinute(format: Intl.DateTimeFormat): (at: number) => string {
  const known = new Map<number, string>();
  return (at) => {
    const minute = Math.floor(at / minuteMs);
    const text = known.get(minute) ?? format.format(at);
    if (known.size >= maxMinutes) known.clear();
    known.set(minute, text);
    return text;
  };
}

const units = ['byte', 'kilobyte', 'megabyte', 'gigabyte'] as const;

function formatBytes(locale: string, bytes: number): string {
  const power = bytes < 1 ? 0 : Math.min(3, Math.floor(Math.log(bytes) / Math.log(1_000)));
  const value = bytes / 1_000 ** power;
  const maximumFractionDigits = power === 0 || value >= 100 ? 0 : 1;
  // The short form of a byte has no plural in English.
  const unitDisplay = power === 0 ? 'long' : 'short';
  const options = { style: 'unit', unit: units[power] ?? 'byte', unitDisplay } as const;
  return new Intl.NumberFormat(locale, { ...options, maximumFractionDigits }).format(value);
}

function formatDuration(locale: string, ms: number): string {
  const seconds = Math.round(ms / 1_000);
  const two = new Intl.NumberFormat(locale, { minimumIntegerDigits: 2 });
  const one = new Intl.NumberFormat(locale);
  const minutes = Math.floor(seconds / 60);
  const rest = two.format(seconds % 60);
  if (minutes < 60) return `${one.format(minutes)}:${rest}`;
  return `${one.format(Math.floor(minutes / 60))}:${two.format(minutes % 60)}:${rest}`;
}

export function sameDay(at: number, now: number): boolean {
  const [a, b] = [new Date(at), new Date(now)];
  return a.getDate() === b.getDate() && a.getMonth() === b.getMonth() && sameYear(at, now);
}

function sameYear(at: number, now: number): boolean {
  return new Date(at).getFullYear() === new Date(now).getFullYear();
}
