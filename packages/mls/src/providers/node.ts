import {
  createCipheriv,
  createDecipheriv,
  createPrivateKey,
  createPublicKey,
  decapsulate,
  diffieHellman,
  encapsulate,
  hash,
  type KeyObject,
  sign,
  verify,
} from 'node:crypto';
import type { AeadName, AeadOpenInput, AeadSealInput, CryptoProvider } from '../crypto-provider.ts';
import { concat } from './bytes.ts';
import { type KeyKind, pkcs8Of, spkiOf } from './key-der.ts';
import { nobleMlKem768 } from './noble-mlkem768.ts';
import type { DiffieHellman, MlKem768, Platform, SignatureInput, Signatures } from './platform.ts';
import { providerOver } from './provider.ts';

const tagLength = 16;
const rememberedSigners = 2048;

/**
 * Primitives from node:crypto (OpenSSL), all synchronous but `verifyMany`, which uses the thread
 * pool. ML-KEM is native where this Node has it; native encapsulation adds OpenSSL's randomness to
 * that of the caller, unless the source is `reproducible`: then noble computes it. Public keys of
 * recent signers stay parsed, and signing keys while their owner holds the bytes; nothing else is
 * kept.
 */
export function createNodeProvider(): CryptoProvider {
  return providerOver({
    ...nodePlatform,
    ed25519: nodeEd25519(),
    ecdsaP256: nodeEcdsaP256(),
    mlKem768: hasMlKem() ? nodeMlKem768 : nobleMlKem768,
  });
}

/** What node:crypto calls the keys that it takes raw; for the others DER goes around them. */
const rawKinds = { ed25519: 'ed25519', x25519: 'x25519', mlKem768: 'ml-kem-768' } as const;

/** Raw seeds of ML-KEM take node:crypto longer than seeds in DER. */
function privateKeyObject(kind: KeyKind, privateKey: Uint8Array): KeyObject {
  if (kind === 'ed25519' || kind === 'x25519') {
    const asymmetricKeyType = rawKinds[kind];
    const input = { key: viewOf(privateKey), format: 'raw-private', asymmetricKeyType } as const;
    return withoutStackTraces(() => createPrivateKey(input));
  }
  const der = pkcs8Of(kind, privateKey);
  try {
    const input = { key: Buffer.from(der.buffer), format: 'der', type: 'pkcs8' } as const;
    return withoutStackTraces(() => createPrivateKey(input));
  } finally {
    der.fill(0);
  }
}

function publicKeyObject(kind: KeyKind, publicKey: Uint8Array): KeyObject {
  if (kind !== 'p256') {
    const asymmetricKeyType = rawKinds[kind];
    const input = { key: viewOf(publicKey), format: 'raw-public', asymmetricKeyType } as const;
    return withoutStackTraces(() => createPublicKey(input));
  }
  const der = spkiOf(kind, publicKey);
  const input = { key: Buffer.from(der.buffer), format: 'der', type: 'spki' } as const;
  return withoutStackTraces(() => createPublicKey(input));
}

/**
 * node:crypto finds out what a key argument is by catching up to five errors, whose stack traces
 * cost several times what the import does.
 */
function withoutStackTraces<T>(run: () => T): T {
  const { stackTraceLimit } = Error;
  Reflect.set(Error, 'stackTraceLimit', 0);
  try {
    return run();
  } finally {
    Reflect.set(Error, 'stackTraceLimit', stackTraceLimit);
  }
}

function viewOf({ buffer, byteOffset, byteLength }: Uint8Array): Buffer {
  return Buffer.from(buffer, byteOffset, byteLength);
}

function rawPublicKey(key: KeyObject): Uint8Array {
  return plain(createPublicKey(key).export({ format: 'raw-public' }));
}

/** A view without Buffer's methods, or a copy where it lies in a shared pool. */
function plain(buffer: Buffer): Uint8Array {
  return buffer.byteLength === buffer.buffer.byteLength
    ? new Uint8Array(buffer.buffer, 0, buffer.byteLength)
    : Uint8Array.from(buffer);
}

/** Parsed keys of recent signers: parsing costs a third of a verification. */
class SignerKeys {
  readonly #kind: KeyKind;
  readonly #recent = new Map<string, KeyObject>();

  constructor(kind: KeyKind) {
    this.#kind = kind;
  }

  of(publicKey: Uint8Array): KeyObject {
    const name = viewOf(publicKey).toString('latin1');
    const key = this.#recent.get(name) ?? publicKeyObject(this.#kind, publicKey);
    this.#recent.delete(name);
    this.#recent.set(name, key);
    const [oldest] = this.#recent.size > rememberedSigners ? this.#recent.keys() : [];
    if (oldest !== undefined) this.#recent.delete(oldest);
    return key;
  }
}

/**
 * Parsed signing keys, each for as long as its owner holds the bytes. A digest tells whether the
 * bytes are still the key: an erased or reused array is parsed anew.
 */
class SigningKeys {
  readonly #kind: KeyKind;
  readonly #held = new WeakMap<Uint8Array, { readonly digest: string; readonly key: KeyObject }>();

  constructor(kind: KeyKind) {
    this.#kind = kind;
  }

  of(privateKey: Uint8Array): KeyObject {
    const digest = hash('sha256', privateKey, 'base64');
    const held = this.#held.get(privateKey);
    if (held?.digest === digest) return held.key;
    const key = privateKeyObject(this.#kind, privateKey);
    this.#held.set(privateKey, { digest, key });
    return key;
  }
}

function nodeEd25519(): Signatures {
  const keys = new SignerKeys('ed25519');
  return signaturesWith('ed25519', null, ({ publicKey }) => keys.of(publicKey));
}

function nodeEcdsaP256(): Signatures {
  const keys = new SignerKeys('p256');
  return signaturesWith('p256', 'sha256', ({ publicKey }) => ({
    key: keys.of(publicKey),
    dsaEncoding,
  }));
}

const dsaEncoding = 'ieee-p1363';

function signaturesWith(
  kind: KeyKind,
  digest: string | null,
  keyOf: (input: SignatureInput) => KeyObject | { key: KeyObject; dsaEncoding: 'ieee-p1363' },
): Signatures {
  const signingKeys = new SigningKeys(kind);
  return {
    publicKey: (privateKey) => rawPublicKey(signingKeys.of(privateKey)),
    sign(privateKey, message) {
      const key = signingKeys.of(privateKey);
      // Ed25519 signatures have one encoding; a bare key spares node:crypto two errors.
      return plain(sign(digest, message, digest === null ? key : { key, dsaEncoding }));
    },
    verify: (input) => verify(digest, input.message, keyOf(input), input.signature),
    verifyApart: (input) =>
      new Promise((resolve, reject) => {
        verify(digest, input.message, keyOf(input), input.signature, (error, valid) =>
          error === null ? resolve(valid) : reject(error),
        );
      }),
  };
}

function nodeDiffieHellman(kind: KeyKind): DiffieHellman {
  const agree = (privateKey: KeyObject, publicKey: Uint8Array): Uint8Array =>
    plain(diffieHellman({ privateKey, publicKey: publicKeyObject(kind, publicKey) }));
  return {
    publicKey: (privateKey) => rawPublicKey(privateKeyObject(kind, privateKey)),
    agree: (privateKey, publicKey) => agree(privateKeyObject(kind, privateKey), publicKey),
    publicKeyAndAgree(privateKey, publicKey) {
      const key = privateKeyObject(kind, privateKey);
      return { publicKey: rawPublicKey(key), shared: agree(key, publicKey) };
    },
  };
}

const nodeMlKem768: MlKem768 = {
  publicKey: (seed) => rawPublicKey(privateKeyObject('mlKem768', seed)),
  encapsulate(publicKey, random) {
    if (random.reproducible) return nobleMlKem768.encapsulate(publicKey, random);
    const { ciphertext, sharedKey } = encapsulate(publicKeyObject('mlKem768', publicKey));
    return { ciphertext: plain(ciphertext), shared: plain(sharedKey) };
  },
  decapsulate: (seed, ciphertext) =>
    plain(decapsulate(privateKeyObject('mlKem768', seed), ciphertext)),
};

function hasMlKem(): boolean {
  try {
    privateKeyObject('mlKem768', new Uint8Array(64));
    return true;
  } catch {
    return false;
  }
}

function aeadSeal(name: AeadName, { key, nonce, aad, plaintext }: AeadSealInput): Uint8Array {
  const cipher = withoutStackTraces(() =>
    name === 'chacha20-poly1305'
      ? createCipheriv(name, key, nonce, { authTagLength: tagLength })
      : createCipheriv(name, key, nonce, { authTagLength: tagLength }),
  );
  cipher.setAAD(aad, { plaintextLength: plaintext.length });
  const body = cipher.update(plaintext);
  cipher.final();
  return concat(body, cipher.getAuthTag());
}

function aeadOpen(name: AeadName, { key, nonce, aad, ciphertext }: AeadOpenInput): Uint8Array {
  const bodyLength = ciphertext.length - tagLength;
  const decipher = withoutStackTraces(() =>
    name === 'chacha20-poly1305'
      ? createDecipheriv(name, key, nonce, { authTagLength: tagLength })
      : createDecipheriv(name, key, nonce, { authTagLength: tagLength }),
  );
  decipher.setAAD(aad, { plaintextLength: bodyLength });
  decipher.setAuthTag(ciphertext.subarray(bodyLength));
  const body = decipher.update(ciphertext.subarray(0, bodyLength));
  decipher.final();
  return plain(body);
}

const nodePlatform: Omit<Platform, 'mlKem768' | 'ed25519' | 'ecdsaP256'> = {
  name: 'node',
  hash: (name, data) => plain(hash(name, data, 'buffer')),
  sha3: (data) => plain(hash('sha3-256', data, 'buffer')),
  shake: (data, outputLength) =>
    plain(hash('shake256', data, { outputEncoding: 'buffer', outputLength })),
  aeadSeal,
  aeadOpen,
  x25519: nodeDiffieHellman('x25519'),
  p256: nodeDiffieHellman('p256'),
};
