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

/** In one pass from the leaves up: what is unmerged above must be unmerged in each list below. */
function checkUnmergedLeaves(tree: RatchetTree): void {
  const lists = new Map<number, ReadonlySet<number>>();
  tree.forEachSlot((slot) => {
    if (slot.kind === 'parent' && slot.node !== undefined) {
      lists.set(slot.index, new Set(slot.node.unmergedLeaves));
    }
  });
  tree.forEachSlot((slot) => {
    if (slot.kind !== 'parent' || slot.node === undefined) return;
    const { unmergedLeaves } = slot.node;
    check('tree-unmerged-leaves', isAscendingBelow(slot, unmergedLeaves));
    const isUnmerged = (leaf: number): boolean => isUnmergedBelow(slot, leaf, lists);
    check('tree-unmerged-leaves', unmergedLeaves.every(isUnmerged));
  });
}

function isAscendingBelow(slot: ParentSlot, leaves: readonly number[]): boolean {
  return leaves.every((leaf, position) => {
    const before = leaves[position - 1];
    return (before === undefined || before < leaf) && coversLeaf(slot.index, leaf);
  });
}

/** In use, and unmerged at every node in between. */
function isUnmergedBelow(
  top: ParentSlot,
  leaf: number,
  lists: ReadonlyMap<number, ReadonlySet<number>>,
): boolean {
  let slot: Slot = top;
  while (slot.kind === 'parent') {
    if (slot.node !== undefined && !lists.get(slot.index)?.has(leaf)) return false;
    slot = nodeOfLeaf(leaf) < slot.index ? slot.left : slot.right;
  }
  return slot.leaf !== undefined;
}
