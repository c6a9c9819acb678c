import { build } from '../codec/writer.ts';
import type { SuiteCrypto } from '../crypto-provider.ts';
import { encodeLeafNode, type LeafNode } from './leaf-node.ts';
import { encodeParentNode, type ParentNode } from './parent-node.ts';
import type { RatchetTree, Slot } from './ratchet-tree.ts';
import { coversLeaf } from './tree-math.ts';

const leafType = 1;
const parentType = 2;

/** Tree hash of the root (RFC 9420 section 7.8). Only changed subtrees are hashed again. */
export function treeHash(crypto: SuiteCrypto, tree: RatchetTree): Uint8Array {
  return subtreeHash(crypto, tree.root);
}

export function subtreeHash(crypto: SuiteCrypto, slot: Slot): Uint8Array {
  slot.hash ??=
    slot.kind === 'leaf'
      ? hashLeaf(crypto, slot.leafIndex, slot.leaf)
      : hashParent(crypto, slot.node, [
          subtreeHash(crypto, slot.left),
          subtreeHash(crypto, slot.right),
        ]);
  return slot.hash;
}

/**
 * Tree hash of a subtree as it was before some leaves were added (`original_sibling_tree_hash`,
 * section 7.9): those leaves are blanked and struck from the lists of unmerged leaves.
 */
export function subtreeHashWithout(
  crypto: SuiteCrypto,
  slot: Slot,
  without: readonly number[],
): Uint8Array {
  const here = without.filter((leaf) => coversLeaf(slot.index, leaf));
  if (here.length === 0) return subtreeHash(crypto, slot);
  if (slot.kind === 'leaf') return hashLeaf(crypto, slot.leafIndex, undefined);
  const struck = new Set(here);
  const node = slot.node && {
    ...slot.node,
    unmergedLeaves: slot.node.unmergedLeaves.filter((leaf) => !struck.has(leaf)),
  };
  return hashParent(crypto, node, [
    subtreeHashWithout(crypto, slot.left, here),
    subtreeHashWithout(crypto, slot.right, here),
  ]);
}

/** ParentHashInput (section 7.9). */
export function hashForChild(
  crypto: SuiteCrypto,
  parent: Pick<ParentNode, 'encryptionKey' | 'parentHash'>,
  originalSiblingTreeHash: Uint8Array,
): Uint8Array {
  const input = build((writer) => {
    writer.vector(parent.encryptionKey).vector(parent.parentHash).vector(originalSiblingTreeHash);
  });
  return crypto.hash(input);
}

function hashLeaf(crypto: SuiteCrypto, index: number, leaf: LeafNode | undefined): Uint8Array {
  const input = build((writer) => {
    writer.u8(leafType).u32(index).optional(leaf, encodeLeafNode);
  });
  return crypto.hash(input);
}

function hashParent(
  crypto: SuiteCrypto,
  node: ParentNode | undefined,
  [left, right]: readonly [Uint8Array, Uint8Array],
): Uint8Array {
  const input = build((writer) => {
    writer.u8(parentType).optional(node, encodeParentNode).vector(left).vector(right);
  });
  return crypto.hash(input);
}
