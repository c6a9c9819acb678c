import type { Reader } from '../codec/reader.ts';
import type { Writer } from '../codec/writer.ts';
import type { HpkeCiphertext } from '../crypto-provider.ts';
import { encodeLeafNode, LeafNode } from './leaf-node.ts';

/** Bounds for decoding: a path is no longer than a tree is high. */
const maxNodes = 32;
const maxReceivers = 16_384;

export interface UpdatePathNode {
  readonly encryptionKey: Uint8Array;
  /** The path secret, once for each node of the copath child's resolution. */
  readonly encryptedPathSecrets: readonly HpkeCiphertext[];
}

/** RFC 9420 section 7.6. */
export interface UpdatePath {
  readonly leafNode: LeafNode;
  readonly nodes: readonly UpdatePathNode[];
}

export function encodeUpdatePath(writer: Writer, path: UpdatePath): void {
  encodeLeafNode(writer, path.leafNode);
  writer.list(path.nodes, (list, node) => {
    list.vector(node.encryptionKey).list(node.encryptedPathSecrets, encodeHpkeCiphertext);
  });
}

export function decodeUpdatePath(reader: Reader): UpdatePath {
  return {
    leafNode: LeafNode.decode(reader),
    nodes: reader.list(
      (list) => ({
        encryptionKey: list.vector(),
        encryptedPathSecrets: list.list(decodeHpkeCiphertext, maxReceivers),
      }),
      maxNodes,
    ),
  };
}

export function encodeHpkeCiphertext(writer: Writer, value: HpkeCiphertext): void {
  writer.vector(value.kemOutput).vector(value.ciphertext);
}

export function decodeHpkeCiphertext(reader: Reader): HpkeCiphertext {
  return { kemOutput: reader.vector(), ciphertext: reader.vector() };
}
