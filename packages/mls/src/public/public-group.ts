import { equalBytes, keyOf } from '../codec/bytes.ts';
import { checkCommit } from '../commit/next-tree.ts';
import type { SuiteCrypto } from '../crypto-provider.ts';
import { UsageError } from '../errors.ts';
import { extensionType, findExtension } from '../extensions/extension.ts';
import {
  confirmedTranscriptHash,
  interimTranscriptHash,
  proposalRefOf,
} from '../framing/authenticated-content.ts';
import type { ReceivedMessage } from '../framing/message.ts';
import { type GroupContext, groupContextBytes } from '../group/group-context.ts';
import { type GroupInfo, verifyGroupInfoSignature } from '../group/group-info.ts';
import type { AppliedProposals } from '../proposals/apply.ts';
import type { Proposal } from '../proposals/proposal.ts';
import type { Proposed } from '../proposals/proposed.ts';
import { resolveProposals } from '../proposals/resolve-proposals.ts';
import { protocolVersion } from '../protocol-version.ts';
import type { LeafNode } from '../tree/leaf-node.ts';
import type { RatchetTree } from '../tree/ratchet-tree.ts';
import { decodeRatchetTree, encodeRatchetTree } from '../tree/tree-codec.ts';
import type { LeafIndex } from '../tree/tree-math.ts';
import { check, failureOf } from '../validation/checks.ts';
import { extensionsAreUnique } from '../validation/leaf-checks.ts';
import { type VerifiedContent, verifyContent } from '../validation/message-checks.ts';
import { checkProposal } from '../validation/proposal-checks.ts';
import { checkTree } from '../validation/tree-checks.ts';
import { checksFor, type PublicEnvironment } from './public-environment.ts';

/**
 * A group as seen without its secrets: context and tree, kept up to date by the commits that pass.
 * A value, like the members' state. What it cannot check: membership tags, confirmation tags, path
 * secrets, PSKs.
 */
export interface PublicGroup {
  readonly context: GroupContext;
  readonly contextBytes: Uint8Array;
  readonly tree: RatchetTree;
  readonly interimTranscriptHash: Uint8Array;
  readonly proposals: ReadonlyMap<string, Proposed>;
}

export interface PublicCommitEffects extends Omit<AppliedProposals, 'tree'> {
  readonly committer: LeafIndex;
  readonly isExternal: boolean;
  readonly epoch: bigint;
  readonly authenticatedData: Uint8Array;
  readonly hasPath: boolean;
}

const verified = Symbol('verified');

/** A commit that passed every public check; not yet the group's present. */
export interface PublicCommit {
  readonly [verified]: true;
  readonly effects: PublicCommitEffects;
  readonly next: PublicGroup;
  /** The group context in which it was checked. */
  readonly baseContext: Uint8Array;
}

/**
 * Begins to follow a group at the epoch of a GroupInfo, after all checks a joiner would make that
 * need no secret.
 * @param separateTree the encoded tree, when the GroupInfo does not hold it.
 */
export async function followGroup(
  env: PublicEnvironment,
  groupInfo: GroupInfo,
  separateTree?: Uint8Array,
): Promise<PublicGroup> {
  const { groupContext: context, extensions, confirmationTag, signer } = groupInfo;
  const checks = checksFor(env, context.cipherSuite);
  check('group-info-version', context.version === protocolVersion);
  check('group-extensions-unique', extensionsAreUnique(context.extensions, checks.limits));
  const bytes = findExtension(extensions, extensionType.ratchetTree) ?? separateTree?.slice();
  if (bytes === undefined) {
    throw new UsageError('ratchet-tree-missing', 'The tree is neither in the message nor given');
  }
  const tree = decodeRatchetTree(bytes, { maxLeaves: checks.limits.maxLeaves });
  const leaf = tree.leaf(signer);
  check('group-info-signer', leaf !== undefined);
  const isSigned = await verifyGroupInfoSignature(checks.crypto, groupInfo, leaf.signatureKey);
  check('group-info-signature', isSigned);
  await checkTree(checks, tree, context);
  return groupAt(checks.crypto, { context, tree, confirmationTag });
}

/** Takes in a proposal sent as a PublicMessage, so that a commit may refer to it. */
export async function receivePublicProposal(
  env: PublicEnvironment,
  group: PublicGroup,
  received: ReceivedMessage,
): Promise<{ readonly group: PublicGroup; readonly proposal: Proposal }> {
  const checks = checksFor(env, group.context.cipherSuite);
  const content = await verifiedContent(checks.crypto, group, received);
  const { body, sender } = content.content;
  if (body.kind !== 'proposal') throw failureOf('message-sender-type');
  const proposed = { proposal: body.proposal, sender, byReference: true };
  await checkProposal(checks, group, proposed);
  const reference = proposalRefOf(checks.crypto, content);
  const proposals = new Map(group.proposals).set(keyOf(reference), proposed);
  check('proposal-pending-count', proposals.size <= checks.limits.maxPendingProposals);
  return { group: { ...group, proposals }, proposal: body.proposal };
}

/** Checks a commit sent as a PublicMessage: everything that needs no secret. */
export async function verifyPublicCommit(
  env: PublicEnvironment,
  group: PublicGroup,
  received: ReceivedMessage,
): Promise<PublicCommit> {
  const checks = checksFor(env, group.context.cipherSuite);
  const content = await verifiedContent(checks.crypto, group, received);
  const { body, sender, authenticatedData } = content.content;
  const { confirmationTag } = content.auth;
  if (body.kind !== 'commit' || confirmationTag === undefined) {
    throw failureOf('message-sender-type');
  }
  if (sender.kind !== 'member' && sender.kind !== 'new_member_commit') {
    throw failureOf('message-sender-type');
  }
  const proposed = resolveProposals(group.proposals, body.commit, sender);
  const { path } = body.commit;
  const input = { tree: group.tree, context: group.context, committer: sender, proposed, path };
  const checked = await checkCommit(checks, input);
  const { tree: _, ...changes } = checked.applied;
  const confirmed = confirmedTranscriptHash(checks.crypto, group.interimTranscriptHash, content);
  const context = { ...checked.provisionalContext, confirmedTranscriptHash: confirmed };
  return {
    [verified]: true,
    effects: {
      ...changes,
      committer: checked.committerIndex,
      isExternal: sender.kind === 'new_member_commit',
      epoch: context.epoch,
      authenticatedData,
      hasPath: path !== undefined,
    },
    next: groupAt(checks.crypto, { context, tree: checked.tree, confirmationTag }),
    baseContext: group.contextBytes,
  };
}

/**
 * The group after a commit that the delivery service decided to accept.
 * @throws UsageError `commit-of-another-epoch`.
 */
export function applyPublicCommit(group: PublicGroup, commit: PublicCommit): PublicGroup {
  if (!equalBytes(commit.baseContext, group.contextBytes)) {
    throw new UsageError('commit-of-another-epoch', 'The commit was checked for another epoch');
  }
  return commit.next;
}

export function publicMembersOf(
  group: PublicGroup,
): { readonly index: LeafIndex; readonly leaf: LeafNode }[] {
  return [...group.tree.members()];
}

/** The encoded tree, to be handed to joiners. */
export function publicTreeOf(group: PublicGroup): Uint8Array {
  return encodeRatchetTree(group.tree);
}

interface Present {
  readonly context: GroupContext;
  readonly tree: RatchetTree;
  readonly confirmationTag: Uint8Array;
}

function groupAt(crypto: SuiteCrypto, { context, tree, confirmationTag }: Present): PublicGroup {
  return {
    context,
    contextBytes: groupContextBytes(context),
    tree,
    interimTranscriptHash: interimTranscriptHash(
      crypto,
      context.confirmedTranscriptHash,
      confirmationTag,
    ),
    proposals: new Map(),
  };
}

async function verifiedContent(
  crypto: SuiteCrypto,
  group: PublicGroup,
  received: ReceivedMessage,
): Promise<VerifiedContent> {
  if (received.kind !== 'public') {
    throw new UsageError('not-a-public-message', 'Only PublicMessages can be checked here');
  }
  return verifyContent(crypto, group, received.message.authenticated);
}
