import { malformed, Reader } from '../codec/reader.ts';
import { build, type Writer } from '../codec/writer.ts';
import { encodeLeafNode, LeafNode } from './leaf-node.ts';
import { decodeParentNode, encodeParentNode, type ParentNode } from './parent-node.ts';
import { leafSlot, parentSlot, RatchetTree, type Slot } from './ratchet-tree.ts';
import { rootOf, widthFor } from './tree-math.ts';

const nodeType = { leaf: 1, parent: 2 } as const;

type DecodedNode = LeafNode | ParentNode | undefined;

export interface TreeDecodeOptions {
  readonly maxLeaves: number;
  /** For stored state of our own: leaves are parsed when used. */
  readonly trusted?: boolean;
}

/** `optional<Node> ratchet_tree<V>` (RFC 9420 section 12.4.3.3), trailing blanks left out. */
export function encodeRatchetTree(tree: RatchetTree): Uint8Array {
  const slots = [...tree.slots()];
  const used = slots.findLastIndex((slot) => !isBlank(slot)) + 1;
  return build((writer) => {
    writer.nested(() => {
      for (const slot of slots.slice(0, used)) encodeSlot(writer, slot);
    });
  }, slots.length * 256);
}

/** @throws ValidationError `malformed`: also for a tree without leaves or ending in a blank. */
export function decodeRatchetTree(bytes: Uint8Array, options: TreeDecodeOptions): RatchetTree {
  const outer = new Reader(bytes);
  const reader = outer.nested();
  outer.finish();
  const nodes = decodeNodes(reader, options);
  if (nodes.length === 0 || nodes.at(-1) === undefined) {
    throw malformed('a ratchet tree is empty or ends in a blank node');
  }
  const width = widthFor(Math.floor(nodes.length / 2) + 1);
  return new RatchetTree(assemble(nodes, rootOf(width), width));
}

function decodeNodes(reader: Reader, options: TreeDecodeOptions): DecodedNode[] {
  const nodes: DecodedNode[] = [];
  const decodeLeaf = options.trusted ? LeafNode.decodeLazily : LeafNode.decode;
  while (!reader.atEnd) {
    if (nodes.length >= options.maxLeaves * 2) throw malformed('a ratchet tree is too large');
    const isLeafPosition = nodes.length % 2 === 0;
    nodes.push(reader.optional(() => decodeNode(reader, isLeafPosition, decodeLeaf)));
  }
  return nodes;
}

function decodeNode(
  reader: Reader,
  isLeafPosition: boolean,
  decodeLeaf: (reader: Reader) => LeafNode,
): LeafNode | ParentNode {
  const type = reader.u8();
  if (type !== (isLeafPosition ? nodeType.leaf : nodeType.parent)) {
    throw malformed('a tree node has the wrong type for its position');
  }
  return isLeafPosition ? decodeLeaf(reader) : decodeParentNode(reader);
}

function assemble(nodes: readonly DecodedNode[], root: number, width: number): Slot {
  const node = nodes[root];
  if (width === 1) return leafSlot(root / 2, node instanceof LeafNode ? node : undefined);
  const half = width / 2;
  return parentSlot(root, node instanceof LeafNode ? undefined : node, [
    assemble(nodes, root - half, half),
    assemble(nodes, root + half, half),
  ]);
}

function isBlank(slot: Slot): boolean {
  return slot.kind === 'leaf' ? slot.leaf === undefined : slot.node === undefined;
}

function encodeSlot(writer: Writer, slot: Slot): void {
  if (isBlank(slot)) {
    writer.u8(0);
    return;
  }
  writer.u8(1);
  if (slot.kind === 'leaf' && slot.leaf) encodeLeafNode(writer.u8(nodeType.leaf), slot.leaf);
  if (slot.kind === 'parent' && slot.node) encodeParentNode(writer.u8(nodeType.parent), slot.node);
}
