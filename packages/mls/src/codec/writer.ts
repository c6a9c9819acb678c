import { UsageError } from '../errors.ts';

const maxVectorLength = 0x3fffffff;

/** Writes the TLS presentation language of RFC 9420 section 2.1. */
export class Writer {
  #bytes: Uint8Array;
  #length = 0;

  constructor(capacity = 256) {
    this.#bytes = new Uint8Array(capacity);
  }

  u8(value: number): this {
    const at = this.#grow(1);
    this.#bytes[at] = value;
    return this;
  }

  u16(value: number): this {
    const at = this.#grow(2);
    this.#bytes[at] = value >>> 8;
    this.#bytes[at + 1] = value;
    return this;
  }

  u32(value: number): this {
    return this.u16(value >>> 16).u16(value);
  }

  u64(value: bigint): this {
    if (value < 0n || value > 0xffffffffffffffffn) {
      throw new UsageError('invalid-integer', 'An integer does not fit 64 bits');
    }
    return this.u32(Number(value >> 32n)).u32(Number(value & 0xffffffffn));
  }

  raw(bytes: Uint8Array): this {
    const at = this.#grow(bytes.length);
    this.#bytes.set(bytes, at);
    return this;
  }

  /** `opaque<V>` */
  vector(bytes: Uint8Array): this {
    this.#writeLength(bytes.length);
    return this.raw(bytes);
  }

  /** `T<V>` */
  list<T>(items: readonly T[], encode: Encode<T>): this {
    return this.nested(() => {
      for (const item of items) encode(this, item);
    });
  }

  /** `opaque<V>` whose content is what `write` writes. */
  nested(write: () => void): this {
    const start = this.#length;
    write();
    const length = this.#length - start;
    const prefix = prefixLength(length);
    this.#grow(prefix);
    this.#bytes.copyWithin(start + prefix, start, start + length);
    this.#length = start;
    this.#writeLength(length);
    this.#length += length;
    return this;
  }

  /** `optional<T>` */
  optional<T>(value: T | undefined, encode: Encode<T>): this {
    if (value === undefined) return this.u8(0);
    this.u8(1);
    encode(this, value);
    return this;
  }

  /** A copy of what was written. */
  toBytes(): Uint8Array {
    return this.#bytes.slice(0, this.#length);
  }

  /** Overwrites the buffer: for writers that held secrets. */
  erase(): void {
    this.#bytes.fill(0);
  }

  #writeLength(length: number): void {
    const prefix = prefixLength(length);
    if (prefix === 1) this.u8(length);
    else if (prefix === 2) this.u16(length | 0x4000);
    else this.u32((length | 0x80000000) >>> 0);
  }

  /** Makes room, perhaps in another buffer: call it before naming the buffer. */
  #grow(count: number): number {
    const start = this.#length;
    const needed = start + count;
    if (needed > this.#bytes.length) this.#reallocate(needed);
    this.#length = needed;
    return start;
  }

  #reallocate(needed: number): void {
    const bytes = new Uint8Array(Math.max(needed, this.#bytes.length * 2));
    bytes.set(this.#bytes);
    this.#bytes.fill(0);
    this.#bytes = bytes;
  }
}

export type Encode<T> = (writer: Writer, value: T) => void;

export function encode<T>(encodeValue: Encode<T>, value: T): Uint8Array {
  const writer = new Writer();
  encodeValue(writer, value);
  return writer.toBytes();
}

function prefixLength(length: number): 1 | 2 | 4 {
  if (length > maxVectorLength) {
    throw new UsageError('too-large', 'A vector exceeds 2^30 - 1 bytes');
  }
  if (length < 0x40) return 1;
  return length < 0x4000 ? 2 : 4;
}

/** The bytes of whatever `write` writes. */
export function build(write: (writer: Writer) => void, capacity?: number): Uint8Array {
  const writer = new Writer(capacity);
  write(writer);
  return writer.toBytes();
}
