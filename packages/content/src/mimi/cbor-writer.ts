import type { ExtensionKey } from './content.ts';
import { encodeUtf8, utf8Length, writeUtf8 } from './utf8.ts';

const major = { uint: 0, negative: 1, bytes: 2, text: 3, array: 4, map: 5 };
const simple = { false: 0xf4, true: 0xf5, null: 0xf6 };
const initialBytes = 512;

/**
 * Writes deterministic CBOR (RFC 8949 §4.2.1) of the few types that content has. Values must have
 * passed `checkContent`: integers are safe, text is well formed.
 */
export class CborWriter {
  #bytes = new Uint8Array(initialBytes);
  #length = 0;

  /** A copy of what was written. */
  finish(): Uint8Array {
    return this.#bytes.slice(0, this.#length);
  }

  null(): void {
    this.#byte(simple.null);
  }

  boolean(value: boolean): void {
    this.#byte(value ? simple.true : simple.false);
  }

  integer(value: number): void {
    if (value < 0) this.#head(major.negative, -1 - value);
    else this.#head(major.uint, value);
  }

  bytes(value: Uint8Array): void {
    this.#head(major.bytes, value.length);
    this.#reserve(value.length);
    this.#bytes.set(value, this.#length);
    this.#length += value.length;
  }

  text(value: string): void {
    const length = utf8Length(value);
    this.#head(major.text, length);
    this.#reserve(length);
    writeUtf8(value, this.#bytes, this.#length);
    this.#length += length;
  }

  /** The items follow. */
  array(length: number): void {
    this.#head(major.array, length);
  }

  /** Keys and values follow, in the order of `compareKeys`. */
  map(size: number): void {
    this.#head(major.map, size);
  }

  key(key: ExtensionKey): void {
    if (typeof key === 'number') this.integer(key);
    else this.text(key);
  }

  #head(type: number, argument: number): void {
    const top = type << 5;
    if (argument < 24) return this.#byte(top | argument);
    if (argument <= 0xff) return this.#argument(top | 24, argument, 1);
    if (argument <= 0xffff) return this.#argument(top | 25, argument, 2);
    if (argument <= 0xffff_ffff) return this.#argument(top | 26, argument, 4);
    this.#argument(top | 27, Math.floor(argument / 2 ** 32), 4);
    this.#bigEndian(argument % 2 ** 32, 4);
  }

  #argument(first: number, argument: number, width: number): void {
    this.#byte(first);
    this.#bigEndian(argument, width);
  }

  #bigEndian(value: number, width: number): void {
    for (let shift = 8 * (width - 1); shift >= 0; shift -= 8) this.#byte((value >>> shift) & 0xff);
  }

  #byte(value: number): void {
    this.#reserve(1);
    this.#bytes[this.#length++] = value;
  }

  #reserve(count: number): void {
    const needed = this.#length + count;
    if (needed <= this.#bytes.length) return;
    const larger = new Uint8Array(Math.max(needed, 2 * this.#bytes.length));
    larger.set(this.#bytes);
    this.#bytes = larger;
  }
}

/**
 * Bytewise order of encoded keys (RFC 8949 §4.2.1): integers from 0 up, then from −1 down, then
 * text by length and bytes.
 */
export function compareKeys(a: ExtensionKey, b: ExtensionKey): number {
  if (typeof a === 'number' && typeof b === 'number') {
    const sameSign = a < 0 === b < 0;
    return sameSign ? Math.abs(a) - Math.abs(b) : b - a;
  }
  if (typeof a === 'number') return -1;
  return typeof b === 'number' ? 1 : compareText(a, b);
}

function compareText(a: string, b: string): number {
  const [left, right] = [encodeUtf8(a), encodeUtf8(b)];
  if (left.length !== right.length) return left.length - right.length;
  const at = left.findIndex((byte, i) => byte !== right[i]);
  return (left[at] ?? 0) - (right[at] ?? 0);
}
