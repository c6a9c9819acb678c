import { isIP } from 'node:net';
import { resolve } from 'node:path';
import { NotAccepted, type Reader, type Written } from './setting.ts';

function textOf(written: Written): string {
  if (typeof written === 'number') return String(written);
  if (typeof written === 'string') return written.trim();
  throw new NotAccepted('must be a text');
}

export const text = ({ maxCharacters }: { maxCharacters: number }): Reader<string> => ({
  form: `text of 1 to ${maxCharacters} characters`,
  read(written) {
    const value = textOf(written);
    if (value === '') throw new NotAccepted('is empty');
    if ([...value].length > maxCharacters) {
      throw new NotAccepted(`is longer than ${maxCharacters} characters`);
    }
    return value;
  },
  write: (value) => value,
});

/** A path, made absolute from the working directory. */
export const path: Reader<string> = {
  form: 'a path',
  read(written) {
    const value = textOf(written);
    if (value === '' || value.includes('\0')) throw new NotAccepted('is not a path');
    return resolve(value);
  },
  write: (value) => value,
};

export const integer = ({ min, max }: { min: number; max: number }): Reader<number> => ({
  form: `${min} to ${max}`,
  read: (written) => wholeNumber(textOf(written), { min, max }),
  write: String,
});

function wholeNumber(digits: string, { min, max }: { min: number; max: number }): number {
  const value = /^\d{1,15}$/.test(digits) ? Number(digits) : Number.NaN;
  if (value >= min && value <= max) return value;
  throw new NotAccepted(`must be a whole number from ${min} to ${max}, not “${digits}”`);
}

export const choice = <const T extends string>(...choices: readonly T[]): Reader<T> => {
  const form = new Intl.ListFormat('en', { type: 'disjunction' }).format(choices);
  return {
    form,
    read(written) {
      const value = textOf(written);
      const known = choices.find((one) => one === value);
      if (known === undefined) throw new NotAccepted(`must be ${form}, not “${value}”`);
      return known;
    },
    write: (value) => value,
  };
};

/** A number with a unit, such as "60s": `units` from the smallest to the largest. */
function measured(units: Readonly<Record<string, number>>, range: { min: number; max: number }) {
  const names = Object.keys(units);
  const write = (value: number): string => {
    const unit = names.findLast((name) => value > 0 && value % (units[name] ?? 1) === 0);
    return unit === undefined ? String(value) : `${value / (units[unit] ?? 1)}${unit}`;
  };
  const form = `${write(range.min)} to ${write(range.max)}; units ${names.join(', ')}`;
  const read = (written: Written): number => {
    const [, digits = '', unit = ''] = /^(\d{1,15}) ?([A-Za-z]*)$/.exec(textOf(written)) ?? [];
    const value = Number(digits) * (units[unit] ?? Number.NaN);
    if (digits !== '' && value >= range.min && value <= range.max) return value;
    throw new NotAccepted(`must be ${form}; not “${textOf(written)}”`);
  };
  return { form, read, write } satisfies Reader<number>;
}

/** Milliseconds. */
export const duration = (range: { min: number; max: number }): Reader<number> =>
  measured({ ms: 1, s: 1_000, min: 60_000, h: 3_600_000 }, range);

/** Bytes. */
export const size = (range: { min: number; max: number }): Reader<number> =>
  measured({ B: 1, KiB: 1_024, MiB: 1_048_576, GiB: 1_073_741_824 }, range);

/** A public origin: scheme, host and port, nothing behind. */
const origin: Reader<string> = {
  form: 'an origin such as https://chat.example',
  read(written) {
    const value = textOf(written);
    const url = URL.parse(value);
    const web = url?.protocol === 'https:' || url?.protocol === 'http:';
    if (web && (value === url.origin || value === `${url.origin}/`)) return url.origin;
    throw new NotAccepted(
      `must be an origin such as https://chat.example, without a path, not “${value}”`,
    );
  },
  write: (value) => value,
};

/** An address, or a network as CIDR writes it. */
const network: Reader<string> = {
  form: 'an IP address or network such as 10.0.0.0/8',
  read(written) {
    const value = textOf(written);
    const [address = '', bits, ...rest] = value.split('/');
    const version = isIP(address);
    const width = version === 4 ? 32 : 128;
    const whole = bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= width);
    if (version > 0 && whole && rest.length === 0) return value;
    throw new NotAccepted(`must be an IP address or network such as 10.0.0.0/8, not “${value}”`);
  },
  write: (value) => value,
};

const listOf = <T>(one: Reader<T>): Reader<readonly T[]> => ({
  form: `${one.form}; several: repeat the flag, commas in the variable, a list in the file`,
  list: true,
  read(written) {
    const items = Array.isArray(written) ? written : textOf(written).split(',');
    const values = items.filter((item) => item !== '');
    return values.map((item, index) => readItem(one, { item, index, count: values.length }));
  },
  write: (values) => values.map((value) => one.write(value)).join(','),
});

/** Says which of several items is not accepted. */
function readItem<T>(
  one: Reader<T>,
  {
    item,
    index,
    count,
  }: { readonly item: Written; readonly index: number; readonly count: number },
): T {
  try {
    return one.read(item);
  } catch (error) {
    if (!(error instanceof NotAccepted) || count === 1) throw error;
    throw new NotAccepted(`has ${count} items, and item ${index + 1} ${error.message}`);
  }
}

export const originList = listOf(origin);
export const networkList = listOf(network);

/** Calls at once and calls a second, such as "1000/100". */
export const rate: Reader<{ readonly burst: number; readonly perSecond: number }> = {
  form: 'AT_ONCE/PER_SECOND, such as 1000/100',
  read(written) {
    const value = textOf(written);
    const [, burst = '', perSecond = ''] = /^(\d{1,9})\/(\d{1,9}(?:\.\d{1,6})?)$/.exec(value) ?? [];
    if (Number(burst) > 0 && Number(perSecond) > 0) {
      return { burst: Number(burst), perSecond: Number(perSecond) };
    }
    throw new NotAccepted(`must be two numbers above zero such as 1000/100, not “${value}”`);
  },
  write: ({ burst, perSecond }) => `${burst}/${perSecond}`,
};
