import { createPublicKey, verify } from 'node:crypto';
import type { SignatureVerifier } from '@heliogram/crypto/verify';

/** SubjectPublicKeyInfo of Ed25519 up to the key itself (RFC 8410 §4). */
const SPKI_PREFIX = Buffer.from('302a300506032b6570032100', 'hex');

/** Ed25519 through OpenSSL, which checks the cofactorless equation. */
export const ed25519Verifier: SignatureVerifier = {
  verify({ publicKey, message, signature }) {
    const key = createPublicKey({
      key: Buffer.concat([SPKI_PREFIX, publicKey]),
      format: 'der',
      type: 'spki',
    });
    return verify(null, message, key, signature);
  },
};
