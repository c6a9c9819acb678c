import { InternalError, limits, UsageError } from '@heliogram/protocol';
import { readInstant } from './instant.ts';

/** The words and flags of one call, read by the names under which the command declares them. */
export class Arguments {
  readonly #positionals: ReadonlyMap<string, string>;
  readonly #flags: ReadonlyMap<string, readonly string[]>;

  constructor(
    positionals: ReadonlyMap<string, string>,
    flags: ReadonlyMap<string, readonly string[]>,
  ) {
    this.#positionals = positionals;
    this.#flags = flags;
  }

  /** A positional that the parser has seen to be there. */
  word(name: string): string {
    const word = this.#positionals.get(name);
    if (word === undefined) throw new InternalError(`the command declares no ${name}`);
    return word;
  }

  optionalWord(name: string): string | undefined {
    return this.#positionals.get(name);
  }

  on(flag: string): boolean {
    return this.#flags.has(flag);
  }

  value(flag: string): string | undefined {
    return this.#flags.get(flag)?.at(-1);
  }

  values(flag: string): readonly string[] {
    return this.#flags.get(flag) ?? [];
  }

  /** All flags that were given with a value, but for these. */
  valuesExcept(names: readonly string[]): Readonly<Record<string, readonly string[]>> {
    const given = [...this.#flags].filter(([name]) => !names.includes(name));
    return Object.fromEntries(given);
  }

  required(flag: string): string {
    const value = this.value(flag);
    if (value === undefined) throw new UsageError(`--${flag} is missing`);
    return value;
  }

  /** A whole number from `min` to `max`. Throws `usage`. */
  number(flag: string, { min, max }: { min: number; max: number }): number | undefined {
    const value = this.value(flag);
    return value === undefined ? undefined : wholeNumber(value, { what: `--${flag}`, min, max });
  }

  /** A positional that numbers an entry. */
  seq(name = 'SEQ'): number {
    return wholeNumber(this.word(name), { what: name, min: 1, max: limits.maxSeq });
  }

  seqFlag(flag: string): number | undefined {
    return this.number(flag, { min: 0, max: limits.maxSeq });
  }

  /** An instant as RFC 3339 writes it, in milliseconds since the epoch. */
  time(flag: string): number | undefined {
    const value = this.value(flag);
    if (value === undefined) return undefined;
    const time = readInstant(value);
    if (time === undefined) {
      throw new UsageError(`--${flag} needs a time such as 2030-01-31T18:00:00Z, not “${value}”`);
    }
    return time;
  }
}

function wholeNumber(
  text: string,
  { what, min, max }: { what: string; min: number; max: number },
): number {
  const number = /^\d{1,10}$/.test(text) ? Number(text) : Number.NaN;
  if (number >= min && number <= max) return number;
  throw new UsageError(`${what} must be a whole number from ${min} to ${max}, not “${text}”`);
}
