import { equalBytes } from '../codec/bytes.ts';
import type { GroupContext } from '../group/group-context.ts';
import { parentHashesHold } from '../tree/parent-hash.ts';
import type { ParentSlot, RatchetTree, Slot } from '../tree/ratchet-tree.ts';
import { treeHash } from '../tree/tree-hash.ts';
import { coversLeaf, nodeOfLeaf } from '../tree/tree-math.ts';
import { check } from './checks.ts';
import { checkKeysUnique } from './key-uniqueness.ts';
import {
  type CheckEnvironment,
  checkExternalSenders,
  checkLeaves,
  checkMembersFit,
  type LeafExpectation,
} from './leaf-checks.ts';

/** Everything a joiner must check of a tree (RFC 9420 sections 7.3 and 12.4.3.1). */
export async function checkTree(
  env: CheckEnvironment,
  tree: RatchetTree,
  context: GroupContext,
): Promise<void> {
  check('tree-size', tree.width <= env.limits.maxLeaves);
  checkUnmergedLeaves(tree);
  check('tree-hash', equalBytes(treeHash(env.crypto, tree), context.treeHash));
  for (const slot of tree.slots()) {
    if (slot.kind !== 'parent' || slot.node === undefined) continue;
    check('tree-encryption-key', env.crypto.isKemPublicKey(slot.node.encryptionKey));
  }
  check('tree-parent-hash', parentHashesHold(env.crypto, tree));
  checkKeysUnique(tree);
  checkMembersFit(tree, context.extensions);
  await checkExternalSenders(env, context.extensions);
  await checkLeaves({ ...env, nowSeconds: undefined }, leafExpectations(tree, context.groupId));
}

function leafExpectations(tree: RatchetTree, groupId: Uint8Array): LeafExpectation[] {
  return [...tree.members()].map(({ index, leaf }) => ({
    leaf,
    source: 'any',
    position: { groupId, leafIndex: index },
    reason: { kind: 'member' },
  }));
}

function checkUnmergedLeaves(tree: RatchetTree): void {
  for (const slot of tree.slots()) {
    if (slot.kind !== 'parent' || slot.node === undefined) continue;
    check('tree-unmerged-leaves', unmergedLeavesHold(slot, slot.node.unmergedLeaves));
  }
}

/** Ascending, in use, below the node, and unmerged at every node in between. */
function unmergedLeavesHold(slot: ParentSlot, unmerged: readonly number[]): boolean {
  return unmerged.every((leaf, position) => {
    const before = unmerged[position - 1];
    if (before !== undefined && before >= leaf) return false;
    return coversLeaf(slot.index, leaf) && isUnmergedBelow(slot, leaf);
  });
}

function isUnmergedBelow(top: ParentSlot, leaf: number): boolean {
  let slot: Slot = top;
  while (slot.kind === 'parent') {
    if (slot.node !== undefined && !slot.node.unmergedLeaves.includes(leaf)) return false;
    slot = nodeOfLeaf(leaf) < slot.index ? slot.left : slot.right;
  }
  return slot.leaf !== undefined;
}
