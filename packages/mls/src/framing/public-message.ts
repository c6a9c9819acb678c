import type { Reader } from '../codec/reader.ts';
import type { Writer } from '../codec/writer.ts';
import type { AuthenticatedContent } from './authenticated-content.ts';
import {
  decodeContentAuth,
  decodeFramedContent,
  encodeContentAuth,
  wireFormat,
} from './content.ts';

/** PublicMessage (RFC 9420 section 6.2). Members add a membership tag, others do not. */
export interface PublicMessage {
  readonly authenticated: AuthenticatedContent;
  readonly membershipTag: Uint8Array | undefined;
}

export function encodePublicMessage(writer: Writer, message: PublicMessage): void {
  writer.raw(message.authenticated.contentBytes);
  encodeContentAuth(writer, message.authenticated.auth);
  if (message.membershipTag !== undefined) writer.vector(message.membershipTag);
}

export function decodePublicMessage(reader: Reader): PublicMessage {
  const start = reader.position;
  const content = decodeFramedContent(reader);
  const contentBytes = reader.since(start);
  const auth = decodeContentAuth(reader, content.body.kind);
  return {
    authenticated: { wireFormat: wireFormat.publicMessage, content, contentBytes, auth },
    membershipTag: content.sender.kind === 'member' ? reader.vector() : undefined,
  };
}
