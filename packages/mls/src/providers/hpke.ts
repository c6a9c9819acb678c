import type {
  CipherSuite,
  ExportedSecret,
  ExportReceiverInput,
  ExportSenderInput,
  HpkeCiphertext,
  MaybePromise,
  OpenBaseInput,
  SealBaseInput,
} from '../crypto-provider.ts';
import type { RandomSource } from '../random-source.ts';
import { ascii, concat, uint16 } from './bytes.ts';
import type { Hkdf } from './hkdf.ts';
import type { Kem } from './kem.ts';
import { type LabeledHkdf, labeledHkdf } from './labeled-hkdf.ts';
import { chain } from './maybe-promise.ts';
import type { Platform } from './platform.ts';

const kdfIds = { sha256: 0x0001, sha384: 0x0002 } as const;
const aeadIds = { 'aes-128-gcm': 0x0001, 'aes-256-gcm': 0x0002, 'chacha20-poly1305': 0x0003 };
const baseMode = Uint8Array.of(0);
const nothing = new Uint8Array(0);

interface Keys {
  readonly key: Uint8Array;
  readonly nonce: Uint8Array;
}

/** HPKE base mode, one message a context (RFC 9180 sections 5 and 6), over checked inputs. */
export class Hpke {
  readonly #suite: CipherSuite;
  readonly #platform: Platform;
  readonly #kem: Kem;
  readonly #kdf: LabeledHkdf;
  readonly #modeAndPskIdHash: Uint8Array;

  constructor(input: { suite: CipherSuite; platform: Platform; kem: Kem; hkdf: Hkdf }) {
    this.#suite = input.suite;
    this.#platform = input.platform;
    this.#kem = input.kem;
    const ids = [input.kem.id, kdfIds[input.suite.hash], aeadIds[input.suite.aead]];
    this.#kdf = labeledHkdf(input.hkdf, concat(ascii('HPKE'), ...ids.map(uint16)));
    const pskIdHash = this.#kdf.extract(nothing, 'psk_id_hash', nothing);
    this.#modeAndPskIdHash = concat(baseMode, pskIdHash);
  }

  seal(input: SealBaseInput, random: RandomSource): MaybePromise<HpkeCiphertext> {
    return chain(this.#kem.encapsulate(input.publicKey, random), ({ kemOutput, shared }) => {
      const { aad, plaintext } = input;
      const keys = this.#keys(shared, input.info);
      const sealed = this.#platform.aeadSeal(this.#suite.aead, { ...keys, aad, plaintext });
      return chain(sealed, (ciphertext) => ({ kemOutput, ciphertext }));
    });
  }

  open(input: OpenBaseInput): MaybePromise<Uint8Array> {
    return chain(this.#kem.decapsulate(input.kemOutput, input.keyPair), (shared) => {
      const { aad, ciphertext } = input;
      const keys = this.#keys(shared, input.info);
      return this.#platform.aeadOpen(this.#suite.aead, { ...keys, aad, ciphertext });
    });
  }

  exportSender(input: ExportSenderInput, random: RandomSource): MaybePromise<ExportedSecret> {
    return chain(this.#kem.encapsulate(input.publicKey, random), ({ kemOutput, shared }) => ({
      kemOutput,
      secret: this.#export(shared, input),
    }));
  }

  exportReceiver(input: ExportReceiverInput): MaybePromise<Uint8Array> {
    return chain(this.#kem.decapsulate(input.kemOutput, input.keyPair), (shared) =>
      this.#export(shared, input),
    );
  }

  #keys(shared: Uint8Array, messageInfo: Uint8Array): Keys {
    const { secret, info } = this.#schedule(shared, messageInfo);
    const { aeadKeyLength, aeadNonceLength } = this.#suite;
    return {
      key: this.#kdf.expand({ secret, label: 'key', info, length: aeadKeyLength }),
      nonce: this.#kdf.expand({ secret, label: 'base_nonce', info, length: aeadNonceLength }),
    };
  }

  #export(
    shared: Uint8Array,
    input: { info: Uint8Array; exporterContext: Uint8Array; length: number },
  ): Uint8Array {
    const { secret, info } = this.#schedule(shared, input.info);
    const length = this.#suite.hashLength;
    const exporterSecret = this.#kdf.expand({ secret, label: 'exp', info, length });
    return this.#kdf.expand({
      secret: exporterSecret,
      label: 'sec',
      info: input.exporterContext,
      length: input.length,
    });
  }

  /** KeySchedule of RFC 9180 section 5.1 up to `secret` and `key_schedule_context`. */
  #schedule(shared: Uint8Array, messageInfo: Uint8Array): { secret: Uint8Array; info: Uint8Array } {
    const infoHash = this.#kdf.extract(nothing, 'info_hash', messageInfo);
    const secret = this.#kdf.extract(shared, 'secret', nothing);
    shared.fill(0);
    return { secret, info: concat(this.#modeAndPskIdHash, infoHash) };
  }
}
