import type { ParentSlot, RatchetTree, Slot } from './ratchet-tree.ts';
import type { NodeIndex } from './tree-math.ts';
import { nodeOfLeaf } from './tree-math.ts';

/** A node of a resolution with its public key. */
export interface ResolvedNode {
  readonly index: NodeIndex;
  readonly encryptionKey: Uint8Array;
}

/** Resolution of a subtree (RFC 9420 section 4.1.1), in the order in which secrets are encrypted. */
export function resolve(slot: Slot): ResolvedNode[] {
  const nodes: ResolvedNode[] = [];
  collect(slot, nodes);
  return nodes;
}

function collect(slot: Slot, nodes: ResolvedNode[]): void {
  if (slot.occupied === 0) return;
  if (slot.kind === 'leaf') {
    if (slot.leaf) nodes.push({ index: slot.index, encryptionKey: slot.leaf.encryptionKey });
    return;
  }
  if (slot.node === undefined) {
    collect(slot.left, nodes);
    collect(slot.right, nodes);
    return;
  }
  nodes.push({ index: slot.index, encryptionKey: slot.node.encryptionKey });
  for (const leaf of slot.node.unmergedLeaves) collect(leafBelow(slot, leaf), nodes);
}

/** The leaf slot under a subtree; the leaf must lie below it. */
export function leafBelow(slot: Slot, leaf: number): Slot {
  let below = slot;
  while (below.kind === 'parent') {
    below = nodeOfLeaf(leaf) < below.index ? below.left : below.right;
  }
  return below;
}

export interface FilteredStep {
  readonly parent: ParentSlot;
  /** The child of `parent` off the path: its resolution receives the path secret of `parent`. */
  readonly copathChild: Slot;
}

/**
 * Filtered direct path (section 4.1.2), lowest first: parents whose copath child has an empty
 * resolution, thus nobody to encrypt to, are left out.
 */
export function filteredDirectPath(tree: RatchetTree, leaf: number): FilteredStep[] {
  return tree
    .copath(leaf)
    .filter(({ sibling }) => sibling.occupied > 0)
    .map(({ parent, sibling }) => ({ parent, copathChild: sibling }));
}
