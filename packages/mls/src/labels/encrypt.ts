import { emptyBytes } from '../codec/bytes.ts';
import type {
  HpkeCiphertext,
  KeyPair,
  MaybePromise,
  SealBaseInput,
  SuiteCrypto,
} from '../crypto-provider.ts';
import type { RandomSource } from '../random-source.ts';
import { labelled } from './labelled.ts';

export interface LabelledSeal {
  readonly publicKey: Uint8Array;
  readonly label: string;
  readonly context: Uint8Array;
  readonly plaintext: Uint8Array;
}

/** EncryptWithLabel (RFC 9420 section 5.1.3). */
export function encryptWithLabel(
  crypto: SuiteCrypto,
  input: LabelledSeal,
  random: RandomSource,
): MaybePromise<HpkeCiphertext> {
  return crypto.sealBase(asSealInput(input), random);
}

/** EncryptWithLabel for each input in order, in parallel where the platform can. */
export function encryptManyWithLabel(
  crypto: SuiteCrypto,
  inputs: readonly LabelledSeal[],
  random: RandomSource,
): MaybePromise<readonly HpkeCiphertext[]> {
  return crypto.sealBaseMany(inputs.map(asSealInput), random);
}

export interface LabelledOpen extends HpkeCiphertext {
  readonly keyPair: KeyPair;
  readonly label: string;
  readonly context: Uint8Array;
}

/** DecryptWithLabel (section 5.1.3). */
export function decryptWithLabel(
  crypto: SuiteCrypto,
  input: LabelledOpen,
): MaybePromise<Uint8Array> {
  return crypto.openBase({
    keyPair: input.keyPair,
    kemOutput: input.kemOutput,
    ciphertext: input.ciphertext,
    info: labelled(input.label, input.context),
    aad: emptyBytes,
  });
}

function asSealInput(input: LabelledSeal): SealBaseInput {
  return {
    publicKey: input.publicKey,
    info: labelled(input.label, input.context),
    aad: emptyBytes,
    plaintext: input.plaintext,
  };
}
