import type { Reader } from '../codec/reader.ts';
import type { Writer } from '../codec/writer.ts';
import { decodePskId, encodePskId, type PskId } from '../proposals/proposal.ts';

/** What a welcome tells one joiner (RFC 9420 section 12.4.3.1). */
export interface GroupSecrets {
  readonly joinerSecret: Uint8Array;
  readonly pathSecret: Uint8Array | undefined;
  readonly psks: readonly PskId[];
}

export function encodeGroupSecrets(writer: Writer, secrets: GroupSecrets): void {
  writer.vector(secrets.joinerSecret);
  writer.optional(secrets.pathSecret, (optional, pathSecret) => optional.vector(pathSecret));
  writer.list(secrets.psks, encodePskId);
}

export function decodeGroupSecrets(reader: Reader): GroupSecrets {
  return {
    joinerSecret: reader.vector(),
    pathSecret: reader.optional((optional) => optional.vector()),
    psks: reader.list(decodePskId),
  };
}
