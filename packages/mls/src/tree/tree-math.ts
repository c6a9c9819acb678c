import type { Brand } from './brand.ts';

/**
 * Positions in a left-balanced full binary tree (RFC 9420 section 4.1, appendix C). Leaf `i` is node
 * `2i`; `width` is the number of leaves, a power of two.
 */
export type LeafIndex = Brand<number, 'LeafIndex'>;
export type NodeIndex = Brand<number, 'NodeIndex'>;

export function leafIndex(value: number): LeafIndex {
  return value as LeafIndex;
}

export function nodeIndex(value: number): NodeIndex {
  return value as NodeIndex;
}

export function nodeOfLeaf(leaf: number): NodeIndex {
  return nodeIndex(leaf * 2);
}

/** Height above the leaves: the number of trailing one bits. */
export function levelOf(node: number): number {
  let level = 0;
  while (level < 32 && (node >>> level) & 1) level++;
  return level;
}

export function nodeCount(width: number): number {
  return 2 * width - 1;
}

export function rootOf(width: number): NodeIndex {
  return nodeIndex(width - 1);
}

/** The least width of a tree that holds this many leaves. */
export function widthFor(leaves: number): number {
  let width = 1;
  while (width < leaves) width *= 2;
  return width;
}

export function leftOf(node: number): NodeIndex | undefined {
  const level = levelOf(node);
  return level === 0 ? undefined : nodeIndex(node - 2 ** (level - 1));
}

export function rightOf(node: number): NodeIndex | undefined {
  const level = levelOf(node);
  return level === 0 ? undefined : nodeIndex(node + 2 ** (level - 1));
}

export function parentOf(node: number, width: number): NodeIndex | undefined {
  if (node === rootOf(width)) return undefined;
  const step = 2 ** levelOf(node);
  return nodeIndex(Math.floor(node / (step * 4)) * step * 4 + step * 2 - 1);
}

export function siblingOf(node: number, width: number): NodeIndex | undefined {
  const parent = parentOf(node, width);
  if (parent === undefined) return undefined;
  return node < parent ? rightOf(parent) : leftOf(parent);
}

/** Whether the leaf lies in the subtree of the node. */
export function coversLeaf(node: number, leaf: number): boolean {
  const reach = 2 ** levelOf(node) - 1;
  return leaf * 2 >= node - reach && leaf * 2 <= node + reach;
}

/** Root of the smallest subtree holding both leaves. */
export function commonAncestor(a: number, b: number): NodeIndex {
  let level = 0;
  while (a >>> level !== b >>> level) level++;
  return nodeIndex(((a >>> level) << (level + 1)) + 2 ** level - 1);
}
