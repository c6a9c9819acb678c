import { ascii, concatBytes } from './codec/bytes.ts';
import { build } from './codec/writer.ts';
import type {
  HpkeCiphertext,
  KeyPair,
  MaybePromise,
  SealBaseInput,
  SuiteCrypto,
  VerifyInput,
} from './crypto-provider.ts';
import type { RandomSource } from './random-source.ts';

/** Labelled signing, deriving and encrypting (RFC 9420 sections 5.1.2, 5.1.3, 5.2 and 8). */

const prefix = ascii('MLS 1.0 ');

export interface SignatureInput {
  readonly publicKey: Uint8Array;
  readonly label: string;
  readonly content: Uint8Array;
  readonly signature: Uint8Array;
}

export function signWithLabel(
  crypto: SuiteCrypto,
  privateKey: Uint8Array,
  label: string,
  content: Uint8Array,
): MaybePromise<Uint8Array> {
  return crypto.sign(privateKey, labelled(label, content));
}

export function verifyWithLabel(
  crypto: SuiteCrypto,
  input: SignatureInput,
): MaybePromise<boolean> {
  return crypto.verify(asVerifyInput(input));
}

/** Whether all verify; in parallel where the platform can. */
export async function verifyAllWithLabel(
  crypto: SuiteCrypto,
  inputs: readonly SignatureInput[],
): Promise<boolean> {
  if (inputs.length === 0) return true;
  const verdicts = await crypto.verifyMany(inputs.map(asVerifyInput));
  return verdicts.length === inputs.length && verdicts.every((verdict) => verdict === true);
}

export interface LabelledSeal {
  readonly publicKey: Uint8Array;
  readonly label: string;
  readonly context: Uint8Array;
  readonly plaintext: Uint8Array;
}

export function encryptWithLabel(
  crypto: SuiteCrypto,
  input: LabelledSeal,
  random: RandomSource,
): MaybePromise<HpkeCiphertext> {
  return crypto.sealBase(asSealInput(input), random);
}

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

export function decryptWithLabel(
  crypto: SuiteCrypto,
  input: LabelledOpen,
): MaybePromise<Uint8Array> {
  return crypto.openBase({
    keyPair: input.keyPair,
    kemOutput: input.kemOutput,
    ciphertext: input.ciphertext,
    info: labelled(input.label, input.context),
    aad: new Uint8Array(0),
  });
}

export interface Expansion {
  readonly secret: Uint8Array;
  readonly label: string;
  readonly context: Uint8Array;
  readonly length: number;
}

/** ExpandWithLabel (section 8). */
export function expandWithLabel(crypto: SuiteCrypto, expansion: Expansion): Uint8Array {
  const info = build((writer) => {
    writer.u16(expansion.length);
    writer.vector(concatBytes(prefix, ascii(expansion.label))).vector(expansion.context);
  });
  return crypto.hkdfExpand(expansion.secret, info, expansion.length);
}

/** DeriveSecret (section 8). */
export function deriveSecret(crypto: SuiteCrypto, secret: Uint8Array, label: string): Uint8Array {
  const length = crypto.suite.hashLength;
  return expandWithLabel(crypto, { secret, label, context: new Uint8Array(0), length });
}

/** DeriveTreeSecret (section 9). */
export function deriveTreeSecret(
  crypto: SuiteCrypto,
  derivation: { secret: Uint8Array; label: string; generation: number; length: number },
): Uint8Array {
  const { secret, label, generation, length } = derivation;
  const context = build((writer) => writer.u32(generation));
  return expandWithLabel(crypto, { secret, label, context, length });
}

/** RefHash (section 5.2), whose label has no prefix. */
export function refHash(crypto: SuiteCrypto, label: string, value: Uint8Array): Uint8Array {
  return crypto.hash(build((writer) => writer.vector(ascii(label)).vector(value), value.length + 64));
}

export function makeKeyPackageRef(crypto: SuiteCrypto, keyPackage: Uint8Array): Uint8Array {
  return refHash(crypto, 'MLS 1.0 KeyPackage Reference', keyPackage);
}

export function makeProposalRef(crypto: SuiteCrypto, authenticated: Uint8Array): Uint8Array {
  return refHash(crypto, 'MLS 1.0 Proposal Reference', authenticated);
}

/** SignContent and EncryptContext have one form. */
function labelled(label: string, content: Uint8Array): Uint8Array {
  return build((writer) => {
    writer.vector(concatBytes(prefix, ascii(label))).vector(content);
  }, content.length + 64);
}

function asVerifyInput(input: SignatureInput): VerifyInput {
  return {
    publicKey: input.publicKey,
    message: labelled(input.label, input.content),
    signature: input.signature,
  };
}

function asSealInput(input: LabelledSeal): SealBaseInput {
  return {
    publicKey: input.publicKey,
    info: labelled(input.label, input.context),
    aad: new Uint8Array(0),
    plaintext: input.plaintext,
  };
}
