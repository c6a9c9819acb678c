import { equalBytes, equalSecrets, erase } from '../codec/bytes.ts';
import { type CheckedCommit, checkCommit, treeForPath } from '../commit/next-tree.ts';
import type { GroupEnvironment } from '../environment.ts';
import { receiveExternalInit } from '../key-schedule/external-init.ts';
import { externalKeyPair } from '../key-schedule/key-schedule.ts';
import type { AppliedProposals } from '../proposals/apply.ts';
import type { ReInit } from '../proposals/proposal.ts';
import type { Committer } from '../proposals/proposed.ts';
import { resolveProposals } from '../proposals/resolve-proposals.ts';
import { type LeafIndex, nodeOfLeaf } from '../tree/tree-math.ts';
import type { UpdatePath } from '../tree/update-path.ts';
import { currentKeys, type OwnKeys, openPath } from '../treekem/open-path.ts';
import type { PathKeys } from '../treekem/path-secrets.ts';
import { check, failureOf } from '../validation/checks.ts';
import type { VerifiedContent } from '../validation/message-checks.ts';
import { nextEpoch } from './epochs.ts';
import type { Epoch, GroupState, OwnLeaf } from './group-state.ts';
import { pskSecretOf } from './psks.ts';

/** What a commit does, for the application to judge before it merges. */
export interface CommitEffects extends Omit<AppliedProposals, 'tree'> {
  readonly committer: LeafIndex;
  /** Joined by this very commit. */
  readonly isExternal: boolean;
  readonly epoch: bigint;
  readonly authenticatedData: Uint8Array;
  /** Whether the commit refreshed the committer's path. */
  readonly hasPath: boolean;
  readonly removesUs: boolean;
}

const staged = Symbol('staged');

/** A commit that passed every check, not yet merged; only `stageCommit` makes it. */
export interface StagedCommit {
  readonly [staged]: true;
  readonly effects: CommitEffects;
  readonly reinit: ReInit | undefined;
  /** Undefined when the commit removes us. */
  readonly next: Epoch | undefined;
  readonly base: CommitBase;
}

/** The epoch in which a commit was staged, and by which member. */
interface CommitBase {
  readonly contextBytes: Uint8Array;
  readonly leafIndex: LeafIndex;
}

/** Whether a commit was staged in this epoch of this group, by this member. */
export function isStagedIn({ base }: StagedCommit, { contextBytes, own }: Epoch): boolean {
  return base.leafIndex === own.leafIndex && equalBytes(base.contextBytes, contextBytes);
}

/** Checks a commit and computes the epoch it leads to (RFC 9420 section 12.4.2). */
export async function stageCommit(
  env: GroupEnvironment,
  state: GroupState,
  verified: VerifiedContent,
): Promise<StagedCommit> {
  const { body, sender, authenticatedData } = verified.content;
  if (body.kind !== 'commit') throw failureOf('message-sender-type');
  if (sender.kind !== 'member' && sender.kind !== 'new_member_commit') {
    throw failureOf('message-sender-type');
  }
  const { tree, context, contextBytes, own } = state.epoch;
  const proposed = resolveProposals(state.proposals, body.commit, sender);
  const { path } = body.commit;
  const checked = await checkCommit(env, { tree, context, committer: sender, proposed, path });
  const { applied } = checked;
  const removesUs = applied.removed.some(({ index }) => index === own.leafIndex);
  const { tree: _, ...changes } = applied;
  const effects: CommitEffects = {
    ...changes,
    committer: checked.committerIndex,
    isExternal: sender.kind === 'new_member_commit',
    epoch: checked.provisionalContext.epoch,
    authenticatedData,
    hasPath: path !== undefined,
    removesUs,
  };
  const input = { verified, checked, committer: sender, path };
  const next = removesUs ? undefined : await epochAfter(env, state, input);
  const base = { contextBytes, leafIndex: own.leafIndex };
  return { [staged]: true, effects, reinit: applied.reinit, next, base };
}

interface CommitToEnter {
  readonly verified: VerifiedContent;
  readonly checked: CheckedCommit;
  readonly committer: Committer;
  readonly path: UpdatePath | undefined;
}

async function epochAfter(
  env: GroupEnvironment,
  state: GroupState,
  { verified, checked, committer, path }: CommitToEnter,
): Promise<Epoch> {
  const { crypto } = env;
  const { epoch } = state;
  const { applied, provisionalContext, tree } = checked;
  const entered = await enterPath(env, state, { checked, committer, path });
  const pskSecret = await pskSecretOf(env, applied.psks, state);
  const initSecret = await initSecretAfter(env, epoch, applied);
  const transition = nextEpoch(crypto, {
    initSecret,
    interimTranscriptHash: epoch.interimTranscriptHash,
    provisionalContext,
    tree,
    commitSecret: entered.commitSecret,
    pskSecret,
    commit: verified,
    own: entered.own,
    ticketBefore: epoch.ticket,
  });
  erase(transition.joinerSecret, entered.commitSecret, pskSecret);
  if (initSecret !== epoch.secrets.init) erase(initSecret);
  const given = verified.auth.confirmationTag;
  check(
    'commit-confirmation-tag',
    given !== undefined && equalSecrets(given, transition.epoch.confirmationTag),
  );
  return transition.epoch;
}

interface EnteredPath {
  readonly own: OwnLeaf;
  readonly commitSecret: Uint8Array;
}

async function enterPath(
  { crypto }: GroupEnvironment,
  state: GroupState,
  { checked, committer, path }: Omit<CommitToEnter, 'verified'>,
): Promise<EnteredPath> {
  const { applied, tree, committerIndex } = checked;
  const own = ownLeafAfter(state, applied);
  if (path === undefined) {
    const pathKeys = currentKeys(tree, own.pathKeys);
    const commitSecret = new Uint8Array(crypto.suite.hashLength);
    return { own: { ...own, pathKeys }, commitSecret };
  }
  const opened = await openPath(crypto, {
    tree: treeForPath(applied, committer, path.leafNode).tree,
    committerIndex,
    path,
    context: checked.provisionalContext,
    except: new Set(applied.added.map(({ index }) => nodeOfLeaf(index))),
    own: ownKeysOf(own),
  });
  const pathKeys: PathKeys = new Map([...currentKeys(tree, own.pathKeys), ...opened.keys]);
  return { own: { ...own, pathKeys }, commitSecret: opened.commitSecret };
}

/** Our leaf after the commit: with the keys of our own update, if it was committed. */
function ownLeafAfter(state: GroupState, applied: AppliedProposals): OwnLeaf {
  const { own } = state.epoch;
  const update = applied.updated.find(({ index }) => index === own.leafIndex);
  if (update === undefined) return own;
  const keys = state.ownUpdates.find(({ leafKey }) =>
    equalBytes(leafKey.publicKey, update.leaf.encryptionKey),
  );
  if (keys === undefined) throw failureOf('commit-proposal-known');
  return { ...own, leafKey: keys.leafKey, signaturePrivateKey: keys.signaturePrivateKey };
}

function ownKeysOf({ leafIndex, leafKey, pathKeys }: OwnLeaf): OwnKeys {
  return { leafIndex, leafKey, pathKeys };
}

async function initSecretAfter(
  { crypto }: GroupEnvironment,
  epoch: Epoch,
  { externalInit }: AppliedProposals,
): Promise<Uint8Array> {
  if (externalInit === undefined) return epoch.secrets.init;
  const keyPair = await externalKeyPair(crypto, epoch.secrets.external);
  const secret = await receiveExternalInit(crypto, keyPair, externalInit);
  erase(keyPair.privateKey);
  return secret;
}
