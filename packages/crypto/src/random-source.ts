import { sha256 } from '@noble/hashes/sha2.js';
import { DependencyError } from './verify/errors.ts';
import { sameBytes } from './verify/wire.ts';

/** Gives that many unpredictable bytes in a new array, from the platform's secure generator. */
export type RandomSource = (length: number) => Uint8Array;

/**
 * A source that fails rather than pass on what a broken generator gives: a wrong length, zeros only,
 * or the same bytes twice. Throws {@link DependencyError} `bad-randomness`.
 */
export function carefulRandom(random: RandomSource): RandomSource {
  let last: Uint8Array = new Uint8Array();
  return (length) => {
    const bytes = random(length);
    const print = sha256(bytes.subarray(0, 16));
    if (bytes.length !== length || bytes.every((byte) => byte === 0) || sameBytes(print, last)) {
      throw new DependencyError('bad-randomness', 'the source of randomness is broken');
    }
    last = print;
    return bytes;
  };
}
