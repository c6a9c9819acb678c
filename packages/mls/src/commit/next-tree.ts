import { equalBytes } from '../codec/bytes.ts';
import type { Extension } from '../extensions/extension.ts';
import type { GroupContext } from '../group/group-context.ts';
import { type AppliedProposals, applyProposals } from '../proposals/apply.ts';
import { type Committer, needsPath, type Proposed } from '../proposals/proposed.ts';
import type { LeafNode } from '../tree/leaf-node.ts';
import { withPathKeys } from '../tree/parent-hash.ts';
import type { RatchetTree } from '../tree/ratchet-tree.ts';
import { filteredDirectPath, resolve } from '../tree/resolution.ts';
import { addLeaf } from '../tree/tree-changes.ts';
import { treeHash } from '../tree/tree-hash.ts';
import type { LeafIndex } from '../tree/tree-math.ts';
import { leafIndex, nodeOfLeaf } from '../tree/tree-math.ts';
import type { UpdatePath } from '../tree/update-path.ts';
import { check } from '../validation/checks.ts';
import { checkNewKeysUnique } from '../validation/key-uniqueness.ts';
import { type CheckEnvironment, checkLeaves, checkMembersFit } from '../validation/leaf-checks.ts';
import { checkNewLeaves, checkProposalList } from '../validation/proposal-checks.ts';

/** The public half of a commit: what anybody who holds the tree can check and compute. */
export interface CommitToCheck {
  readonly tree: RatchetTree;
  readonly context: GroupContext;
  readonly committer: Committer;
  readonly proposed: readonly Proposed[];
  readonly path: UpdatePath | undefined;
}

/** The tree and context after a commit, whose every public check has passed. */
export interface CheckedCommit {
  readonly applied: AppliedProposals;
  readonly committerIndex: LeafIndex;
  /** The tree after proposals and path. */
  readonly tree: RatchetTree;
  /** The next GroupContext, still with the old confirmed transcript hash. */
  readonly provisionalContext: GroupContext;
}

/** All checks of RFC 9420 sections 12.2 and 12.4.2 that need no secret. */
export async function checkCommit(
  env: CheckEnvironment,
  commit: CommitToCheck,
): Promise<CheckedCommit> {
  checkProposalList(env, commit);
  const applied = applyProposals(commit.tree, commit.context, commit.proposed);
  const isExternal = commit.committer.kind === 'new_member_commit';
  const pathIsNeeded = isExternal || needsPath(commit.proposed, env.pathFreeProposals);
  check('commit-path-required', commit.path !== undefined || !pathIsNeeded);
  await checkNewLeaves(env, commit);
  const { tree, committerIndex } = await mergePath(env, commit, applied);
  check('tree-size', tree.width <= env.limits.maxLeaves);
  checkNewKeysUnique(commit.tree, tree);
  checkMembersFit(tree, applied.extensions);
  return {
    applied,
    committerIndex,
    tree,
    provisionalContext: provisionalContextOf(env, commit.context, { ...applied, tree }),
  };
}

export function provisionalContextOf(
  { crypto }: Pick<CheckEnvironment, 'crypto'>,
  context: GroupContext,
  next: { readonly tree: RatchetTree; readonly extensions: readonly Extension[] },
): GroupContext {
  return {
    ...context,
    epoch: context.epoch + 1n,
    treeHash: treeHash(crypto, next.tree),
    extensions: next.extensions,
  };
}

/** The tree with the committer's leaf in place, as the path is encrypted to it. */
export function treeForPath(
  applied: AppliedProposals,
  committer: Committer,
  leaf: LeafNode,
): { readonly tree: RatchetTree; readonly index: LeafIndex } {
  if (committer.kind === 'new_member_commit') return addLeaf(applied.tree, leaf);
  const index = leafIndex(committer.leafIndex);
  return { tree: applied.tree, index };
}

async function mergePath(
  env: CheckEnvironment,
  commit: CommitToCheck,
  applied: AppliedProposals,
): Promise<{ tree: RatchetTree; committerIndex: LeafIndex }> {
  const { path, committer } = commit;
  if (path === undefined) {
    const index = committer.kind === 'member' ? committer.leafIndex : 0;
    return { tree: applied.tree, committerIndex: leafIndex(index) };
  }
  const { tree, index } = treeForPath(applied, committer, path.leafNode);
  const merged = mergeUpdatePath(env, { tree, index, path, applied });
  await checkPathLeaf(env, commit, { applied, index, leaf: path.leafNode });
  return { tree: merged, committerIndex: index };
}

interface PathToMerge {
  readonly tree: RatchetTree;
  readonly index: LeafIndex;
  readonly path: UpdatePath;
  readonly applied: AppliedProposals;
}

/** Sets the keys of a path after checking its shape (section 7.5). */
export function mergeUpdatePath(
  env: Pick<CheckEnvironment, 'crypto'>,
  { tree, index, path, applied }: PathToMerge,
): RatchetTree {
  const steps = filteredDirectPath(tree, index);
  check('commit-path-length', steps.length === path.nodes.length);
  const added = new Set(applied.added.map((addition) => nodeOfLeaf(addition.index)));
  const keys = path.nodes.map((node, position) => {
    const step = steps[position];
    check('commit-path-length', step !== undefined);
    check('commit-path-keys', env.crypto.isKemPublicKey(node.encryptionKey));
    const receivers = resolve(step.copathChild).filter(({ index: to }) => !added.has(to));
    check('commit-path-ciphertexts', node.encryptedPathSecrets.length === receivers.length);
    return { index: step.parent.index, encryptionKey: node.encryptionKey };
  });
  const withKeys = withPathKeys(env.crypto, tree, { leaf: index, keys });
  const carried = path.leafNode.parentHash;
  check('leaf-source', carried !== undefined);
  check('commit-path-parent-hash', equalBytes(carried, withKeys.leafParentHash));
  return withKeys.tree.withPath(index, path.leafNode, (node) => node);
}

interface PathLeaf {
  readonly applied: AppliedProposals;
  readonly index: LeafIndex;
  readonly leaf: LeafNode;
}

async function checkPathLeaf(
  env: CheckEnvironment,
  commit: CommitToCheck,
  { applied, index, leaf }: PathLeaf,
): Promise<void> {
  const isMember = commit.committer.kind === 'member';
  const former = isMember ? commit.tree.leaf(index) : applied.removed[0]?.leaf;
  if (former !== undefined) {
    check('leaf-key-changed', !equalBytes(former.encryptionKey, leaf.encryptionKey));
  }
  await checkLeaves(env, [
    {
      leaf,
      source: 'commit',
      position: { groupId: commit.context.groupId, leafIndex: index },
      reason: former === undefined ? { kind: 'added' } : { kind: 'replaces', former },
    },
  ]);
}
