import type { LeafNode } from './leaf-node.ts';
import type { ParentNode } from './parent-node.ts';
import type { RatchetTree } from './ratchet-tree.ts';
import type { LeafIndex } from './tree-math.ts';
import { leafIndex } from './tree-math.ts';

/** Puts a leaf at the leftmost free position (RFC 9420 sections 7.7 and 12.1.1). */
export function addLeaf(
  tree: RatchetTree,
  leaf: LeafNode,
): { readonly tree: RatchetTree; readonly index: LeafIndex } {
  const free = tree.leftmostBlankLeaf();
  const wide = free === undefined ? tree.extended() : tree;
  const index = free ?? leafIndex(tree.width);
  return { tree: wide.withPath(index, leaf, (node) => node && withUnmerged(node, index)), index };
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

function withUnmerged(node: ParentNode, leaf: number): ParentNode {
  const unmergedLeaves = [...node.unmergedLeaves, leaf].sort((a, b) => a - b);
  return { ...node, unmergedLeaves };
}
