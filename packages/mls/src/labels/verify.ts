import type { MaybePromise, SuiteCrypto, VerifyInput } from '../crypto-provider.ts';
import { labelled } from './labelled.ts';

export interface SignatureInput {
  readonly publicKey: Uint8Array;
  readonly label: string;
  readonly content: Uint8Array;
  readonly signature: Uint8Array;
}

/** VerifyWithLabel (RFC 9420 section 5.1.2). */
export function verifyWithLabel(crypto: SuiteCrypto, input: SignatureInput): MaybePromise<boolean> {
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

function asVerifyInput(input: SignatureInput): VerifyInput {
  return {
    publicKey: input.publicKey,
    message: labelled(input.label, input.content),
    signature: input.signature,
  };
}
