import { ed25519 } from '@noble/curves/ed25519.js';
import { sha512 } from '@noble/hashes/sha2.js';
import { concatBytes } from '@noble/hashes/utils.js';
import { littleEndian } from './ed25519-encoding.ts';
import type { SignatureCheck, SignatureVerifier } from './signature-verifier.ts';
import { sameBytes } from './wire.ts';

/**
 * Ed25519 in portable JavaScript with the cofactorless equation of RFC 8032 §5.1.7, which the
 * library's own `verify` does not use: R must be the very bytes of [S]B - [k]A.
 */
export const nobleVerifier: SignatureVerifier & { verify(check: SignatureCheck): boolean } = {
  verify({ publicKey, message, signature }) {
    try {
      const r = signature.subarray(0, 32);
      const s = littleEndian(signature.subarray(32, 64));
      const key = ed25519.Point.fromBytes(publicKey);
      const k = ed25519.Point.Fn.create(littleEndian(sha512(concatBytes(r, publicKey, message))));
      const expected = ed25519.Point.BASE.multiplyUnsafe(s).subtract(key.multiplyUnsafe(k));
      return sameBytes(expected.toBytes(), r);
    } catch {
      return false;
    }
  },
};
