import { createPrivateKey, sign } from 'node:crypto';
import type { Signer } from '../ports.ts';

/** PKCS #8 wrapping of an Ed25519 seed (RFC 8410 §7). */
const pkcs8Prefix = Buffer.from('302e020100300506032b657004220420', 'hex');

export const nodeSigner: Signer = {
  sign: (seed, message) => {
    const der = Buffer.concat([pkcs8Prefix, seed]);
    const key = createPrivateKey({ key: der, format: 'der', type: 'pkcs8' });
    der.fill(0);
    return Uint8Array.from(sign(null, message, key));
  },
};
