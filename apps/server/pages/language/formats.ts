import type { PluralForms } from '@heliogram/content';

/** Numbers, dates and sizes in one language. Every time is UTC: a server knows no reader's zone. */
export type PageFormats = {
  /** `14:05 UTC` */
  clock(ms: number): string;
  /** `Thursday 26 November 2026` */
  longDate(ms: number): string;
  /** `26 November 2026, 14:05 UTC` */
  moment(ms: number): string;
  /** `26 Nov` */
  dayAndMonth(ms: number): string;
  /** `12.3K` */
  compact(count: number): string;
  /** The form for `count`, with `#` replaced by the number. */
  counted(count: number, forms: PluralForms): string;
  /** `1.4 MB` */
  byteSize(bytes: number): string;
  /** `3:07`, `1:02:03` */
  duration(ms: number): string;
};

/** Below this, counts are written out in full. */
const COMPACT_FROM = 10_000;
const UNITS = ['byte', 'kilobyte', 'megabyte', 'gigabyte'] as const;

/** English dates are those of `en-GB`; its compact numbers are not what readers know. */
export function createFormats(locale: string, numberLocale = locale): PageFormats {
  const date = (options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(locale, { timeZone: 'UTC', ...options });
  const clock = date({ hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
  const longDate = date({ weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' });
  const fullDate = date({ day: 'numeric', month: 'long', year: 'numeric' });
  const dayAndMonth = date({ day: 'numeric', month: 'short' });
  const whole = new Intl.NumberFormat(numberLocale);
  const compact = new Intl.NumberFormat(numberLocale, {
    notation: 'compact',
    maximumFractionDigits: 1,
  });
  const rules = new Intl.PluralRules(locale);
  const inZone = (ms: number) => `${clock.format(ms)} UTC`;
  return {
    clock: inZone,
    longDate: (ms) => longDate.format(ms),
    moment: (ms) => `${fullDate.format(ms)}${COMMAS[locale.slice(0, 2)] ?? ', '}${inZone(ms)}`,
    dayAndMonth: (ms) => dayAndMonth.format(ms),
    compact: (count) => compact.format(count),
    counted: (count, forms) => {
      const form = forms[rules.select(count)] ?? forms.other;
      const number = count < COMPACT_FROM ? whole.format(count) : compact.format(count);
      return form.replaceAll('#', number);
    },
    byteSize: byteSizes(locale),
    duration: durations(locale),
  };
}

const COMMAS: Readonly<Record<string, string>> = { ar: '، ' };

function byteSizes(locale: string): (bytes: number) => string {
  const formats = UNITS.map((unit) => {
    const style = { style: 'unit', unit, unitDisplay: unit === 'byte' ? 'long' : 'short' } as const;
    return {
      whole: new Intl.NumberFormat(locale, { ...style, maximumFractionDigits: 0 }),
      precise: new Intl.NumberFormat(locale, {
        ...style,
        minimumFractionDigits: 1,
        maximumFractionDigits: 1,
      }),
    };
  });
  return (bytes) => {
    let [value, step] = [bytes, 0];
    while (value >= 1_000 && step < UNITS.length - 1) [value, step] = [value / 1_000, step + 1];
    const format = formats[step];
    return (step === 0 || value >= 100 ? format?.whole : format?.precise)?.format(value) ?? '';
  };
}

function durations(locale: string): (ms: number) => string {
  const one = new Intl.NumberFormat(locale, { useGrouping: false });
  const two = new Intl.NumberFormat(locale, { minimumIntegerDigits: 2 });
  return (ms) => {
    const seconds = Math.round(ms / 1_000);
    const [hours, minutes] = [Math.floor(seconds / 3_600), Math.floor(seconds / 60) % 60];
    const tail = two.format(seconds % 60);
    if (hours > 0) return `${one.format(hours)}:${two.format(minutes)}:${tail}`;
    return `${one.format(minutes)}:${tail}`;
  };
}
