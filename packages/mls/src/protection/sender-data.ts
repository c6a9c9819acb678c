import { decode, type Reader } from '../codec/reader.ts';
import { build } from '../codec/writer.ts';
import type { SuiteCrypto } from '../crypto-provider.ts';
import { type PrivateMessage, senderDataAad } from '../framing/private-message.ts';
import { expandWithLabel } from '../labels/derive.ts';

/** SenderData (RFC 9420 section 6.3.2). */
export interface SenderData {
  readonly leafIndex: number;
  readonly generation: number;
  readonly reuseGuard: Uint8Array;
}

export const reuseGuardBytes = 4;

type Header = Pick<
  PrivateMessage,
  'groupId' | 'epoch' | 'contentType' | 'authenticatedData' | 'ciphertext'
>;

export async function sealSenderData(
  crypto: SuiteCrypto,
  senderDataSecret: Uint8Array,
  { header, senderData }: { readonly header: Header; readonly senderData: SenderData },
): Promise<Uint8Array> {
  const plaintext = build((writer) => {
    writer.u32(senderData.leafIndex).u32(senderData.generation).raw(senderData.reuseGuard);
  });
  return crypto.aeadSeal({
    ...senderDataKey(crypto, senderDataSecret, header.ciphertext),
    aad: senderDataAad(header),
    plaintext,
  });
}

export async function openSenderData(
  crypto: SuiteCrypto,
  senderDataSecret: Uint8Array,
  message: PrivateMessage,
): Promise<SenderData> {
  const plaintext = await crypto.aeadOpen({
    ...senderDataKey(crypto, senderDataSecret, message.ciphertext),
    aad: senderDataAad(message),
    ciphertext: message.encryptedSenderData,
  });
  return decode(plaintext, decodeSenderData);
}

/** Key and nonce drawn from a sample of the ciphertext. */
export function senderDataKey(
  crypto: SuiteCrypto,
  secret: Uint8Array,
  ciphertext: Uint8Array,
): { readonly key: Uint8Array; readonly nonce: Uint8Array } {
  const { hashLength, aeadKeyLength, aeadNonceLength } = crypto.suite;
  const context = ciphertext.subarray(0, hashLength);
  return {
    key: expandWithLabel(crypto, { secret, label: 'key', context, length: aeadKeyLength }),
    nonce: expandWithLabel(crypto, { secret, label: 'nonce', context, length: aeadNonceLength }),
  };
}

function decodeSenderData(reader: Reader): SenderData {
  return {
    leafIndex: reader.u32(),
    generation: reader.u32(),
    reuseGuard: reader.raw(reuseGuardBytes),
  };
}
