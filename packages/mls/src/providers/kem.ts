import type { KeyPair, MaybePromise } from '../crypto-provider.ts';
import type { RandomSource } from '../random-source.ts';

/** A key encapsulation mechanism as HPKE uses it (RFC 9180 section 4). */
export interface Kem {
  /** `kem_id` of the HPKE registry. */
  readonly id: number;
  deriveKeyPair(inputKey: Uint8Array): MaybePromise<KeyPair>;
  generateKeyPair(random: RandomSource): MaybePromise<KeyPair>;
  publicKey(privateKey: Uint8Array): MaybePromise<Uint8Array>;
  isPublicKey(publicKey: Uint8Array): boolean;
  isPrivateKey(privateKey: Uint8Array): boolean;
  /** Whether a KEM output may be given to `decapsulate`. */
  isOutput(kemOutput: Uint8Array): boolean;
  encapsulate(publicKey: Uint8Array, random: RandomSource): MaybePromise<KemResult>;
  decapsulate(kemOutput: Uint8Array, keyPair: KeyPair): MaybePromise<Uint8Array>;
}

export interface KemResult {
  readonly kemOutput: Uint8Array;
  readonly shared: Uint8Array;
}
