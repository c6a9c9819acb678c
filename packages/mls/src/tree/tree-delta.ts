import type { LeafNode } from './leaf-node.ts';
import type { ParentNode } from './parent-node.ts';
import { blankSubtree, leafSlot, parentSlot, RatchetTree, type Slot } from './ratchet-tree.ts';
import { rootOf } from './tree-math.ts';

/** What differs between two trees: the new width and the nodes that are not the same. */
export interface TreeDelta {
  readonly width: number;
  readonly nodes: readonly ChangedNode[];
}

/** A node's new content; neither leaf nor parent: now blank. */
export interface ChangedNode {
  readonly index: number;
  readonly leaf?: LeafNode;
  readonly parent?: ParentNode;
}

/** The changes from one tree to another; what they share is not visited. */
export function treeDelta(from: RatchetTree, to: RatchetTree, what: 'all' | 'leaves'): TreeDelta {
  const nodes: ChangedNode[] = [];
  collect(aligned(from.root, to.width), to.root, (node) => {
    if (what === 'all' || node.index % 2 === 0) nodes.push(node);
  });
  return { width: to.width, nodes };
}

export function applyDelta(tree: RatchetTree, delta: TreeDelta): RatchetTree {
  const base = aligned(tree.root, delta.width);
  return new RatchetTree(change(base, delta.nodes));
}

/** The subtree of the given width that begins at leaf 0. */
function aligned(root: Slot, width: number): Slot {
  let slot = root;
  while (slot.kind === 'parent' && slot.width > width) slot = slot.left;
  while (slot.width < width) {
    const right = blankSubtree(rootOf(slot.width) + 2 * slot.width, slot.width);
    slot = parentSlot(rootOf(slot.width * 2), undefined, [slot, right]);
  }
  return slot;
}

function collect(from: Slot, to: Slot, report: (node: ChangedNode) => void): void {
  if (from === to) return;
  if (to.kind === 'leaf') {
    const before = from.kind === 'leaf' ? from.leaf : undefined;
    if (before !== to.leaf) report({ index: to.index, ...(to.leaf && { leaf: to.leaf }) });
    return;
  }
  const before = from.kind === 'parent' ? from : undefined;
  if (before === undefined) return;
  collect(before.left, to.left, report);
  if (before.node !== to.node) report({ index: to.index, ...(to.node && { parent: to.node }) });
  collect(before.right, to.right, report);
}

function change(slot: Slot, nodes: readonly ChangedNode[]): Slot {
  if (nodes.length === 0) return slot;
  if (slot.kind === 'leaf') return leafSlot(slot.leafIndex, nodes[0]?.leaf);
  const here = nodes.find(({ index }) => index === slot.index);
  const before = nodes.filter(({ index }) => index < slot.index);
  const after = nodes.filter(({ index }) => index > slot.index);
  const node = here === undefined ? slot.node : here.parent;
  return parentSlot(slot.index, node, [change(slot.left, before), change(slot.right, after)]);
}
