import type { Signer } from '../ports.ts';

/** PKCS #8 wrapping of an Ed25519 seed (RFC 8410 §7). */
const pkcs8Prefix = Uint8Array.of(48, 46, 2, 1, 0, 48, 5, 6, 3, 43, 101, 112, 4, 34, 4, 32);

/** Ed25519 of WebCrypto. */
export const webSigner: Signer = {
  sign: async (seed, message) => {
    const der = new Uint8Array(pkcs8Prefix.length + seed.length);
    der.set(pkcs8Prefix);
    der.set(seed, pkcs8Prefix.length);
    const key = await crypto.subtle.importKey('pkcs8', der, 'Ed25519', false, ['sign']);
    der.fill(0);
    return new Uint8Array(await crypto.subtle.sign('Ed25519', key, Uint8Array.from(message)));
  },
};
