import { createPublicKey, verify } from 'node:crypto';
import type { SignatureCheck } from '../src/verify/index.ts';

/** Ed25519 as OpenSSL gives it: the second opinion of the tests, and the fast one. */
export const nodeVerifier = {
  verify({ publicKey, message, signature }: SignatureCheck): boolean {
    const x = Buffer.from(publicKey).toString('base64url');
    const key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' });
    return verify(null, message, key, signature);
  },
};
