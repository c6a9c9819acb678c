import { gcm } from '@noble/ciphers/aes.js';
import { chacha20poly1305 } from '@noble/ciphers/chacha.js';
import { ed25519, x25519 } from '@noble/curves/ed25519.js';
import { p256 } from '@noble/curves/nist.js';
import { sha256, sha384, sha512 } from '@noble/hashes/sha2.js';
import { sha3_256, shake256 } from '@noble/hashes/sha3.js';
import type { AeadName, CryptoProvider } from '../crypto-provider.ts';
import { concat, littleEndian } from './bytes.ts';
import { ed25519Order } from './ed25519-encoding.ts';
import { nobleMlKem768 } from './noble-mlkem768.ts';
import type { DiffieHellman, Platform, SignatureInput, Signatures } from './platform.ts';
import { providerOver } from './provider.ts';

/**
 * Portable primitives from noble: no platform API, everything synchronous, slower than the native
 * providers by an order of magnitude. JavaScript gives no guarantee of constant time.
 */
export function createNobleProvider(): CryptoProvider {
  return providerOver(noblePlatform);
}

const nobleEd25519: Signatures = {
  publicKey: (privateKey) => ed25519.getPublicKey(privateKey),
  sign: (privateKey, message) => ed25519.sign(message, privateKey),
  verify: verifyWithoutCofactor,
};

/**
 * RFC 8032 section 5.1.7 with the equation `[S]B = R + [k]A` as it stands, compared by encoding.
 * noble's own verification multiplies by the cofactor, which accepts signatures that OpenSSL and
 * BoringSSL refuse.
 */
function verifyWithoutCofactor({ publicKey, message, signature }: SignatureInput): boolean {
  const { Point } = ed25519;
  const encodedR = signature.subarray(0, 32);
  const k = littleEndian(sha512(concat(encodedR, publicKey, message))) % ed25519Order;
  const s = littleEndian(signature.subarray(32));
  const sB = s === 0n ? Point.ZERO : Point.BASE.multiplyUnsafe(s);
  const kA = Point.fromBytes(publicKey).multiplyUnsafe(k);
  return sB
    .subtract(kA)
    .toBytes()
    .every((byte, at) => byte === encodedR[at]);
}

const nobleEcdsaP256: Signatures = {
  publicKey: (privateKey) => p256.getPublicKey(privateKey, false),
  sign: (privateKey, message) => p256.sign(message, privateKey, { lowS: false }),
  verify: ({ publicKey, message, signature }) =>
    p256.verify(signature, message, publicKey, { lowS: false }),
};

const nobleX25519: DiffieHellman = {
  publicKey: (privateKey) => x25519.getPublicKey(privateKey),
  agree: (privateKey, publicKey) => x25519.getSharedSecret(privateKey, publicKey),
  publicKeyAndAgree: (privateKey, publicKey) => ({
    publicKey: x25519.getPublicKey(privateKey),
    shared: x25519.getSharedSecret(privateKey, publicKey),
  }),
};

const nobleP256: DiffieHellman = {
  publicKey: (privateKey) => p256.getPublicKey(privateKey, false),
  agree: p256Agree,
  publicKeyAndAgree: (privateKey, publicKey) => ({
    publicKey: p256.getPublicKey(privateKey, false),
    shared: p256Agree(privateKey, publicKey),
  }),
};

/** The x-coordinate alone (RFC 9180 section 7.1). */
function p256Agree(privateKey: Uint8Array, publicKey: Uint8Array): Uint8Array {
  return p256.getSharedSecret(privateKey, publicKey, true).slice(1);
}

function nobleAead(name: AeadName) {
  return name === 'chacha20-poly1305' ? chacha20poly1305 : gcm;
}

/** Shared with tests of the constructions above the platforms. */
export const noblePlatform: Platform = {
  name: 'noble',
  hash: (name, data) => (name === 'sha256' ? sha256(data) : sha384(data)),
  sha3: sha3_256,
  shake: (data, dkLen) => shake256(data, { dkLen }),
  aeadSeal: (name, { key, nonce, aad, plaintext }) =>
    nobleAead(name)(key, nonce, aad).encrypt(plaintext),
  aeadOpen: (name, { key, nonce, aad, ciphertext }) =>
    nobleAead(name)(key, nonce, aad).decrypt(ciphertext),
  ed25519: nobleEd25519,
  ecdsaP256: nobleEcdsaP256,
  x25519: nobleX25519,
  p256: nobleP256,
  mlKem768: nobleMlKem768,
};
