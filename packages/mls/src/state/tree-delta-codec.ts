import { malformed, type Reader } from '../codec/reader.ts';
import type { Writer } from '../codec/writer.ts';
import { encodeLeafNode, LeafNode } from '../tree/leaf-node.ts';
import { decodeParentNode, encodeParentNode } from '../tree/parent-node.ts';
import type { ChangedNode, TreeDelta } from '../tree/tree-delta.ts';

export function encodeTreeDelta(writer: Writer, delta: TreeDelta): void {
  writer.u32(delta.width).list(delta.nodes, (list, { index, leaf, parent }) => {
    list.u32(index).optional(leaf, encodeLeafNode).optional(parent, encodeParentNode);
  });
}

export function decodeTreeDelta(reader: Reader): TreeDelta {
  const width = reader.u32();
  if (width === 0 || (width & (width - 1)) !== 0) throw malformed('a width is no power of two');
  const nodes = reader.list((list): ChangedNode => {
    const index = list.u32();
    const leaf = list.optional(LeafNode.decodeLazily);
    const parent = list.optional(decodeParentNode);
    return { index, ...(leaf && { leaf }), ...(parent && { parent }) };
  });
  return { width, nodes };
}
