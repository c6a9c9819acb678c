import { sha256 } from '@noble/hashes/sha2.js';
import type { Hasher } from '../ports.ts';

/** WebCrypto hashes only what is whole; media come in pieces. */
export const hashers: Hasher = {
  sha256: () => {
    const hash = sha256.create();
    return { update: (bytes) => void hash.update(bytes), digest: () => hash.digest() };
  },
};
