import type { LeafNode } from './leaf-node.ts';
import type { ParentNode } from './parent-node.ts';
import type { RatchetTree } from './ratchet-tree.ts';
import type { LeafIndex } from './tree-math.ts';
import { leafIndex } from './tree-math.ts';

/**
 * Puts each leaf at the leftmost free position (RFC 9420 sections 7.7 and 12.1.1). All at once, so
 * that lists of unmerged leaves are copied once and not for each leaf.
 */
export function addLeaves(
  tree: RatchetTree,
  leaves: readonly LeafNode[],
): { readonly tree: RatchetTree; readonly indices: readonly LeafIndex[] } {
  let wide = tree;
  while (wide.width - wide.memberCount < leaves.length) wide = wide.extended();
  const indices = wide.leftmostBlankLeaves(leaves.length);
  const placed = new Map<number, LeafNode | undefined>();
  for (const [position, index] of indices.entries()) placed.set(index, leaves[position]);
  return { tree: wide.withLeaves(placed, withUnmerged), indices };
}

export function addLeaf(
  tree: RatchetTree,
  leaf: LeafNode,
): { readonly tree: RatchetTree; readonly index: LeafIndex } {
  const { tree: changed, indices } = addLeaves(tree, [leaf]);
  return { tree: changed, index: indices[0] ?? leafIndex(0) };
}

/** Replaces a leaf and blanks its direct path (section 12.1.2). */
export function updateLeaf(tree: RatchetTree, index: number, leaf: LeafNode): RatchetTree {
  return tree.withPath(index, leaf, blank);
}

/** Blanks a leaf and its direct path, then drops trailing blank halves (section 12.1.3). */
export function removeLeaf(tree: RatchetTree, index: number): RatchetTree {
  return tree.withPath(index, undefined, blank).truncated();
}

function blank(): undefined {
  return undefined;
}

function withUnmerged(
  node: ParentNode | undefined,
  leaves: readonly number[],
): ParentNode | undefined {
  if (node === undefined) return undefined;
  const unmergedLeaves = [...node.unmergedLeaves, ...leaves].sort((a, b) => a - b);
  return { ...node, unmergedLeaves };
}
