import { malformed, type Reader } from '../codec/reader.ts';
import type { Writer } from '../codec/writer.ts';
import { type Commit, decodeCommit, encodeCommit } from '../proposals/commit.ts';
import { decodeProposal, encodeProposal, type Proposal } from '../proposals/proposal.ts';
import { type LeafIndex, leafIndex } from '../tree/tree-math.ts';

/** Wire formats of RFC 9420 section 17.2. */
export const wireFormat = {
  publicMessage: 1,
  privateMessage: 2,
  welcome: 3,
  groupInfo: 4,
  keyPackage: 5,
} as const;

/** The wire formats of framed content. */
export type ContentWireFormat = typeof wireFormat.publicMessage | typeof wireFormat.privateMessage;

/** Content types of section 17.2's companion registry (section 6). */
export const contentType = { application: 1, proposal: 2, commit: 3 } as const;
export type ContentType = (typeof contentType)[keyof typeof contentType];

/** Who sent a message (section 6). */
export type Sender =
  | { readonly kind: 'member'; readonly leafIndex: LeafIndex }
  | { readonly kind: 'external'; readonly senderIndex: number }
  | { readonly kind: 'new_member_proposal' }
  | { readonly kind: 'new_member_commit' };

export type ContentBody =
  | { readonly kind: 'application'; readonly data: Uint8Array }
  | { readonly kind: 'proposal'; readonly proposal: Proposal }
  | { readonly kind: 'commit'; readonly commit: Commit };

/** FramedContent (section 6). */
export interface FramedContent {
  readonly groupId: Uint8Array;
  readonly epoch: bigint;
  readonly sender: Sender;
  readonly authenticatedData: Uint8Array;
  readonly body: ContentBody;
}

/** FramedContentAuthData (section 6.1). Only commits have a confirmation tag. */
export interface ContentAuth {
  readonly signature: Uint8Array;
  readonly confirmationTag: Uint8Array | undefined;
}

const senderCode = {
  member: 1,
  external: 2,
  new_member_proposal: 3,
  new_member_commit: 4,
} as const;

export function encodeSender(writer: Writer, sender: Sender): void {
  writer.u8(senderCode[sender.kind]);
  if (sender.kind === 'member') writer.u32(sender.leafIndex);
  if (sender.kind === 'external') writer.u32(sender.senderIndex);
}

export function decodeSender(reader: Reader): Sender {
  const code = reader.u8();
  switch (code) {
    case senderCode.member:
      return { kind: 'member', leafIndex: leafIndex(reader.u32()) };
    case senderCode.external:
      return { kind: 'external', senderIndex: reader.u32() };
    case senderCode.new_member_proposal:
      return { kind: 'new_member_proposal' };
    case senderCode.new_member_commit:
      return { kind: 'new_member_commit' };
    default:
      throw malformed('a sender has an unknown type');
  }
}

export function decodeContentType(reader: Reader): ContentType {
  const type = reader.u8();
  if (type === contentType.application) return contentType.application;
  if (type === contentType.proposal) return contentType.proposal;
  if (type === contentType.commit) return contentType.commit;
  throw malformed('content has an unknown type');
}

export function encodeFramedContent(writer: Writer, content: FramedContent): void {
  writer.vector(content.groupId).u64(content.epoch);
  encodeSender(writer, content.sender);
  writer.vector(content.authenticatedData).u8(contentType[content.body.kind]);
  encodeBody(writer, content.body);
}

export function decodeFramedContent(reader: Reader): FramedContent {
  return {
    groupId: reader.vector(),
    epoch: reader.u64(),
    sender: decodeSender(reader),
    authenticatedData: reader.vector(),
    body: decodeBody(reader, decodeContentType(reader)),
  };
}

export function encodeBody(writer: Writer, body: ContentBody): void {
  if (body.kind === 'application') writer.vector(body.data);
  else if (body.kind === 'proposal') encodeProposal(writer, body.proposal);
  else encodeCommit(writer, body.commit);
}

export function decodeBody(reader: Reader, type: ContentType): ContentBody {
  if (type === contentType.application) return { kind: 'application', data: reader.vector() };
  if (type === contentType.proposal) return { kind: 'proposal', proposal: decodeProposal(reader) };
  return { kind: 'commit', commit: decodeCommit(reader) };
}

export function encodeContentAuth(writer: Writer, auth: ContentAuth): void {
  writer.vector(auth.signature);
  if (auth.confirmationTag !== undefined) writer.vector(auth.confirmationTag);
}

export function decodeContentAuth(reader: Reader, kind: ContentBody['kind']): ContentAuth {
  return {
    signature: reader.vector(),
    confirmationTag: kind === 'commit' ? reader.vector() : undefined,
  };
}
