import { createHash } from 'node:crypto';
import type { RandomSource } from '../src/random-source.ts';

/** Unpredictable to nobody: SHA-256 of a seed and a counter, for tests and fixtures only. */
export function seededRandom(seed: string): RandomSource {
  let block = 0;
  return (length) => {
    const blocks: Uint8Array[] = [];
    for (let made = 0; made < length; made += 32) {
      blocks.push(createHash('sha256').update(`${seed}/${block++}`).digest());
    }
    return Uint8Array.from(Buffer.concat(blocks).subarray(0, length));
  };
}
