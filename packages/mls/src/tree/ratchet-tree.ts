import type { LeafNode } from './leaf-node.ts';
import type { MemberSummary } from './member-summary.ts';
import type { ParentNode } from './parent-node.ts';
import {
  type LeafIndex,
  leafIndex,
  type NodeIndex,
  nodeIndex,
  nodeOfLeaf,
  rootOf,
} from './tree-math.ts';

/**
 * One position of the tree with everything below it. Slots never change, so that trees of different
 * epochs share all they have in common; `hash`, `summary` and `marks` only remember what
 * was computed.
 */
export type Slot = LeafSlot | ParentSlot;

export interface LeafSlot {
  readonly kind: 'leaf';
  readonly index: NodeIndex;
  readonly leafIndex: LeafIndex;
  readonly leaf: LeafNode | undefined;
  /** Leaves in use at or below this slot. */
  readonly occupied: number;
  /** Leaves, used or not, at or below this slot. */
  readonly width: number;
  hash: Uint8Array | undefined;
  summary: MemberSummary | undefined;
  marks: ReadonlySet<number> | undefined;
}

export interface ParentSlot {
  readonly kind: 'parent';
  readonly index: NodeIndex;
  readonly node: ParentNode | undefined;
  readonly left: Slot;
  readonly right: Slot;
  readonly occupied: number;
  readonly width: number;
  hash: Uint8Array | undefined;
  summary: MemberSummary | undefined;
  marks: ReadonlySet<number> | undefined;
}

export type MapParent = (node: ParentNode | undefined, index: NodeIndex) => ParentNode | undefined;

/** A ratchet tree (RFC 9420 section 4.1) as an immutable value; every change costs its path only. */
export class RatchetTree {
  readonly root: Slot;

  constructor(root: Slot) {
    this.root = root;
  }

  static ofOneLeaf(leaf: LeafNode): RatchetTree {
    return new RatchetTree(leafSlot(0, leaf));
  }

  /** Number of leaf positions, a power of two. */
  get width(): number {
    return this.root.width;
  }

  /** Number of leaves in use. */
  get memberCount(): number {
    return this.root.occupied;
  }

  leaf(index: number): LeafNode | undefined {
    if (!Number.isInteger(index) || index < 0 || index >= this.width) return undefined;
    const slot = this.slot(nodeOfLeaf(index));
    return slot.kind === 'leaf' ? slot.leaf : undefined;
  }

  /** The slot at a node index within the tree. */
  slot(index: number): Slot {
    let slot = this.root;
    while (slot.index !== index) {
      if (slot.kind === 'leaf') throw new RangeError('No such node');
      slot = index < slot.index ? slot.left : slot.right;
    }
    return slot;
  }

  parent(index: number): ParentNode | undefined {
    const slot = this.slot(index);
    return slot.kind === 'parent' ? slot.node : undefined;
  }

  /** Parent slots above a leaf, lowest first, each with its child off the path. */
  copath(leaf: number): { readonly parent: ParentSlot; readonly sibling: Slot }[] {
    const steps: { parent: ParentSlot; sibling: Slot }[] = [];
    let slot = this.root;
    while (slot.kind === 'parent') {
      const goesLeft = nodeOfLeaf(leaf) < slot.index;
      steps.push({ parent: slot, sibling: goesLeft ? slot.right : slot.left });
      slot = goesLeft ? slot.left : slot.right;
    }
    return steps.reverse();
  }

  /** The tree with a leaf replaced and every parent above it mapped. */
  withPath(leaf: number, replacement: LeafNode | undefined, mapParent: MapParent): RatchetTree {
    return new RatchetTree(replacePath(this.root, { leaf, replacement, mapParent }));
  }

  /**
   * The tree with some leaves replaced and every parent above one of them mapped, given the replaced
   * leaves below it in ascending order.
   */
  withLeaves(
    leaves: ReadonlyMap<number, LeafNode | undefined>,
    mapParent: (node: ParentNode | undefined, below: readonly number[]) => ParentNode | undefined,
  ): RatchetTree {
    const replace = (slot: Slot, below: readonly number[]): Slot => {
      if (below.length === 0) return slot;
      if (slot.kind === 'leaf') return leafSlot(slot.leafIndex, leaves.get(slot.leafIndex));
      const isLeft = (leaf: number): boolean => nodeOfLeaf(leaf) < slot.index;
      const left = replace(slot.left, below.filter(isLeft));
      const right = replace(
        slot.right,
        below.filter((leaf) => !isLeft(leaf)),
      );
      return parentSlot(slot.index, mapParent(slot.node, below), [left, right]);
    };
    const ascending = [...leaves.keys()].sort((a, b) => a - b);
    return new RatchetTree(replace(this.root, ascending));
  }

  /** Twice as wide, the new half and the new root blank (section 7.7). */
  extended(): RatchetTree {
    const width = this.width;
    const right = blankSubtree(rootOf(width) + 2 * width, width);
    return new RatchetTree(parentSlot(rootOf(width * 2), undefined, [this.root, right]));
  }

  /** Without trailing blank halves (section 7.7). */
  truncated(): RatchetTree {
    let root = this.root;
    while (root.kind === 'parent' && root.right.occupied === 0 && root.left.occupied > 0) {
      root = root.left;
    }
    return root === this.root ? this : new RatchetTree(root);
  }

  /** The first blank leaves, at most `count` of them. */
  leftmostBlankLeaves(count: number): LeafIndex[] {
    const blank: LeafIndex[] = [];
    const collect = (slot: Slot): void => {
      if (blank.length === count || slot.occupied === slot.width) return;
      if (slot.kind === 'leaf') {
        blank.push(slot.leafIndex);
        return;
      }
      collect(slot.left);
      collect(slot.right);
    };
    collect(this.root);
    return blank;
  }

  /** Leaves in use, in order. */
  members(): { readonly index: LeafIndex; readonly leaf: LeafNode }[] {
    const members: { index: LeafIndex; leaf: LeafNode }[] = [];
    this.forEachSlot((slot) => {
      if (slot.kind !== 'leaf' || slot.leaf === undefined) return;
      members.push({ index: slot.leafIndex, leaf: slot.leaf });
    });
    return members;
  }

  /** Visits all slots in order of node index; faster than iterating. */
  forEachSlot(visit: (slot: Slot) => void): void {
    visitSlots(this.root, visit);
  }

  /** All slots in order of node index. */
  slots(): Slot[] {
    const slots: Slot[] = [];
    this.forEachSlot((slot) => slots.push(slot));
    return slots;
  }
}

export function leafSlot(index: number, leaf: LeafNode | undefined): LeafSlot {
  return {
    kind: 'leaf',
    index: nodeOfLeaf(index),
    leafIndex: leafIndex(index),
    leaf,
    occupied: leaf === undefined ? 0 : 1,
    width: 1,
    hash: undefined,
    summary: undefined,
    marks: undefined,
  };
}

export function parentSlot(
  index: number,
  node: ParentNode | undefined,
  [left, right]: readonly [Slot, Slot],
): ParentSlot {
  return {
    kind: 'parent',
    index: nodeIndex(index),
    node,
    left,
    right,
    occupied: left.occupied + right.occupied,
    width: left.width + right.width,
    hash: undefined,
    summary: undefined,
    marks: undefined,
  };
}

export function blankSubtree(root: number, width: number): Slot {
  if (width === 1) return leafSlot(root / 2, undefined);
  const half = width / 2;
  return parentSlot(root, undefined, [
    blankSubtree(root - half, half),
    blankSubtree(root + half, half),
  ]);
}

interface PathChange {
  readonly leaf: number;
  readonly replacement: LeafNode | undefined;
  readonly mapParent: MapParent;
}

function replacePath(slot: Slot, change: PathChange): Slot {
  if (slot.kind === 'leaf') return leafSlot(change.leaf, change.replacement);
  const node = change.mapParent(slot.node, slot.index);
  return nodeOfLeaf(change.leaf) < slot.index
    ? parentSlot(slot.index, node, [replacePath(slot.left, change), slot.right])
    : parentSlot(slot.index, node, [slot.left, replacePath(slot.right, change)]);
}

function visitSlots(slot: Slot, visit: (slot: Slot) => void): void {
  if (slot.kind === 'leaf') {
    visit(slot);
    return;
  }
  visitSlots(slot.left, visit);
  visit(slot);
  visitSlots(slot.right, visit);
}
