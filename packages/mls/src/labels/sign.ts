import type { MaybePromise, SuiteCrypto } from '../crypto-provider.ts';
import { labelled } from './labelled.ts';

/** SignWithLabel (RFC 9420 section 5.1.2). */
export function signWithLabel(
  crypto: SuiteCrypto,
  privateKey: Uint8Array,
  signed: { readonly label: string; readonly content: Uint8Array },
): MaybePromise<Uint8Array> {
  return crypto.sign(privateKey, labelled(signed.label, signed.content));
}
