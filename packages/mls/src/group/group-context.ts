import type { Reader } from '../codec/reader.ts';
import { build, type Writer } from '../codec/writer.ts';
import { decodeExtensions, type Extension, encodeExtensions } from '../extensions/extension.ts';

/** What all members agree on in an epoch (RFC 9420 section 8.1). */
export interface GroupContext {
  readonly version: number;
  readonly cipherSuite: number;
  readonly groupId: Uint8Array;
  readonly epoch: bigint;
  readonly treeHash: Uint8Array;
  readonly confirmedTranscriptHash: Uint8Array;
  readonly extensions: readonly Extension[];
}

export function encodeGroupContext(writer: Writer, context: GroupContext): void {
  writer.u16(context.version).u16(context.cipherSuite).vector(context.groupId).u64(context.epoch);
  writer.vector(context.treeHash).vector(context.confirmedTranscriptHash);
  encodeExtensions(writer, context.extensions);
}

export function decodeGroupContext(reader: Reader): GroupContext {
  return {
    version: reader.u16(),
    cipherSuite: reader.u16(),
    groupId: reader.vector(),
    epoch: reader.u64(),
    treeHash: reader.vector(),
    confirmedTranscriptHash: reader.vector(),
    extensions: decodeExtensions(reader),
  };
}

export function groupContextBytes(context: GroupContext): Uint8Array {
  return build((writer) => encodeGroupContext(writer, context));
}
