import { shake256 } from '@noble/hashes/sha3.js';
import { RandomSource } from '../../src/random-source.ts';

/** A replayable source: SHAKE256 over the seed's text, one stream. */
export function seededRandom(seed: string): RandomSource {
  const text = Uint8Array.from(seed, (character) => character.charCodeAt(0));
  const stream = shake256.create({ dkLen: 32 }).update(text);
  return new RandomSource((length) => stream.xof(length), { reproducible: true });
}
