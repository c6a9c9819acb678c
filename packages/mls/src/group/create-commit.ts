import { emptyBytes, erase } from '../codec/bytes.ts';
import { provisionalContextOf } from '../commit/next-tree.ts';
import { type Environment, forSuite, type GroupEnvironment } from '../environment.ts';
import { UsageError } from '../errors.ts';
import type { AuthenticatedContent } from '../framing/authenticated-content.ts';
import type { AppliedProposals } from '../proposals/apply.ts';
import { needsPath } from '../proposals/proposed.ts';
import type { RatchetTree } from '../tree/ratchet-tree.ts';
import { nodeOfLeaf } from '../tree/tree-math.ts';
import type { UpdatePath } from '../tree/update-path.ts';
import { createPath, encryptPath, type NewPath } from '../treekem/create-path.ts';
import { currentKeys } from '../treekem/open-path.ts';
import { erasePathSecrets } from '../treekem/path-secrets.ts';
import { check } from '../validation/checks.ts';
import { checkNewKeysUnique } from '../validation/key-uniqueness.ts';
import { checkMembersFit } from '../validation/leaf-checks.ts';
import { type CheckedList, checkedList } from './commit-list.ts';
import { createWelcome } from './create-welcome.ts';
import { nextEpoch, type Transition } from './epochs.ts';
import type { GroupContext } from './group-context.ts';
import type { GroupInfoRequest } from './group-info-export.ts';
import type { GroupState, OwnLeaf } from './group-state.ts';
import { PendingSend } from './pending-send.ts';
import { changedLeaf, type LeafChange, type ProposalRequest } from './propose.ts';
import { pskSecretOf } from './psks.ts';
import { RetiredSecrets } from './retired-secrets.ts';
import type { SkippedProposal } from './select-proposals.ts';
import { type HandshakeFormat, protect, requireActive, signOwn } from './signing.ts';
import type { Welcome } from './welcome-message.ts';

export interface CommitRequest {
  /** Proposals by value. */
  readonly proposals?: readonly ProposalRequest[];
  /** Whether to commit waiting proposals too, as far as they fit together; default true. */
  readonly commitPending?: boolean;
  /** A path even where the RFC asks for none; without it additions alone have none. */
  readonly forcePath?: boolean;
  /** Changes of our leaf; they need a path and cause one. */
  readonly leaf?: LeafChange;
  readonly format?: HandshakeFormat;
  readonly authenticatedData?: Uint8Array;
  /** What the GroupInfo in the welcome holds. */
  readonly groupInfo?: GroupInfoRequest;
}

export interface CommitOutput {
  /** The commit as an MLSMessage, for the delivery service to order. */
  readonly message: Uint8Array;
  /** For the added members, once the commit is accepted; `splitWelcome` gives each its own. */
  readonly welcome: Welcome | undefined;
  /** Waiting proposals that could not be committed with the others, each with the reason. */
  readonly skipped: readonly SkippedProposal[];
}

/**
 * Commits proposals (RFC 9420 section 12.4.1). The result's state waits with a pending commit:
 * `acceptPendingCommit` when the delivery service took it; merging another commit drops it.
 * @throws UsageError `group-not-active`, `commit-pending`, `state-superseded`.
 */
export async function createCommit(
  env: Environment,
  state: GroupState,
  request: CommitRequest = {},
): Promise<PendingSend<CommitOutput>> {
  requireActive(state);
  if (state.pendingCommit !== undefined) {
    throw new UsageError('commit-pending', 'A commit of ours is already waiting for its verdict');
  }
  const groupEnv = forSuite(env, state.epoch.context.cipherSuite);
  const list = await checkedList(groupEnv, state, request);
  const committed = await buildCommit({ env: groupEnv, state, request, list });
  const { transition, path, applied } = committed;
  const welcome = await createWelcome(groupEnv, {
    transition,
    path,
    added: applied.added,
    psks: applied.psks,
    pskSecret: committed.pskSecret,
    groupInfo: request.groupInfo ?? {},
  });
  erase(transition.joinerSecret, committed.pskSecret);
  if (path !== undefined) erasePathSecrets(path);
  const tagged = withTag(committed.authenticated, transition.epoch.confirmationTag);
  const sent = await protect(groupEnv, state.epoch, { authenticated: tagged });
  const pendingCommit = {
    next: transition.epoch,
    reinit: applied.reinit,
    intent: list.byValue,
    message: sent.message,
  };
  const next = { ...state, epoch: sent.epoch, pendingCommit };
  const output = { message: sent.message, welcome, skipped: list.skipped };
  return new PendingSend(next, output, new RetiredSecrets(sent.retired));
}

interface BuiltCommit {
  readonly authenticated: AuthenticatedContent;
  readonly transition: Transition;
  readonly path: NewPath | undefined;
  readonly pskSecret: Uint8Array;
  readonly applied: AppliedProposals;
}

interface CommitToBuild {
  readonly env: GroupEnvironment;
  readonly state: GroupState;
  readonly request: CommitRequest;
  readonly list: CheckedList;
}

async function buildCommit(commit: CommitToBuild): Promise<BuiltCommit> {
  const { env, state, request, list } = commit;
  const { applied, items, proposed } = list;
  const { epoch } = state;
  const withPath =
    needsPath(proposed, env.pathFreeProposals) ||
    (request.forcePath ?? false) ||
    request.leaf !== undefined;
  const path = withPath ? await newPath(commit) : undefined;
  const tree = path?.tree ?? applied.tree;
  checkResult(commit, tree);
  const provisionalContext = provisionalContextOf(env, epoch.context, { ...applied, tree });
  const updatePath = path && (await encryptTo(commit, path, provisionalContext));
  const authenticated = await signOwn(env, epoch, {
    body: { kind: 'commit', commit: { proposals: items, path: updatePath } },
    format: request.format ?? 'public',
    authenticatedData: request.authenticatedData ?? emptyBytes,
  });
  const pskSecret = await pskSecretOf(env, applied.psks, state);
  const transition = nextEpoch(env.crypto, {
    initSecret: epoch.secrets.init,
    interimTranscriptHash: epoch.interimTranscriptHash,
    provisionalContext,
    tree,
    commitSecret: path?.commitSecret ?? new Uint8Array(env.crypto.suite.hashLength),
    pskSecret,
    commit: authenticated,
    own: ownAfter(commit, tree, path),
    ticketBefore: epoch.ticket,
  });
  erase(path?.commitSecret);
  return { authenticated, transition, path, pskSecret, applied };
}

function newPath({ env, state, request, list: { applied } }: CommitToBuild): Promise<NewPath> {
  const { own, context } = state.epoch;
  const input = {
    tree: applied.tree,
    leafIndex: own.leafIndex,
    groupId: context.groupId,
    leaf: changedLeaf(state, request.leaf ?? {}),
    signaturePrivateKey: request.leaf?.signatureKey?.privateKey ?? own.signaturePrivateKey,
  };
  return createPath(env.crypto, input, env.random);
}

function checkResult({ env, state, list }: CommitToBuild, tree: RatchetTree): void {
  check('tree-size', tree.width <= env.limits.maxLeaves);
  checkNewKeysUnique(state.epoch.tree, tree);
  checkMembersFit(tree, list.applied.extensions);
}

function encryptTo(
  { env, list: { applied } }: CommitToBuild,
  path: NewPath,
  context: GroupContext,
): Promise<UpdatePath> {
  const except = new Set<number>(applied.added.map(({ index }) => nodeOfLeaf(index)));
  return encryptPath(env.crypto, path, { context, except, random: env.random });
}

function ownAfter(
  { state, request }: CommitToBuild,
  tree: RatchetTree,
  path: NewPath | undefined,
): OwnLeaf {
  const { own } = state.epoch;
  if (path === undefined) return { ...own, pathKeys: currentKeys(tree, own.pathKeys) };
  return {
    leafIndex: own.leafIndex,
    signaturePrivateKey: request.leaf?.signatureKey?.privateKey.slice() ?? own.signaturePrivateKey,
    leafKey: path.leafKey,
    pathKeys: new Map(path.steps.map(({ index, keyPair }) => [index, keyPair])),
  };
}

function withTag(
  authenticated: AuthenticatedContent,
  confirmationTag: Uint8Array,
): AuthenticatedContent {
  return { ...authenticated, auth: { ...authenticated.auth, confirmationTag } };
}
