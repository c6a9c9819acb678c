import type {
  AeadName,
  AeadOpenInput,
  AeadSealInput,
  HashName,
  MaybePromise,
} from '../crypto-provider.ts';
import type { RandomSource } from '../random-source.ts';

/** Diffie–Hellman on one curve; keys are in the encodings of RFC 9180 section 7.1.1. */
export interface DiffieHellman {
  publicKey(privateKey: Uint8Array): MaybePromise<Uint8Array>;
  /** The shared x-coordinate, 32 bytes. */
  agree(privateKey: Uint8Array, publicKey: Uint8Array): MaybePromise<Uint8Array>;
  /** Both at once: an ephemeral private key is imported a single time. */
  publicKeyAndAgree(
    privateKey: Uint8Array,
    publicKey: Uint8Array,
  ): MaybePromise<{ readonly publicKey: Uint8Array; readonly shared: Uint8Array }>;
}

/** Signatures of one curve: 64 bytes, for ECDSA r and s. */
export interface Signatures {
  publicKey(privateKey: Uint8Array): MaybePromise<Uint8Array>;
  sign(privateKey: Uint8Array, message: Uint8Array): MaybePromise<Uint8Array>;
  /** May throw for a point that is not on the curve. */
  verify(input: SignatureInput): MaybePromise<boolean>;
  /** Where it is there, verifies apart from the calling thread; may reject like `verify`. */
  verifyApart?(input: SignatureInput): Promise<boolean>;
}

export interface SignatureInput {
  readonly publicKey: Uint8Array;
  readonly message: Uint8Array;
  readonly signature: Uint8Array;
}

/** ML-KEM-768 (FIPS 203) with private keys as seeds `d || z` of 64 bytes. */
export interface MlKem768 {
  publicKey(seed: Uint8Array): MaybePromise<Uint8Array>;
  encapsulate(publicKey: Uint8Array, random: RandomSource): MaybePromise<Encapsulated>;
  decapsulate(seed: Uint8Array, ciphertext: Uint8Array): MaybePromise<Uint8Array>;
}

export interface Encapsulated {
  readonly ciphertext: Uint8Array;
  readonly shared: Uint8Array;
}

/**
 * The bare mathematics of a platform. It checks nothing: `ComposedSuite` admits only inputs on
 * whose verdict all platforms agree, with the same code for each of them.
 */
export interface Platform {
  readonly name: string;
  hash(name: HashName, data: Uint8Array): Uint8Array;
  /** SHA3-256. */
  sha3(data: Uint8Array): Uint8Array;
  /** SHAKE256 with an output of so many bytes. */
  shake(data: Uint8Array, length: number): Uint8Array;
  aeadSeal(name: AeadName, input: AeadSealInput): MaybePromise<Uint8Array>;
  /** Throws for whatever does not open. */
  aeadOpen(name: AeadName, input: AeadOpenInput): MaybePromise<Uint8Array>;
  readonly ed25519: Signatures;
  readonly ecdsaP256: Signatures;
  readonly x25519: DiffieHellman;
  readonly p256: DiffieHellman;
  readonly mlKem768: MlKem768;
}
