import { equalBytes } from '../codec/bytes.ts';
import { encode } from '../codec/writer.ts';
import type { GroupContext } from '../group/group-context.ts';
import { encodePskId, type Proposal } from '../proposals/proposal.ts';
import { type Committer, ofKind, type Proposed } from '../proposals/proposed.ts';
import type { RatchetTree } from '../tree/ratchet-tree.ts';
import { summaryOf } from '../tree/summarize-members.ts';
import { check } from './checks.ts';
import { KeySet } from './key-uniqueness.ts';
import {
  type CheckEnvironment,
  checkExternalSenders,
  checkKeyPackages,
  checkLeaves,
  extensionsAreUnique,
} from './leaf-checks.ts';

/** A list of proposals about to be committed, with the epoch they are for. */
export interface ProposalList {
  readonly tree: RatchetTree;
  readonly context: GroupContext;
  readonly committer: Committer;
  readonly proposed: readonly Proposed[];
}

/** The rules of RFC 9420 section 12.2 that need no cryptography. */
export function checkProposalList(env: CheckEnvironment, list: ProposalList): void {
  check('commit-proposal-count', list.proposed.length <= env.limits.maxProposalsPerCommit);
  for (const { proposal } of list.proposed) checkOne(env, list, proposal);
  checkSupported(list);
  checkAdds(list);
  checkLeafChanges(list);
  checkPsks(env, list.proposed);
  const once = (kind: Proposal['kind']): boolean => ofKind(list.proposed, kind).length <= 1;
  check('group-extensions-once', once('group_context_extensions'));
  const hasReinit = ofKind(list.proposed, 'reinit').length > 0;
  check('reinit-alone', !hasReinit || list.proposed.length === 1);
  if (list.committer.kind === 'new_member_commit') checkExternalCommit(list.proposed);
  else check('external-init-in-member-commit', ofKind(list.proposed, 'external_init').length === 0);
}

/** What may be said of a proposal by itself. */
export function checkOne(
  env: CheckEnvironment,
  epoch: { readonly tree: RatchetTree; readonly context: GroupContext },
  proposal: Proposal,
): void {
  switch (proposal.kind) {
    case 'remove':
      return check('remove-exists', epoch.tree.leaf(proposal.removed) !== undefined);
    case 'psk': {
      const { id } = proposal;
      check('psk-nonce-length', id.nonce.length === env.crypto.suite.hashLength);
      const isFirst = epoch.context.epoch === 0n;
      const usages = isFirst ? ['application', 'reinit', 'branch'] : ['application'];
      return check('psk-usage', id.kind === 'external' || usages.includes(id.usage));
    }
    case 'reinit':
      return check('reinit-version', proposal.reinit.version >= epoch.context.version);
    case 'group_context_extensions':
      return check('group-extensions-unique', extensionsAreUnique(proposal.extensions, env.limits));
    case 'add':
    case 'update':
    case 'external_init':
    case 'custom':
      return;
  }
}

/** What can be said of a proposal before it is committed, so that no bad one waits. */
export async function checkProposal(
  env: CheckEnvironment,
  { tree, context }: Pick<ProposalList, 'tree' | 'context'>,
  proposed: Proposed,
): Promise<void> {
  checkOne(env, { tree, context }, proposed.proposal);
  await checkNewLeaves(env, { tree, context, proposed: [proposed] });
}

/** Signatures, credentials and leaf rules of what is added and updated, each by itself. */
export async function checkNewLeaves(
  env: CheckEnvironment,
  { tree, context, proposed }: Pick<ProposalList, 'tree' | 'context' | 'proposed'>,
): Promise<void> {
  await checkLeaves(
    env,
    ofKind(proposed, 'update').map(({ proposal: { leafNode }, sender }) => {
      check('update-sender', sender.kind === 'member');
      const former = tree.leaf(sender.leafIndex);
      check('update-sender', former !== undefined);
      check('leaf-key-changed', !equalBytes(former.encryptionKey, leafNode.encryptionKey));
      return {
        leaf: leafNode,
        source: 'update',
        position: { groupId: context.groupId, leafIndex: sender.leafIndex },
        reason: { kind: 'replaces', former },
      };
    }),
  );
  const keyPackages = ofKind(proposed, 'add').map(({ proposal }) => proposal.keyPackage);
  await checkKeyPackages(env, keyPackages);
  for (const { proposal } of ofKind(proposed, 'group_context_extensions')) {
    await checkExternalSenders(env, proposal.extensions);
  }
}

/** Who is removed does not process the commit, and needs no support for what it holds. */
function checkSupported({ tree, proposed }: ProposalList): void {
  const custom = ofKind(proposed, 'custom');
  if (custom.length === 0) return;
  const removed = ofKind(proposed, 'remove').map(({ proposal }) => proposal.removed);
  const staying = tree.withLeaves(
    new Map(removed.map((leaf) => [leaf, undefined])),
    () => undefined,
  );
  const common = summaryOf(staying.root)?.proposals;
  for (const { proposal } of custom) {
    check('proposal-supported', common?.has(proposal.type) ?? false);
  }
}

function checkAdds({ tree, proposed }: ProposalList): void {
  const adds = ofKind(proposed, 'add');
  if (adds.length === 0) return;
  const removed = new Set(ofKind(proposed, 'remove').map(({ proposal }) => proposal.removed));
  const members = new KeySet();
  for (const { index, leaf } of tree.members()) {
    if (!removed.has(index)) members.add(leaf.signatureKey);
  }
  const added = new KeySet();
  for (const { proposal } of adds) {
    const { signatureKey } = proposal.keyPackage.leafNode;
    check('add-already-member', !members.has(signatureKey));
    check('add-duplicate', added.add(signatureKey));
  }
}

function checkLeafChanges({ committer, proposed }: ProposalList): void {
  const own = committer.kind === 'member' ? committer.leafIndex : undefined;
  const changed = new Set<number>();
  const change = (leaf: number): void => {
    check('leaf-changed-once', !changed.has(leaf));
    changed.add(leaf);
  };
  for (const { sender } of ofKind(proposed, 'update')) {
    check('update-sender', sender.kind === 'member');
    check('update-by-committer', sender.leafIndex !== own);
    change(sender.leafIndex);
  }
  for (const { proposal } of ofKind(proposed, 'remove')) {
    check('remove-committer', proposal.removed !== own);
    change(proposal.removed);
  }
}

function checkPsks(env: CheckEnvironment, proposed: readonly Proposed[]): void {
  const psks = ofKind(proposed, 'psk');
  check('psk-count', psks.length <= env.limits.maxPsks);
  const ids = new KeySet();
  for (const { proposal } of psks) {
    check('psk-duplicate', ids.add(encode(encodePskId, proposal.id)));
  }
}

function checkExternalCommit(proposed: readonly Proposed[]): void {
  check('external-commit-init', ofKind(proposed, 'external_init').length === 1);
  check('external-commit-remove', ofKind(proposed, 'remove').length <= 1);
  check(
    'external-commit-by-value',
    proposed.every(({ byReference }) => !byReference),
  );
  const allowed: readonly Proposal['kind'][] = ['external_init', 'remove', 'psk'];
  check(
    'external-commit-proposals',
    proposed.every(({ proposal }) => allowed.includes(proposal.kind)),
  );
}

/** Whether an external sender may make this proposal (section 12.1.8). */
export function mayComeFromOutside(proposal: Proposal): boolean {
  return proposal.kind !== 'update' && proposal.kind !== 'external_init';
}
