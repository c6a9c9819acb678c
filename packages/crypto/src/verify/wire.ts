import { bytesToHex, concatBytes, utf8ToBytes } from '@noble/hashes/utils.js';
import { UsageError, ValidationError } from './errors.ts';

/** What a reader calls the thing it reads, for the message of an error. */
const truncated = (what: string) => new ValidationError('truncated', `${what} is cut short`);

/**
 * Reads the layouts of docs/protocol/identity.md: big-endian integers, fixed fields raw, variable
 * fields behind their length. Every read is bounded by the input; what it returns is a copy.
 */
export class ByteReader {
  readonly #bytes: Uint8Array;
  readonly #what: string;
  #at = 0;

  constructor(bytes: Uint8Array, what: string) {
    this.#bytes = bytes;
    this.#what = what;
  }

  /** Bytes read so far. */
  get position(): number {
    return this.#at;
  }

  fixed(length: number): Uint8Array {
    const end = this.#at + length;
    if (end > this.#bytes.length) throw truncated(this.#what);
    const field = Uint8Array.from(this.#bytes.subarray(this.#at, end));
    this.#at = end;
    return field;
  }

  u8(): number {
    return this.#unsigned(1);
  }

  u16(): number {
    return this.#unsigned(2);
  }

  u32(): number {
    return this.#unsigned(4);
  }

  /** A 64-bit count that a JavaScript number holds exactly; larger ones are refused. */
  u64(): number {
    const value = this.#unsigned(8);
    if (!Number.isSafeInteger(value)) {
      throw new ValidationError('number-too-large', `${this.#what} has a number beyond 2^53 - 1`);
    }
    return value;
  }

  /** A field behind its 16-bit length. */
  variable(min: number, max: number): Uint8Array {
    const length = this.u16();
    if (length < min || length > max) {
      throw new ValidationError('bad-length', `${this.#what} has a field of ${length} bytes`);
    }
    return this.fixed(length);
  }

  /** UTF-8 text behind its 16-bit length; ill-formed UTF-8 is refused. */
  text(min: number, max: number): string {
    const escaped = bytesToHex(this.variable(min, max)).replace(/../g, '%$&');
    try {
      return decodeURIComponent(escaped);
    } catch {
      throw new ValidationError('bad-utf8', `${this.#what} has text that is not UTF-8`);
    }
  }

  /** Refuses input that does not begin with this label. */
  label(label: string): void {
    const expected = utf8ToBytes(label);
    if (this.u8() !== expected.length || !sameBytes(this.fixed(expected.length), expected)) {
      throw new ValidationError('bad-label', `${this.#what} does not begin as one`);
    }
  }

  /** Refuses bytes after the last field. */
  end(): void {
    if (this.#at !== this.#bytes.length) {
      throw new ValidationError('trailing-bytes', `${this.#what} has bytes after its end`);
    }
  }

  #unsigned(length: number): number {
    let value = 0;
    for (const byte of this.fixed(length)) value = value * 256 + byte;
    return value;
  }
}

/** Writes what {@link ByteReader} reads. */
export class ByteWriter {
  readonly #parts: Uint8Array[] = [];

  fixed(bytes: Uint8Array, length: number): this {
    if (bytes.length !== length) {
      throw new UsageError('bad-length', `a field of ${length} bytes was given ${bytes.length}`);
    }
    this.#parts.push(bytes);
    return this;
  }

  u8(value: number): this {
    return this.#unsigned(value, 1);
  }

  u16(value: number): this {
    return this.#unsigned(value, 2);
  }

  u32(value: number): this {
    return this.#unsigned(value, 4);
  }

  u64(value: number): this {
    return this.#unsigned(value, 8);
  }

  variable(bytes: Uint8Array): this {
    this.u16(bytes.length);
    this.#parts.push(bytes);
    return this;
  }

  text(text: string): this {
    return this.variable(utf8ToBytes(text));
  }

  /** One byte of length, then ASCII: how every signed or hashed input begins. */
  label(label: string): this {
    const bytes = utf8ToBytes(label);
    this.u8(bytes.length);
    this.#parts.push(bytes);
    return this;
  }

  bytes(): Uint8Array {
    return concatBytes(...this.#parts);
  }

  #unsigned(value: number, length: number): this {
    if (!Number.isSafeInteger(value) || value < 0 || value >= 256 ** length) {
      throw new UsageError('bad-number', `${value} does not fit ${length} bytes`);
    }
    const field = new Uint8Array(length);
    let rest = value;
    for (let i = length - 1; i >= 0; i--) {
      field[i] = rest % 256;
      rest = Math.floor(rest / 256);
    }
    this.#parts.push(field);
    return this;
  }
}

/** Compares public bytes; the time it takes depends on them. */
export function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, i) => byte === b[i]);
}

/** Orders byte strings of equal length. */
export function compareBytes(a: Uint8Array, b: Uint8Array): number {
  for (let i = 0; i < a.length; i++) {
    const difference = (a[i] ?? 0) - (b[i] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}
