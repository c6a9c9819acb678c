import { concatBytes } from '../codec/bytes.ts';
import { build, encode, Writer } from '../codec/writer.ts';
import type { SuiteCrypto } from '../crypto-provider.ts';
import { makeProposalRef } from '../labels/references.ts';
import { verifyWithLabel } from '../labels/verify.ts';
import { protocolVersion } from '../protocol-version.ts';
import {
  type ContentAuth,
  type ContentWireFormat,
  encodeContentAuth,
  type FramedContent,
} from './content.ts';

/** AuthenticatedContent (RFC 9420 section 6): content with the encoding that was signed. */
export interface AuthenticatedContent {
  readonly wireFormat: ContentWireFormat;
  readonly content: FramedContent;
  /** FramedContent, encoded. */
  readonly contentBytes: Uint8Array;
  readonly auth: ContentAuth;
}

export const contentLabel = 'FramedContentTBS';

/** FramedContentTBS: the group context takes part where the sender knows it (section 6.1). */
export function contentToBeSigned(
  unsigned: Pick<AuthenticatedContent, 'wireFormat' | 'content' | 'contentBytes'>,
  contextBytes: Uint8Array,
): Uint8Array {
  const { kind } = unsigned.content.sender;
  const writer = new Writer(unsigned.contentBytes.length + contextBytes.length + 16);
  writer.u16(protocolVersion).u16(unsigned.wireFormat).raw(unsigned.contentBytes);
  if (kind === 'member' || kind === 'new_member_commit') writer.raw(contextBytes);
  return writer.toBytes();
}

export async function verifyContentSignature(
  crypto: SuiteCrypto,
  authenticated: AuthenticatedContent,
  key: { readonly publicKey: Uint8Array; readonly contextBytes: Uint8Array },
): Promise<boolean> {
  return verifyWithLabel(crypto, {
    publicKey: key.publicKey,
    label: contentLabel,
    content: contentToBeSigned(authenticated, key.contextBytes),
    signature: authenticated.auth.signature,
  });
}

/** AuthenticatedContentTBM, over which the membership tag is made (section 6.2). */
export function contentToBeMaced(
  authenticated: AuthenticatedContent,
  contextBytes: Uint8Array,
): Uint8Array {
  return concatBytes(
    contentToBeSigned(authenticated, contextBytes),
    encode(encodeContentAuth, authenticated.auth),
  );
}

/** ProposalRef of a proposal message (section 5.2). */
export function proposalRefOf(
  crypto: SuiteCrypto,
  authenticated: AuthenticatedContent,
): Uint8Array {
  return makeProposalRef(crypto, authenticatedContentBytes(authenticated));
}

function authenticatedContentBytes(authenticated: AuthenticatedContent): Uint8Array {
  return build((writer) => {
    writer.u16(authenticated.wireFormat).raw(authenticated.contentBytes);
    encodeContentAuth(writer, authenticated.auth);
  }, authenticated.contentBytes.length + 256);
}

/** The next confirmed transcript hash (section 8.2). */
export function confirmedTranscriptHash(
  crypto: SuiteCrypto,
  interim: Uint8Array,
  commit: AuthenticatedContent,
): Uint8Array {
  const input = build((writer) => {
    writer.raw(interim).u16(commit.wireFormat).raw(commit.contentBytes);
    writer.vector(commit.auth.signature);
  }, commit.contentBytes.length + 256);
  return crypto.hash(input);
}

/** The next interim transcript hash (section 8.2). */
export function interimTranscriptHash(
  crypto: SuiteCrypto,
  confirmed: Uint8Array,
  confirmationTag: Uint8Array,
): Uint8Array {
  return crypto.hash(build((writer) => writer.raw(confirmed).vector(confirmationTag)));
}
