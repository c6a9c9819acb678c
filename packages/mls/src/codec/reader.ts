import { ValidationError } from '../errors.ts';

/** Items of any list, so that a small message cannot become a large heap. */
const maxListItems = 65_536;

/**
 * Reads the TLS presentation language of RFC 9420 section 2.1 from a byte string.
 *
 * Returned slices share memory with the input, which must not change afterwards. Every length is
 * checked against what is left before anything is allocated.
 */
export class Reader {
  readonly bytes: Uint8Array;
  position: number;
  readonly end: number;

  constructor(bytes: Uint8Array, start = 0, end = bytes.length) {
    this.bytes = bytes;
    this.position = start;
    this.end = end;
  }

  get atEnd(): boolean {
    return this.position === this.end;
  }

  u8(): number {
    return this.#at(this.#advance(1));
  }

  u16(): number {
    return this.#u16At(this.#advance(2));
  }

  u32(): number {
    const start = this.#advance(4);
    return this.#u16At(start) * 0x10000 + this.#u16At(start + 2);
  }

  u64(): bigint {
    const high = BigInt(this.u32());
    return (high << 32n) | BigInt(this.u32());
  }

  raw(length: number): Uint8Array {
    const start = this.#advance(length);
    return this.bytes.subarray(start, start + length);
  }

  /** A variable-size vector's length: one, two or four bytes, shortest form only (section 2.1.2). */
  length(): number {
    const first = this.u8();
    const kind = first >> 6;
    if (kind === 0) return first;
    if (kind === 3) throw malformed('a vector length has an invalid prefix');
    this.position -= 1;
    const value = kind === 1 ? this.u16() & 0x3fff : this.u32() & 0x3fffffff;
    if (value < (kind === 1 ? 0x40 : 0x4000)) throw malformed('a vector length is not minimal');
    return value;
  }

  /** `opaque<V>` */
  vector(): Uint8Array {
    return this.raw(this.length());
  }

  skipVector(): void {
    this.#advance(this.length());
  }

  /** `T<V>`: the vector must hold a whole number of items. */
  list<T>(decode: Decode<T>, maxItems = maxListItems): T[] {
    const inner = this.nested();
    const items: T[] = [];
    while (!inner.atEnd) {
      if (items.length >= maxItems) throw malformed('a list has too many items');
      items.push(decode(inner));
    }
    return items;
  }

  /** `uint16 values<V>` in one pass: capability lists are most of what a hostile leaf can hold. */
  u16List(maxItems: number): number[] {
    const length = this.length();
    if (length % 2 !== 0) throw malformed('a list ends within an item');
    if (length / 2 > maxItems) throw malformed('a list has too many items');
    const start = this.#advance(length);
    const values: number[] = [];
    for (let at = start; at < start + length; at += 2) values.push(this.#u16At(at));
    return values;
  }

  /** A reader limited to the next `opaque<V>`, which is skipped here. */
  nested(): Reader {
    const length = this.length();
    const start = this.#advance(length);
    return new Reader(this.bytes, start, start + length);
  }

  /** `optional<T>` (section 2.1.1) */
  optional<T>(decode: Decode<T>): T | undefined {
    const presence = this.u8();
    if (presence > 1) throw malformed('an optional value has an invalid presence byte');
    return presence === 1 ? decode(this) : undefined;
  }

  /** The input from a position up to where reading stands. */
  since(start: number): Uint8Array {
    return this.bytes.subarray(start, this.position);
  }

  finish(): void {
    if (!this.atEnd) throw malformed('bytes follow the end of a structure');
  }

  #at(position: number): number {
    return this.bytes[position] ?? 0;
  }

  #u16At(position: number): number {
    return (this.#at(position) << 8) | this.#at(position + 1);
  }

  #advance(length: number): number {
    const start = this.position;
    if (length > this.end - start) throw malformed('a structure is truncated');
    this.position = start + length;
    return start;
  }
}

export type Decode<T> = (reader: Reader) => T;

/** Decodes a whole byte string. @throws ValidationError `malformed`. */
export function decode<T>(bytes: Uint8Array, decodeValue: Decode<T>): T {
  const reader = new Reader(bytes);
  const value = decodeValue(reader);
  reader.finish();
  return value;
}

export function malformed(what: string): ValidationError {
  return new ValidationError('malformed', `Malformed encoding: ${what}`);
}
