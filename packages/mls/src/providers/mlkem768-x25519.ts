import type { KeyPair, MaybePromise } from '../crypto-provider.ts';
import type { RandomSource } from '../random-source.ts';
import { ascii, concat, uint16 } from './bytes.ts';
import type { Kem, KemResult } from './kem.ts';
import { both, chain } from './maybe-promise.ts';
import {
  isMlKem768PublicKey,
  mlKem768CiphertextLength,
  mlKem768PublicKeyLength,
} from './mlkem768-encoding.ts';
import type { DiffieHellman, MlKem768, Platform } from './platform.ts';
import { isX25519PublicKey } from './x25519-encoding.ts';

const kemId = 0x647a;
const seedLength = 32;
const mlKemSeedLength = 64;
/** The X-Wing label, six ASCII characters that draw a ship. */
const combinerLabel = ascii('\\.//^\\');

/**
 * MLKEM768-X25519 of draft-ietf-hpke-pq: X-Wing (draft-connolly-cfrg-xwing-kem) with HPKE's
 * DeriveKeyPair through the labelled single-stage SHAKE256. Private keys are the 32-byte seed.
 * Stricter than X-Wing in one point: X25519 keys of small order are refused, as in DHKEM.
 */
export class MlKem768X25519 implements Kem {
  readonly id = kemId;
  readonly #platform: Platform;
  readonly #x25519: DiffieHellman;
  readonly #mlKem: MlKem768;

  constructor(platform: Platform) {
    this.#platform = platform;
    this.#x25519 = platform.x25519;
    this.#mlKem = platform.mlKem768;
  }

  isPublicKey(publicKey: Uint8Array): boolean {
    return (
      isMlKem768PublicKey(publicKey.subarray(0, mlKem768PublicKeyLength)) &&
      isX25519PublicKey(publicKey.subarray(mlKem768PublicKeyLength))
    );
  }

  isPrivateKey(privateKey: Uint8Array): boolean {
    return privateKey.length === seedLength;
  }

  isOutput(kemOutput: Uint8Array): boolean {
    return isX25519PublicKey(kemOutput.subarray(mlKem768CiphertextLength));
  }

  publicKey(privateKey: Uint8Array): MaybePromise<Uint8Array> {
    const seeds = this.#expandSeed(privateKey);
    const halves = both(this.#mlKem.publicKey(seeds.mlKem), this.#x25519.publicKey(seeds.x25519));
    return chain(halves, ([mlKemKey, x25519Key]) => concat(mlKemKey, x25519Key));
  }

  deriveKeyPair(inputKey: Uint8Array): MaybePromise<KeyPair> {
    return this.#keyPair(this.#labeledDerive(inputKey, 'DeriveKeyPair', seedLength));
  }

  generateKeyPair(random: RandomSource): MaybePromise<KeyPair> {
    return this.#keyPair(random.bytes(seedLength));
  }

  encapsulate(publicKey: Uint8Array, random: RandomSource): MaybePromise<KemResult> {
    const mlKemKey = publicKey.subarray(0, mlKem768PublicKeyLength);
    const x25519Key = publicKey.subarray(mlKem768PublicKeyLength);
    const postQuantum = this.#mlKem.encapsulate(mlKemKey, random);
    const ephemeral = random.bytes(seedLength);
    const traditional = this.#x25519.publicKeyAndAgree(ephemeral, x25519Key);
    return chain(both(postQuantum, traditional), ([mlKem, x25519]) => {
      ephemeral.fill(0);
      return {
        kemOutput: concat(mlKem.ciphertext, x25519.publicKey),
        shared: this.#combine([mlKem.shared, x25519.shared], x25519.publicKey, x25519Key),
      };
    });
  }

  decapsulate(kemOutput: Uint8Array, keyPair: KeyPair): MaybePromise<Uint8Array> {
    const seeds = this.#expandSeed(keyPair.privateKey);
    const mlKemOutput = kemOutput.subarray(0, mlKem768CiphertextLength);
    const x25519Output = kemOutput.subarray(mlKem768CiphertextLength);
    const shared = both(
      this.#mlKem.decapsulate(seeds.mlKem, mlKemOutput),
      this.#x25519.agree(seeds.x25519, x25519Output),
    );
    const x25519Key = keyPair.publicKey.subarray(mlKem768PublicKeyLength);
    return chain(shared, (secrets) => this.#combine(secrets, x25519Output, x25519Key));
  }

  #keyPair(privateKey: Uint8Array): MaybePromise<KeyPair> {
    return chain(this.publicKey(privateKey), (publicKey) => ({ publicKey, privateKey }));
  }

  #expandSeed(seed: Uint8Array): { mlKem: Uint8Array; x25519: Uint8Array } {
    const expanded = this.#platform.shake(seed, mlKemSeedLength + seedLength);
    return {
      mlKem: expanded.subarray(0, mlKemSeedLength),
      x25519: expanded.subarray(mlKemSeedLength),
    };
  }

  /** The shared secrets, ML-KEM's first, then the ephemeral and the recipient's X25519 key. */
  #combine(
    secrets: readonly [Uint8Array, Uint8Array],
    ephemeralKey: Uint8Array,
    recipientKey: Uint8Array,
  ): Uint8Array {
    const combined = concat(...secrets, ephemeralKey, recipientKey, combinerLabel);
    const shared = this.#platform.sha3(combined);
    for (const secret of [...secrets, combined]) secret.fill(0);
    return shared;
  }

  /** SHAKE256.LabeledDerive of draft-ietf-hpke-hpke with an empty context. */
  #labeledDerive(inputKey: Uint8Array, label: string, length: number): Uint8Array {
    const suiteId = concat(ascii('KEM'), uint16(kemId));
    const labelBytes = ascii(label);
    const labeled = concat(
      inputKey,
      ascii('HPKE-v1'),
      suiteId,
      uint16(labelBytes.length),
      labelBytes,
      uint16(length),
    );
    return this.#platform.shake(labeled, length);
  }
}
