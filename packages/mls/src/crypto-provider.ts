import type { RandomSource } from './random-source.ts';

/** A value, or a promise of it where the platform computes asynchronously. */
export type MaybePromise<T> = T | Promise<T>;

/** Cipher suite code points (RFC 9420 section 17.1). */
export const MLS_128_DHKEMX25519_AES128GCM_SHA256_ED25519 = 0x0001;
export const MLS_128_DHKEMP256_AES128GCM_SHA256_P256 = 0x0002;
export const MLS_128_DHKEMX25519_CHACHA20POLY1305_SHA256_ED25519 = 0x0003;

/**
 * Hybrid post-quantum suite of draft-ietf-mls-pq-ciphersuites. The registry has not assigned its
 * value yet: this one lies in the private-use range, and this is its only definition.
 */
export const MLS_128_MLKEM768X25519_AES256GCM_SHA384_ED25519 = 0xf002;

export type CipherSuiteId =
  | typeof MLS_128_DHKEMX25519_AES128GCM_SHA256_ED25519
  | typeof MLS_128_DHKEMP256_AES128GCM_SHA256_P256
  | typeof MLS_128_DHKEMX25519_CHACHA20POLY1305_SHA256_ED25519
  | typeof MLS_128_MLKEM768X25519_AES256GCM_SHA384_ED25519;

export type KemName = 'dhkem-x25519' | 'dhkem-p256' | 'mlkem768-x25519';
export type HashName = 'sha256' | 'sha384';
export type AeadName = 'aes-128-gcm' | 'aes-256-gcm' | 'chacha20-poly1305';
export type SignatureName = 'ed25519' | 'ecdsa-p256-sha256';

/** What a suite consists of. All lengths are in bytes. */
export interface CipherSuite {
  readonly id: CipherSuiteId;
  readonly name: string;
  readonly kem: KemName;
  readonly hash: HashName;
  readonly aead: AeadName;
  readonly signature: SignatureName;
  /** Nh: output of the hash, of HMAC and of HKDF-Extract; length of every MLS secret. */
  readonly hashLength: number;
  readonly aeadKeyLength: number;
  readonly aeadNonceLength: number;
  readonly aeadTagLength: number;
  /** Nenc: length of a KEM output (`enc`). */
  readonly kemOutputLength: number;
  readonly kemPublicKeyLength: number;
  readonly kemPrivateKeyLength: number;
  readonly signaturePublicKeyLength: number;
  readonly signaturePrivateKeyLength: number;
  /** Longest signature; Ed25519 signatures always have this length, ECDSA ones are DER. */
  readonly signatureMaxLength: number;
}

export interface KeyPair {
  readonly publicKey: Uint8Array;
  readonly privateKey: Uint8Array;
}

export interface HpkeCiphertext {
  readonly kemOutput: Uint8Array;
  readonly ciphertext: Uint8Array;
}

export interface AeadSealInput {
  readonly key: Uint8Array;
  readonly nonce: Uint8Array;
  readonly aad: Uint8Array;
  readonly plaintext: Uint8Array;
}

export interface AeadOpenInput {
  readonly key: Uint8Array;
  readonly nonce: Uint8Array;
  readonly aad: Uint8Array;
  readonly ciphertext: Uint8Array;
}

export interface VerifyInput {
  readonly publicKey: Uint8Array;
  readonly message: Uint8Array;
  readonly signature: Uint8Array;
}

export interface SealBaseInput {
  readonly publicKey: Uint8Array;
  readonly info: Uint8Array;
  readonly aad: Uint8Array;
  readonly plaintext: Uint8Array;
}

export interface OpenBaseInput extends HpkeCiphertext {
  /** Both halves: the public one is part of the KEM context and is not derived anew. */
  readonly keyPair: KeyPair;
  readonly info: Uint8Array;
  readonly aad: Uint8Array;
}

export interface ExportSenderInput {
  readonly publicKey: Uint8Array;
  readonly info: Uint8Array;
  readonly exporterContext: Uint8Array;
  readonly length: number;
}

export interface ExportReceiverInput {
  readonly keyPair: KeyPair;
  readonly kemOutput: Uint8Array;
  readonly info: Uint8Array;
  readonly exporterContext: Uint8Array;
  readonly length: number;
}

export interface ExportedSecret {
  readonly kemOutput: Uint8Array;
  readonly secret: Uint8Array;
}

/**
 * The primitives of one cipher suite.
 *
 * Every implementation accepts and rejects exactly the same inputs: a signature or key that one
 * member accepts and another refuses would fork a group. Inputs are never kept or changed, outputs
 * are fresh arrays that the caller may overwrite. A method that returns a value rather than a
 * promise throws synchronously; otherwise the promise rejects.
 */
export interface SuiteCrypto {
  readonly suite: CipherSuite;

  /** The suite's hash. Always synchronous. */
  hash(data: Uint8Array): Uint8Array;
  /** HMAC with the suite's hash (RFC 2104). Always synchronous. */
  hmac(key: Uint8Array, data: Uint8Array): Uint8Array;
  /** HKDF-Extract (RFC 5869); an empty salt is a salt of zeros. Always synchronous. */
  hkdfExtract(salt: Uint8Array, inputKey: Uint8Array): Uint8Array;
  /**
   * HKDF-Expand (RFC 5869). Always synchronous.
   * @throws UsageError `invalid-length` when length exceeds 255 times the hash length.
   */
  hkdfExpand(pseudoRandomKey: Uint8Array, info: Uint8Array, length: number): Uint8Array;

  /** AEAD encryption; the tag is appended to the ciphertext. */
  aeadSeal(input: AeadSealInput): MaybePromise<Uint8Array>;
  /** @throws VerificationError `decryption-failed` for whatever does not open. */
  aeadOpen(input: AeadOpenInput): MaybePromise<Uint8Array>;

  generateSignatureKeyPair(random: RandomSource): MaybePromise<KeyPair>;
  /**
   * Ed25519: RFC 8032, deterministic. ECDSA: deterministic nonce (RFC 6979) or the platform's,
   * DER-encoded, low or high S.
   */
  sign(privateKey: Uint8Array, message: Uint8Array): MaybePromise<Uint8Array>;
  /** False for every wrong or malformed key or signature; throws for none. */
  verify(input: VerifyInput): MaybePromise<boolean>;
  /** The verdict on each input in order, in parallel where the platform can. */
  verifyMany(inputs: readonly VerifyInput[]): MaybePromise<readonly boolean[]>;
  /** Whether the encoding is canonical and the point is not of small order. */
  isSignaturePublicKey(publicKey: Uint8Array): boolean;

  /** HPKE DeriveKeyPair (RFC 9180 section 7.1.3); `inputKey` has at least `hashLength` bytes. */
  deriveKeyPair(inputKey: Uint8Array): MaybePromise<KeyPair>;
  generateKemKeyPair(random: RandomSource): MaybePromise<KeyPair>;
  /** Whether the bytes are a public key of this KEM that may be encrypted to. */
  isKemPublicKey(publicKey: Uint8Array): boolean;
  /** Public half of a KEM private key. @throws ValidationError `invalid-private-key`. */
  kemPublicKey(privateKey: Uint8Array): MaybePromise<Uint8Array>;

  /**
   * HPKE SealBase (RFC 9180 section 6.1).
   * @throws ValidationError `invalid-public-key`.
   */
  sealBase(input: SealBaseInput, random: RandomSource): MaybePromise<HpkeCiphertext>;
  /** `sealBase` for each input in order, in parallel where the platform can. */
  sealBaseMany(
    inputs: readonly SealBaseInput[],
    random: RandomSource,
  ): MaybePromise<readonly HpkeCiphertext[]>;
  /** HPKE OpenBase. @throws VerificationError `decryption-failed` for whatever does not open. */
  openBase(input: OpenBaseInput): MaybePromise<Uint8Array>;
  /**
   * HPKE SetupBaseS, then Export: external init (RFC 9420 section 8.3).
   * @throws ValidationError `invalid-public-key`.
   */
  exportBaseSender(input: ExportSenderInput, random: RandomSource): MaybePromise<ExportedSecret>;
  /** HPKE SetupBaseR, then Export. @throws VerificationError `decryption-failed`. */
  exportBaseReceiver(input: ExportReceiverInput): MaybePromise<Uint8Array>;
}

/** A platform's primitives. Chosen at the edge and passed in; holds no state of any group. */
export interface CryptoProvider {
  readonly name: string;
  readonly supportedSuites: readonly CipherSuiteId[];
  /** @throws UsageError `unsupported-cipher-suite`. */
  suite(id: number): SuiteCrypto;
}
