import { keyOf } from '../codec/bytes.ts';
import { type Environment, forSuite, type GroupEnvironment } from '../environment.ts';
import { UsageError } from '../errors.ts';
import { type AuthenticatedContent, proposalRefOf } from '../framing/authenticated-content.ts';
import { contentType, type Sender } from '../framing/content.ts';
import type { ReceivedMessage } from '../framing/message.ts';
import type { PrivateMessage } from '../framing/private-message.ts';
import type { PublicMessage } from '../framing/public-message.ts';
import type { Proposal } from '../proposals/proposal.ts';
import { checkMembershipTag } from '../protection/membership-tag.ts';
import { openPrivate } from '../protection/private-content.ts';
import type { LeafNode } from '../tree/leaf-node.ts';
import type { LeafIndex } from '../tree/tree-math.ts';
import { check, failureOf } from '../validation/checks.ts';
import { type VerifiedContent, verifyContent } from '../validation/message-checks.ts';
import { checkProposal } from '../validation/proposal-checks.ts';
import type { Epoch, GroupState, PastEpoch, PendingProposal } from './group-state.ts';
import { RetiredSecrets } from './retired-secrets.ts';
import { requireActive } from './signing.ts';
import { type StagedCommit, stageCommit } from './stage-commit.ts';

/** Application data with who sent it. */
export interface ReceivedApplication {
  readonly kind: 'application';
  readonly state: GroupState;
  readonly data: Uint8Array;
  readonly authenticatedData: Uint8Array;
  readonly epoch: bigint;
  readonly generation: number;
  readonly sender: LeafIndex;
  /** The sender's leaf in the epoch of the message. */
  readonly senderLeaf: LeafNode;
  readonly retired: RetiredSecrets;
}

export interface ReceivedProposal {
  readonly kind: 'proposal';
  /** Holds the proposal until a commit. */
  readonly state: GroupState;
  readonly proposal: Proposal;
  readonly sender: Sender;
  readonly reference: Uint8Array;
  readonly authenticatedData: Uint8Array;
  readonly retired: RetiredSecrets;
}

export interface ReceivedCommit {
  readonly kind: 'commit';
  /** The present epoch; merge the commit into it, or into a later state of the same epoch. */
  readonly state: GroupState;
  readonly commit: StagedCommit;
  readonly retired: RetiredSecrets;
}

export type Received = ReceivedApplication | ReceivedProposal | ReceivedCommit;

/**
 * Decrypts and verifies a message of the group. The former state still stands if this fails.
 * @throws UsageError `not-a-group-message`; ValidationError and VerificationError by check name.
 */
export async function receive(
  env: Environment,
  state: GroupState,
  received: ReceivedMessage,
): Promise<Received> {
  const groupEnv = forSuite(env, state.epoch.context.cipherSuite);
  if (received.kind === 'private') return receivePrivate(groupEnv, state, received.message);
  if (received.kind === 'public') return receivePublic(groupEnv, state, received.message);
  throw new UsageError('not-a-group-message', `A ${received.kind} is not sent to a group`);
}

async function receivePublic(
  env: GroupEnvironment,
  state: GroupState,
  message: PublicMessage,
): Promise<Received> {
  requireActive(state);
  const { epoch } = state;
  const { sender } = message.authenticated.content;
  check('message-not-own', sender.kind !== 'member' || sender.leafIndex !== epoch.own.leafIndex);
  const verified = await verifyContent(env.crypto, epoch, message.authenticated);
  const key = { membership: epoch.secrets.membership, contextBytes: epoch.contextBytes };
  checkMembershipTag(env.crypto, message, key);
  return receiveHandshake(env, { state, verified, retired: new RetiredSecrets([]) });
}

async function receivePrivate(
  env: GroupEnvironment,
  state: GroupState,
  message: PrivateMessage,
): Promise<Received> {
  const isHandshake = message.contentType !== contentType.application;
  check('handshake-public', !isHandshake || env.privateHandshakes === 'allowed');
  const readable = epochOfMessage(state, message);
  const opened = await openPrivate(env.crypto, {
    message,
    secrets: { senderData: readable.senderData, secretTree: readable.secretTree },
    window: env.limits,
    isMember: (leaf) => leaf !== readable.ownIndex && readable.tree.leaf(leaf) !== undefined,
  });
  const verified = await verifyContent(env.crypto, readable, opened.authenticated);
  const retired = new RetiredSecrets(opened.retired);
  const moved = withSecretTree(state, message.epoch, opened.secretTree);
  const { body, sender, authenticatedData } = verified.content;
  if (body.kind !== 'application') {
    check('message-epoch', message.epoch === state.epoch.context.epoch);
    requireActive(state);
    return receiveHandshake(env, { state: moved, verified, retired });
  }
  const senderLeaf = sender.kind === 'member' ? readable.tree.leaf(sender.leafIndex) : undefined;
  if (sender.kind !== 'member' || !senderLeaf) throw failureOf('message-sender-exists');
  return {
    kind: 'application',
    state: moved,
    data: body.data,
    authenticatedData,
    epoch: message.epoch,
    generation: opened.generation,
    sender: sender.leafIndex,
    senderLeaf,
    retired,
  };
}

type ReadableEpoch = Omit<PastEpoch, 'resumption'>;

function epochOfMessage(state: GroupState, message: PrivateMessage): ReadableEpoch {
  const { epoch } = state;
  if (message.epoch === epoch.context.epoch) {
    return {
      ...epoch,
      ownIndex: epoch.own.leafIndex,
      senderData: epoch.secrets.senderData,
    };
  }
  const past = state.past.find(({ context }) => context.epoch === message.epoch);
  check('message-epoch', past !== undefined);
  return past;
}

function withSecretTree(
  state: GroupState,
  epoch: bigint,
  secretTree: Epoch['secretTree'],
): GroupState {
  if (epoch === state.epoch.context.epoch) {
    return { ...state, epoch: { ...state.epoch, secretTree } };
  }
  const past = state.past.map((one) => {
    return one.context.epoch === epoch ? { ...one, secretTree } : one;
  });
  return { ...state, past };
}

interface Handshake {
  readonly state: GroupState;
  readonly verified: VerifiedContent;
  readonly retired: RetiredSecrets;
}

async function receiveHandshake(
  env: GroupEnvironment,
  { state, verified, retired }: Handshake,
): Promise<Received> {
  const { body, sender, authenticatedData } = verified.content;
  if (body.kind === 'commit') {
    const commit = await stageCommit(env, state, verified);
    return { kind: 'commit', state, commit, retired };
  }
  if (body.kind === 'application') throw failureOf('public-no-application');
  await checkProposal(env, state.epoch, {
    proposal: body.proposal,
    sender,
    byReference: true,
  });
  const reference = proposalRefOf(env.crypto, verified);
  const pending = pendingOf(body.proposal, verified, reference);
  const proposals = new Map(state.proposals).set(keyOf(reference), pending);
  check('proposal-pending-count', proposals.size <= env.limits.maxPendingProposals);
  return {
    kind: 'proposal',
    state: { ...state, proposals },
    proposal: body.proposal,
    sender,
    reference,
    authenticatedData,
    retired,
  };
}

function pendingOf(
  proposal: Proposal,
  authenticated: AuthenticatedContent,
  reference: Uint8Array,
): PendingProposal {
  const { sender } = authenticated.content;
  return { proposal, sender, byReference: true, reference, authenticated };
}
