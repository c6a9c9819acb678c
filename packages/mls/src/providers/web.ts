import { chacha20poly1305 } from '@noble/ciphers/chacha.js';
import { sha256, sha384 } from '@noble/hashes/sha2.js';
import { sha3_256, shake256 } from '@noble/hashes/sha3.js';
import type {
  AeadName,
  AeadOpenInput,
  AeadSealInput,
  CryptoProvider,
  MaybePromise,
} from '../crypto-provider.ts';
import { DependencyError } from '../errors.ts';
import { concat } from './bytes.ts';
import { pkcs8Of } from './key-der.ts';
import type { DiffieHellman, MlKem768, Platform, Signatures } from './platform.ts';
import { providerOver } from './provider.ts';
import { jwkPoint } from './web-jwk.ts';
import { webMlKem768 } from './web-mlkem768.ts';
import type { WebBytes, WebSubtle } from './web-subtle.ts';

/**
 * Primitives from WebCrypto: Ed25519, X25519, ECDSA and ECDH on P-256, AES-GCM, and ML-KEM-768
 * where the platform has it. Hashes, ChaCha20-Poly1305 and a missing ML-KEM come from noble.
 * Native encapsulation adds the platform's randomness to that of the caller, unless the source is
 * `reproducible`: then noble computes it.
 * @param subtle `crypto.subtle` of a secure context.
 * @throws DependencyError `missing-algorithm` where Ed25519, X25519 or AES-GCM is not there.
 */
export async function createWebProvider(subtle: WebSubtle): Promise<CryptoProvider> {
  const platform = webPlatform(subtle, await webMlKem768(subtle));
  await requireAlgorithms(platform);
  return providerOver(platform);
}

function webPlatform(subtle: WebSubtle, mlKem768: MlKem768): Platform {
  return {
    name: 'web',
    hash: (name, data) => (name === 'sha256' ? sha256(data) : sha384(data)),
    sha3: sha3_256,
    shake: (data, dkLen) => shake256(data, { dkLen }),
    aeadSeal: (name, input) => aeadSeal(subtle, name, input),
    aeadOpen: (name, input) => aeadOpen(subtle, name, input),
    ed25519: webEd25519(subtle),
    ecdsaP256: webEcdsaP256(subtle),
    x25519: webX25519(subtle),
    p256: webP256(subtle),
    mlKem768,
  };
}

async function requireAlgorithms(platform: Platform): Promise<void> {
  const probe = new Uint8Array(32).fill(1);
  try {
    await platform.ed25519.publicKey(probe);
    await platform.x25519.publicKey(probe);
    const input = { key: probe, nonce: probe.subarray(0, 12), aad: probe, plaintext: probe };
    await platform.aeadSeal('aes-256-gcm', input);
  } catch (cause) {
    const message = 'This WebCrypto lacks Ed25519, X25519 or AES-GCM';
    throw new DependencyError('missing-algorithm', message, { cause });
  }
}

function webEd25519(subtle: WebSubtle): Signatures {
  const algorithm = { name: 'Ed25519' };
  const importPrivate = (privateKey: Uint8Array, extractable: boolean) =>
    subtle.importKey('pkcs8', pkcs8Of('ed25519', privateKey), algorithm, extractable, ['sign']);
  return {
    async publicKey(privateKey) {
      return jwkPoint((await subtle.exportKey('jwk', await importPrivate(privateKey, true))).x);
    },
    async sign(privateKey, message) {
      const key = await importPrivate(privateKey, false);
      return new Uint8Array(await subtle.sign(algorithm, key, copyOf(message)));
    },
    async verify({ publicKey, message, signature }) {
      const key = await subtle.importKey('raw', copyOf(publicKey), algorithm, false, ['verify']);
      return subtle.verify(algorithm, key, copyOf(signature), copyOf(message));
    },
  };
}

function webEcdsaP256(subtle: WebSubtle): Signatures {
  const curve = { name: 'ECDSA', namedCurve: 'P-256' };
  const algorithm = { name: 'ECDSA', hash: 'SHA-256' };
  const importPrivate = (privateKey: Uint8Array, extractable: boolean) =>
    subtle.importKey('pkcs8', pkcs8Of('p256', privateKey), curve, extractable, ['sign']);
  return {
    async publicKey(privateKey) {
      const jwk = await subtle.exportKey('jwk', await importPrivate(privateKey, true));
      return concat(Uint8Array.of(0x04), jwkPoint(jwk.x), jwkPoint(jwk.y));
    },
    async sign(privateKey, message) {
      const key = await importPrivate(privateKey, false);
      return new Uint8Array(await subtle.sign(algorithm, key, copyOf(message)));
    },
    async verify({ publicKey, message, signature }) {
      const key = await subtle.importKey('raw', copyOf(publicKey), curve, false, ['verify']);
      return subtle.verify(algorithm, key, copyOf(signature), copyOf(message));
    },
  };
}

function webX25519(subtle: WebSubtle): DiffieHellman {
  const algorithm = { name: 'X25519' };
  const basePoint = new Uint8Array(32);
  basePoint[0] = 9;
  const agree = async (privateKey: Uint8Array, publicKey: Uint8Array): Promise<Uint8Array> => {
    const der = pkcs8Of('x25519', privateKey);
    const [key, peer] = await Promise.all([
      subtle.importKey('pkcs8', der, algorithm, false, ['deriveBits']),
      subtle.importKey('raw', copyOf(publicKey), algorithm, false, []),
    ]);
    der.fill(0);
    return new Uint8Array(await subtle.deriveBits({ name: 'X25519', public: peer }, key, 256));
  };
  return {
    publicKey: (privateKey) => agree(privateKey, basePoint),
    agree,
    async publicKeyAndAgree(privateKey, publicKey) {
      const ours = agree(privateKey, basePoint);
      const [ephemeral, shared] = await Promise.all([ours, agree(privateKey, publicKey)]);
      return { publicKey: ephemeral, shared };
    },
  };
}

function webP256(subtle: WebSubtle): DiffieHellman {
  const curve = { name: 'ECDH', namedCurve: 'P-256' };
  const importPrivate = (privateKey: Uint8Array, extractable: boolean) =>
    subtle.importKey('pkcs8', pkcs8Of('p256', privateKey), curve, extractable, ['deriveBits']);
  const publicKeyOf = async (privateKey: Uint8Array): Promise<Uint8Array> => {
    const jwk = await subtle.exportKey('jwk', await importPrivate(privateKey, true));
    return concat(Uint8Array.of(0x04), jwkPoint(jwk.x), jwkPoint(jwk.y));
  };
  const agree = async (privateKey: Uint8Array, publicKey: Uint8Array): Promise<Uint8Array> => {
    const key = await importPrivate(privateKey, false);
    const peer = await subtle.importKey('raw', copyOf(publicKey), curve, false, []);
    return new Uint8Array(await subtle.deriveBits({ name: 'ECDH', public: peer }, key, 256));
  };
  return {
    publicKey: publicKeyOf,
    agree,
    async publicKeyAndAgree(privateKey, publicKey) {
      const ours = publicKeyOf(privateKey);
      const [ephemeral, shared] = await Promise.all([ours, agree(privateKey, publicKey)]);
      return { publicKey: ephemeral, shared };
    },
  };
}

function aeadSeal(
  subtle: WebSubtle,
  name: AeadName,
  { key, nonce, aad, plaintext }: AeadSealInput,
): MaybePromise<Uint8Array> {
  if (name === 'chacha20-poly1305') return chacha20poly1305(key, nonce, aad).encrypt(plaintext);
  return (async () => {
    const algorithm = gcmParameters(nonce, aad);
    const handle = await subtle.importKey('raw', copyOf(key), algorithm, false, ['encrypt']);
    return new Uint8Array(await subtle.encrypt(algorithm, handle, copyOf(plaintext)));
  })();
}

function aeadOpen(
  subtle: WebSubtle,
  name: AeadName,
  { key, nonce, aad, ciphertext }: AeadOpenInput,
): MaybePromise<Uint8Array> {
  if (name === 'chacha20-poly1305') return chacha20poly1305(key, nonce, aad).decrypt(ciphertext);
  return (async () => {
    const algorithm = gcmParameters(nonce, aad);
    const handle = await subtle.importKey('raw', copyOf(key), algorithm, false, ['decrypt']);
    return new Uint8Array(await subtle.decrypt(algorithm, handle, copyOf(ciphertext)));
  })();
}

function gcmParameters(nonce: Uint8Array, aad: Uint8Array) {
  return { name: 'AES-GCM', iv: copyOf(nonce), additionalData: copyOf(aad), tagLength: 128 };
}

/** Taken before anything is awaited, so that a caller may overwrite its own array at once. */
function copyOf(bytes: Uint8Array): WebBytes {
  return new Uint8Array(bytes);
}
