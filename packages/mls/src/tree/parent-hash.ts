import { emptyBytes, equalBytes } from '../codec/bytes.ts';
import type { SuiteCrypto } from '../crypto-provider.ts';
import type { ParentSlot, RatchetTree, Slot } from './ratchet-tree.ts';
import { leafBelow, type ResolvedNode, resolve } from './resolution.ts';
import { hashForChild, subtreeHash, subtreeHashWithout } from './tree-hash.ts';
import { coversLeaf, levelOf } from './tree-math.ts';

/**
 * Whether every parent node in use is parent-hash valid (RFC 9420 section 7.9.2): exactly one node of
 * a child's resolution, apart from leaves added since, carries the hash of the parent.
 */
export function parentHashesHold(crypto: SuiteCrypto, tree: RatchetTree): boolean {
  for (const slot of tree.slots()) {
    if (slot.kind === 'parent' && slot.node !== undefined && !isBound(crypto, slot)) return false;
  }
  return true;
}

function isBound(crypto: SuiteCrypto, slot: ParentSlot): boolean {
  return isBoundTo(crypto, slot, slot.left) || isBoundTo(crypto, slot, slot.right);
}

function isBoundTo(crypto: SuiteCrypto, slot: ParentSlot, child: Slot): boolean {
  const node = slot.node;
  const sibling = child === slot.left ? slot.right : slot.left;
  if (node === undefined) return false;
  const unmerged = new Set(node.unmergedLeaves);
  const candidates = resolve(child).filter(({ index }) => !unmerged.has(index / 2));
  const [descendant] = candidates;
  if (candidates.length !== 1 || descendant === undefined) return false;
  if (!unmergedAreResolved(child, descendant, node.unmergedLeaves)) return false;
  const carried = carriedParentHash(child, descendant);
  if (carried === undefined) return false;
  const original = subtreeHashWithout(crypto, sibling, node.unmergedLeaves);
  return equalBytes(carried, hashForChild(crypto, node, original));
}

/** Section 7.9.2: the resolution without the descendant is the parent's unmerged leaves below. */
function unmergedAreResolved(
  child: Slot,
  descendant: ResolvedNode,
  unmergedLeaves: readonly number[],
): boolean {
  const below = unmergedLeaves.filter((leaf) => coversLeaf(child.index, leaf));
  const resolved = resolve(child).filter(({ index }) => index !== descendant.index);
  return below.length === resolved.length;
}

function carriedParentHash(child: Slot, descendant: ResolvedNode): Uint8Array | undefined {
  let slot = child;
  if (levelOf(descendant.index) === 0) {
    slot = leafBelow(child, descendant.index / 2);
    return slot.kind === 'leaf' ? slot.leaf?.parentHash : undefined;
  }
  while (slot.index !== descendant.index && slot.kind === 'parent') {
    slot = descendant.index < slot.index ? slot.left : slot.right;
  }
  return slot.kind === 'parent' ? slot.node?.parentHash : undefined;
}

export interface PathKey {
  /** Node of the filtered direct path, lowest first. */
  readonly index: number;
  readonly encryptionKey: Uint8Array;
}

/**
 * Sets the public keys of an update path and binds them by parent hashes from the root down
 * (section 7.9). Other parents above the leaf become blank.
 * @returns the tree, with the old leaf in place, and the parent hash that the new leaf must carry.
 */
export function withPathKeys(
  crypto: SuiteCrypto,
  tree: RatchetTree,
  { leaf, keys }: { readonly leaf: number; readonly keys: readonly PathKey[] },
): { readonly tree: RatchetTree; readonly leafParentHash: Uint8Array } {
  const keyAt = new Map(keys.map(({ index, encryptionKey }) => [index, encryptionKey]));
  const hashAt = new Map<number, Uint8Array>();
  let parentHash = emptyBytes;
  for (const { parent, sibling } of tree.copath(leaf).reverse()) {
    const encryptionKey = keyAt.get(parent.index);
    if (encryptionKey === undefined) continue;
    hashAt.set(parent.index, parentHash);
    parentHash = hashForChild(crypto, { encryptionKey, parentHash }, subtreeHash(crypto, sibling));
  }
  const changed = tree.withPath(leaf, tree.leaf(leaf), (_, index) => {
    const encryptionKey = keyAt.get(index);
    const ownParentHash = hashAt.get(index);
    if (encryptionKey === undefined || ownParentHash === undefined) return undefined;
    return { encryptionKey, parentHash: ownParentHash, unmergedLeaves: [] };
  });
  return { tree: changed, leafParentHash: parentHash };
}
