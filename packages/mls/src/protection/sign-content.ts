import { encode } from '../codec/writer.ts';
import type { SuiteCrypto } from '../crypto-provider.ts';
import {
  type AuthenticatedContent,
  contentLabel,
  contentToBeSigned,
} from '../framing/authenticated-content.ts';
import {
  type ContentWireFormat,
  encodeFramedContent,
  type FramedContent,
} from '../framing/content.ts';
import { signWithLabel } from '../labels/sign.ts';

export interface SignContentInput {
  readonly wireFormat: ContentWireFormat;
  readonly content: FramedContent;
  readonly contextBytes: Uint8Array;
  readonly signaturePrivateKey: Uint8Array;
}

/** Signs content; a commit still lacks its confirmation tag. */
export async function signContent(
  crypto: SuiteCrypto,
  input: SignContentInput,
): Promise<AuthenticatedContent> {
  const contentBytes = encode(encodeFramedContent, input.content);
  const unsigned = { wireFormat: input.wireFormat, content: input.content, contentBytes };
  const toBeSigned = contentToBeSigned(unsigned, input.contextBytes);
  const signature = await signWithLabel(crypto, input.signaturePrivateKey, {
    label: contentLabel,
    content: toBeSigned,
  });
  return { ...unsigned, auth: { signature, confirmationTag: undefined } };
}
