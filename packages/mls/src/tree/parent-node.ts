import type { Reader } from '../codec/reader.ts';
import type { Writer } from '../codec/writer.ts';

/** A parent node (RFC 9420 section 7.1). */
export interface ParentNode {
  readonly encryptionKey: Uint8Array;
  readonly parentHash: Uint8Array;
  /** Leaf indices below this node that do not know its private key, ascending. */
  readonly unmergedLeaves: readonly number[];
}

export function encodeParentNode(writer: Writer, node: ParentNode): void {
  writer.vector(node.encryptionKey).vector(node.parentHash);
  writer.list(node.unmergedLeaves, (list, leaf) => list.u32(leaf));
}

export function decodeParentNode(reader: Reader): ParentNode {
  return {
    encryptionKey: reader.vector(),
    parentHash: reader.vector(),
    unmergedLeaves: reader.list((list) => list.u32()),
  };
}
