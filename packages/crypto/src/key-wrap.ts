import { xchacha20poly1305 } from '@noble/ciphers/chacha.js';
import { ml_kem768_x25519 as xWing } from '@noble/post-quantum/hybrid.js';
import type { RandomSource } from './random-source.ts';
import { deriveSecret, wipe } from './secret-bytes.ts';
import { VerificationError } from './verify/errors.ts';

/** Every key here seals one message only, so the nonce may be constant. */
const NONCE = new Uint8Array(24);

const WRAP_LABEL = 'Heliogram key wrap v1';

/** The 1,216-byte X-Wing key of a 32-byte seed (draft-connolly-cfrg-xwing-kem §5.2). */
export function xWingPublicKey(seed: Uint8Array): Uint8Array {
  const { publicKey, secretKey } = xWing.keygen(Uint8Array.from(seed));
  wipe(secretKey);
  return publicKey;
}

export interface WrappedKey {
  /** X-Wing, 1,120 bytes. */
  readonly ciphertext: Uint8Array;
  /** The key, sealed: 48 bytes. */
  readonly wrappedKey: Uint8Array;
}

/** Wraps a 32-byte key to an X-Wing key; `context` gives the associated data for a ciphertext. */
export function wrapKey(wrap: {
  readonly key: Uint8Array;
  readonly publicKey: Uint8Array;
  readonly context: (ciphertext: Uint8Array) => Uint8Array;
  readonly random: RandomSource;
}): WrappedKey {
  const coins = wrap.random(64);
  const { cipherText, sharedSecret } = xWing.encapsulate(wrap.publicKey, coins);
  const kek = deriveSecret(sharedSecret, WRAP_LABEL);
  const wrappedKey = seal(kek, wrap.key, wrap.context(cipherText));
  wipe(coins, sharedSecret, kek);
  return { ciphertext: cipherText, wrappedKey };
}

/** Undoes {@link wrapKey}. Throws `vault-not-opened`. */
export function unwrapKey(
  seed: Uint8Array,
  wrapped: WrappedKey,
  context: (ciphertext: Uint8Array) => Uint8Array,
): Uint8Array {
  const sharedSecret = decapsulate(wrapped.ciphertext, seed);
  const kek = deriveSecret(sharedSecret, WRAP_LABEL);
  try {
    return open(kek, wrapped.wrappedKey, context(wrapped.ciphertext));
  } finally {
    wipe(sharedSecret, kek);
  }
}

/** X25519 refuses a ciphertext of small order where ML-KEM would give a secret nobody shares. */
function decapsulate(ciphertext: Uint8Array, seed: Uint8Array): Uint8Array {
  try {
    return xWing.decapsulate(ciphertext, seed);
  } catch {
    throw notOpened();
  }
}

/** XChaCha20-Poly1305 under a key that seals nothing else. */
export function seal(key: Uint8Array, plaintext: Uint8Array, context: Uint8Array): Uint8Array {
  return xchacha20poly1305(key, NONCE, context).encrypt(plaintext);
}

/** Undoes {@link seal}. Throws `vault-not-opened`. */
export function open(key: Uint8Array, sealed: Uint8Array, context: Uint8Array): Uint8Array {
  try {
    return xchacha20poly1305(key, NONCE, context).decrypt(sealed);
  } catch {
    throw notOpened();
  }
}

function notOpened(): VerificationError {
  return new VerificationError('vault-not-opened', 'this opener does not open the vault');
}
