import { equalBytes } from '../codec/bytes.ts';
import type { Extension } from '../extensions/extension.ts';
import type { GroupContext } from '../group/group-context.ts';
import type { KeyPackage } from '../key-package/key-package.ts';
import type { LeafNode } from '../tree/leaf-node.ts';
import type { RatchetTree } from '../tree/ratchet-tree.ts';
import { addLeaves, removeLeaf, updateLeaf } from '../tree/tree-changes.ts';
import type { LeafIndex } from '../tree/tree-math.ts';
import { leafIndex } from '../tree/tree-math.ts';
import { failureOf } from '../validation/checks.ts';
import type { PskId, ReInit } from './proposal.ts';
import { ofKind, type Proposed } from './proposed.ts';

export interface ChangedLeaf {
  readonly index: LeafIndex;
  readonly former: LeafNode;
  readonly leaf: LeafNode;
}

/** What proposals do to a group, before the committer's path. */
export interface AppliedProposals {
  readonly tree: RatchetTree;
  readonly extensions: readonly Extension[];
  readonly added: readonly { readonly index: LeafIndex; readonly keyPackage: KeyPackage }[];
  readonly updated: readonly ChangedLeaf[];
  readonly removed: readonly { readonly index: LeafIndex; readonly leaf: LeafNode }[];
  readonly psks: readonly PskId[];
  readonly reinit: ReInit | undefined;
  /** KEM output of an external init. */
  readonly externalInit: Uint8Array | undefined;
  readonly custom: readonly { readonly type: number; readonly data: Uint8Array }[];
}

/** Applies proposals that have passed their checks, in the order of RFC 9420 section 12.3. */
export function applyProposals(
  tree: RatchetTree,
  context: GroupContext,
  proposed: readonly Proposed[],
): AppliedProposals {
  const updates = applyUpdates(tree, proposed);
  const removals = applyRemovals(updates.tree, proposed);
  const additions = applyAdditions(removals.tree, proposed);
  const extensions = ofKind(proposed, 'group_context_extensions')[0]?.proposal.extensions;
  return {
    tree: additions.tree,
    extensions: extensions ?? context.extensions,
    added: additions.added,
    updated: updates.updated,
    removed: removals.removed,
    psks: ofKind(proposed, 'psk').map(({ proposal }) => proposal.id),
    reinit: ofKind(proposed, 'reinit')[0]?.proposal.reinit,
    externalInit: ofKind(proposed, 'external_init')[0]?.proposal.kemOutput,
    custom: ofKind(proposed, 'custom').map(({ proposal: { type, data } }) => ({ type, data })),
  };
}

function applyUpdates(tree: RatchetTree, proposed: readonly Proposed[]) {
  const updated: ChangedLeaf[] = [];
  let changed = tree;
  for (const { proposal, sender } of ofKind(proposed, 'update')) {
    if (sender.kind !== 'member') throw failureOf('update-sender');
    const former = tree.leaf(sender.leafIndex);
    if (former === undefined) throw failureOf('update-sender');
    changed = updateLeaf(changed, sender.leafIndex, proposal.leafNode);
    updated.push({ index: sender.leafIndex, former, leaf: proposal.leafNode });
  }
  return { tree: changed, updated };
}

function applyRemovals(tree: RatchetTree, proposed: readonly Proposed[]) {
  const removed: { index: LeafIndex; leaf: LeafNode }[] = [];
  let changed = tree;
  for (const { proposal } of ofKind(proposed, 'remove')) {
    const leaf = changed.leaf(proposal.removed);
    if (leaf === undefined) throw failureOf('remove-exists');
    changed = removeLeaf(changed, proposal.removed);
    removed.push({ index: leafIndex(proposal.removed), leaf });
  }
  return { tree: changed, removed };
}

function applyAdditions(tree: RatchetTree, proposed: readonly Proposed[]) {
  const keyPackages = ofKind(proposed, 'add').map(({ proposal }) => proposal.keyPackage);
  if (keyPackages.length === 0) return { tree, added: [] };
  const { tree: changed, indices } = addLeaves(
    tree,
    keyPackages.map(({ leafNode }) => leafNode),
  );
  const added = keyPackages.flatMap((keyPackage, position) => {
    const index = indices[position];
    return index === undefined ? [] : [{ index, keyPackage }];
  });
  return { tree: changed, added };
}

/** The member that has this signature key. */
export function findBySignatureKey(
  tree: RatchetTree,
  signatureKey: Uint8Array,
): LeafIndex | undefined {
  for (const { index, leaf } of tree.members()) {
    if (equalBytes(leaf.signatureKey, signatureKey)) return index;
  }
  return undefined;
}
