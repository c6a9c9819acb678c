import type { KeyPair } from '../crypto-provider.ts';
import type { AuthenticatedContent } from '../framing/authenticated-content.ts';
import type { EpochSecrets } from '../key-schedule/key-schedule.ts';
import type { ReInit } from '../proposals/proposal.ts';
import type { Proposed } from '../proposals/proposed.ts';
import type { SecretTree } from '../secret-tree/secret-tree.ts';
import type { RatchetTree } from '../tree/ratchet-tree.ts';
import type { LeafIndex } from '../tree/tree-math.ts';
import type { PathKeys } from '../treekem/path-secrets.ts';
import type { GroupContext } from './group-context.ts';
import type { SendTicket } from './send-ticket.ts';

/** Secrets an epoch keeps: those needed once, to make the others, are gone. */
export type HeldSecrets = Omit<EpochSecrets, 'encryption' | 'confirmation'>;

/** The current epoch as one member sees it. */
export interface Epoch {
  readonly context: GroupContext;
  readonly contextBytes: Uint8Array;
  readonly tree: RatchetTree;
  readonly interimTranscriptHash: Uint8Array;
  readonly confirmationTag: Uint8Array;
  readonly secrets: HeldSecrets;
  readonly secretTree: SecretTree;
  readonly own: OwnLeaf;
  readonly ticket: SendTicket;
}

export interface OwnLeaf {
  readonly leafIndex: LeafIndex;
  readonly signaturePrivateKey: Uint8Array;
  readonly leafKey: KeyPair;
  readonly pathKeys: PathKeys;
}

/** What is kept of an earlier epoch to read messages that arrive late. */
export interface PastEpoch {
  readonly context: GroupContext;
  readonly contextBytes: Uint8Array;
  /** For leaves only: parents are not kept when stored. */
  readonly tree: RatchetTree;
  readonly ownIndex: LeafIndex;
  readonly senderData: Uint8Array;
  readonly resumption: Uint8Array;
  readonly secretTree: SecretTree;
}

/** A proposal received or sent in this epoch, waiting for a commit. */
export interface PendingProposal extends Proposed {
  readonly reference: Uint8Array;
  readonly authenticated: AuthenticatedContent;
}

/** Keys of an update we proposed, for when somebody commits it. */
export interface OwnUpdate {
  readonly leafKey: KeyPair;
  readonly signaturePrivateKey: Uint8Array;
}

/** A commit of ours that waits for the delivery service's verdict. */
export interface PendingCommit {
  readonly next: Epoch;
  readonly reinit: ReInit | undefined;
  /** Proposals by value, to be made again if another commit wins. */
  readonly intent: readonly Proposed[];
  /** The commit as it was sent, by which its own copy is known when it comes back. */
  readonly message: Uint8Array;
}

export type GroupStatus =
  | { readonly kind: 'active' }
  /** A reinit was committed: nothing more can be sent, the new group is to be made (§11.2). */
  | { readonly kind: 'reinitialized'; readonly reinit: ReInit }
  /** We were removed; secrets of the last epoch we were in are kept for late messages only. */
  | { readonly kind: 'removed' };

/**
 * One member's view of a group. A value: operations return a new one. Its secrets are in memory in
 * the clear; whoever holds it is the member.
 */
export interface GroupState {
  readonly status: GroupStatus;
  readonly epoch: Epoch;
  /** Newest first. */
  readonly past: readonly PastEpoch[];
  readonly proposals: ReadonlyMap<string, PendingProposal>;
  readonly ownUpdates: readonly OwnUpdate[];
  readonly pendingCommit: PendingCommit | undefined;
}
