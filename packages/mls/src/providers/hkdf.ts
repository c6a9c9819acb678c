import { UsageError } from '../errors.ts';
import { concat } from './bytes.ts';

export interface Hkdf {
  readonly hashLength: number;
  hmac(key: Uint8Array, data: Uint8Array): Uint8Array;
  extract(salt: Uint8Array, inputKey: Uint8Array): Uint8Array;
  expand(pseudoRandomKey: Uint8Array, info: Uint8Array, length: number): Uint8Array;
}

export interface HashFunction {
  readonly blockLength: number;
  readonly hashLength: number;
  hash(data: Uint8Array): Uint8Array;
}

/** HMAC and HKDF (RFC 2104, RFC 5869) over a one-shot hash, the cheapest call platforms offer. */
export function hkdfOver(fn: HashFunction): Hkdf {
  const hmac = (key: Uint8Array, data: Uint8Array): Uint8Array => {
    const shortKey = key.length > fn.blockLength ? fn.hash(key) : key;
    const inner = padded({ fn, key: shortKey, padding: 0x36, data });
    return padded({ fn, key: shortKey, padding: 0x5c, data: inner });
  };
  return {
    hashLength: fn.hashLength,
    hmac,
    extract: hmac,
    expand: (pseudoRandomKey, info, length) => expand({ fn, hmac, pseudoRandomKey, info, length }),
  };
}

interface PaddedHash {
  readonly fn: HashFunction;
  readonly key: Uint8Array;
  readonly padding: number;
  readonly data: Uint8Array;
}

function padded({ fn, key, padding, data }: PaddedHash): Uint8Array {
  const block = new Uint8Array(fn.blockLength + data.length);
  block.fill(padding, 0, fn.blockLength);
  for (let index = 0; index < key.length; index++) block[index] = padding ^ (key[index] ?? 0);
  block.set(data, fn.blockLength);
  const digest = fn.hash(block);
  block.fill(0);
  return digest;
}

const one = Uint8Array.of(1);

/** Nearly everything in MLS expands to one block at most. */
function firstBytes(block: Uint8Array, length: number): Uint8Array {
  if (length === block.length) return block;
  const first = block.slice(0, length);
  block.fill(0);
  return first;
}

interface ExpandInput {
  readonly fn: HashFunction;
  readonly hmac: (key: Uint8Array, data: Uint8Array) => Uint8Array;
  readonly pseudoRandomKey: Uint8Array;
  readonly info: Uint8Array;
  readonly length: number;
}

function expand({ fn, hmac, pseudoRandomKey, info, length }: ExpandInput): Uint8Array {
  if (!Number.isSafeInteger(length) || length < 0 || length > 255 * fn.hashLength) {
    throw new UsageError('invalid-length', `HKDF cannot expand to ${length} bytes`);
  }
  if (length <= fn.hashLength) return firstBytes(hmac(pseudoRandomKey, concat(info, one)), length);
  const output = new Uint8Array(length);
  let previous = new Uint8Array(0);
  for (let offset = 0, counter = 1; offset < length; offset += fn.hashLength, counter++) {
    previous = new Uint8Array(
      hmac(pseudoRandomKey, concat(previous, info, Uint8Array.of(counter))),
    );
    output.set(previous.subarray(0, length - offset), offset);
  }
  return output;
}
