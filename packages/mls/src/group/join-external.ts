import { emptyBytes, erase } from '../codec/bytes.ts';
import { provisionalContextOf, treeForPath } from '../commit/next-tree.ts';
import type { KeyPair } from '../crypto-provider.ts';
import { type Environment, forSuite, type GroupEnvironment } from '../environment.ts';
import { UsageError } from '../errors.ts';
import { externalPubOf } from '../extensions/extension.ts';
import {
  type AuthenticatedContent,
  interimTranscriptHash,
} from '../framing/authenticated-content.ts';
import { wireFormat } from '../framing/content.ts';
import { encodeMessage } from '../framing/message.ts';
import { createLeaf, type KeyPackageRequest } from '../key-package/create-key-package.ts';
import { sendExternalInit } from '../key-schedule/external-init.ts';
import { type AppliedProposals, applyProposals } from '../proposals/apply.ts';
import type { Proposal, PskReference } from '../proposals/proposal.ts';
import type { Proposed } from '../proposals/proposed.ts';
import { signContent } from '../protection/sign-content.ts';
import type { RatchetTree } from '../tree/ratchet-tree.ts';
import { leafIndex } from '../tree/tree-math.ts';
import { createPath, encryptPath, type NewPath } from '../treekem/create-path.ts';
import { erasePathSecrets } from '../treekem/path-secrets.ts';
import { check } from '../validation/checks.ts';
import { checkNewKeysUnique } from '../validation/key-uniqueness.ts';
import { checkMembersFit } from '../validation/leaf-checks.ts';
import { checkProposalList } from '../validation/proposal-checks.ts';
import { freshState } from './create-group.ts';
import { nextEpoch } from './epochs.ts';
import { groupContextBytes } from './group-context.ts';
import type { GroupInfo } from './group-info.ts';
import type { OwnLeaf } from './group-state.ts';
import { checkedTree } from './join.ts';
import { PendingSend } from './pending-send.ts';
import { proposalOf } from './propose.ts';
import { pskSecretOf } from './psks.ts';
import { RetiredSecrets } from './retired-secrets.ts';

export interface ExternalJoinRequest extends Omit<KeyPackageRequest, 'extensions' | 'cipherSuite'> {
  readonly groupInfo: GroupInfo;
  /** The encoded tree, when the GroupInfo does not hold it. */
  readonly ratchetTree?: Uint8Array;
  /** A former leaf of ours that this one replaces (resync). */
  readonly replaces?: number;
  /** PSKs to prove that we may join. */
  readonly psks?: readonly PskReference[];
  readonly authenticatedData?: Uint8Array;
}

interface ExternalJoin {
  readonly env: GroupEnvironment;
  readonly request: ExternalJoinRequest;
  readonly tree: RatchetTree;
  readonly proposed: readonly Proposed[];
  readonly initSecret: Uint8Array;
}

/**
 * Joins without being invited, by an external commit (RFC 9420 section 12.4.3.2). The result's state
 * counts once the delivery service has accepted the commit; if another won, start again.
 * @throws UsageError `no-external-key` when the group does not offer this.
 */
export async function joinExternally(
  env: Environment,
  request: ExternalJoinRequest,
): Promise<PendingSend<Uint8Array>> {
  const { groupContext } = request.groupInfo;
  const groupEnv = forSuite(env, groupContext.cipherSuite);
  const tree = await checkedTree(groupEnv, request.groupInfo, request.ratchetTree);
  const externalPub = externalPubOf(request.groupInfo.extensions);
  if (externalPub === undefined) {
    throw new UsageError('no-external-key', 'The group info holds no external public key');
  }
  const init = await sendExternalInit(groupEnv.crypto, externalPub, env.random);
  const proposed = proposalsOf(groupEnv, request, init.kemOutput);
  const committer = { kind: 'new_member_commit' } as const;
  checkProposalList(groupEnv, { tree, context: groupContext, committer, proposed });
  const applied = applyProposals(tree, groupContext, proposed);
  const join = { env: groupEnv, request, tree, proposed, initSecret: init.secret };
  const path = await newPath(env, join, applied);
  checkNewKeysUnique(tree, path.tree);
  checkMembersFit(path.tree, applied.extensions);
  return commitOf(join, applied, path);
}

function proposalsOf(
  env: GroupEnvironment,
  request: ExternalJoinRequest,
  kemOutput: Uint8Array,
): Proposed[] {
  const proposals: Proposal[] = [{ kind: 'external_init', kemOutput }];
  if (request.replaces !== undefined) {
    proposals.push({ kind: 'remove', removed: request.replaces });
  }
  for (const psk of request.psks ?? []) proposals.push(proposalOf(env, { kind: 'psk', psk }));
  const sender = { kind: 'new_member_commit' } as const;
  return proposals.map((proposal) => ({ proposal, sender, byReference: false }));
}

async function newPath(
  env: Environment,
  { env: { crypto }, request }: ExternalJoin,
  applied: AppliedProposals,
): Promise<NewPath> {
  const { groupContext } = request.groupInfo;
  const cipherSuite = groupContext.cipherSuite;
  const placeholder = await createLeaf(crypto, env, { ...request, cipherSuite });
  erase(placeholder.leafKey.privateKey);
  const committer = { kind: 'new_member_commit' } as const;
  const { tree, index } = treeForPath(applied, committer, placeholder.leafNode);
  const { signatureKey, credential, capabilities, extensions } = placeholder.leafNode;
  const input = {
    tree,
    leafIndex: index,
    groupId: groupContext.groupId,
    leaf: { signatureKey, credential, capabilities, extensions },
    signaturePrivateKey: request.signatureKey.privateKey,
  };
  return createPath(crypto, input, env.random);
}

async function commitOf(
  join: ExternalJoin,
  applied: AppliedProposals,
  path: NewPath,
): Promise<PendingSend<Uint8Array>> {
  const { env, request, initSecret } = join;
  const { groupContext, confirmationTag } = request.groupInfo;
  check('tree-size', path.tree.width <= env.limits.maxLeaves);
  const provisionalContext = provisionalContextOf(env, groupContext, {
    ...applied,
    tree: path.tree,
  });
  const authenticated = await signCommit(join, path, provisionalContext);
  const pskSecret = await pskSecretOf(env, applied.psks, undefined);
  const interim = interimTranscriptHash(
    env.crypto,
    groupContext.confirmedTranscriptHash,
    confirmationTag,
  );
  const transition = nextEpoch(env.crypto, {
    initSecret,
    interimTranscriptHash: interim,
    provisionalContext,
    tree: path.tree,
    commitSecret: path.commitSecret,
    pskSecret,
    commit: authenticated,
    own: ownLeafOf(request.signatureKey, path),
    ticketBefore: undefined,
  });
  erase(transition.joinerSecret, path.commitSecret, pskSecret, initSecret);
  erasePathSecrets(path);
  const auth = { ...authenticated.auth, confirmationTag: transition.epoch.confirmationTag };
  const message = encodeMessage({
    kind: 'public',
    message: { authenticated: { ...authenticated, auth }, membershipTag: undefined },
  });
  return new PendingSend(freshState(transition.epoch), message, new RetiredSecrets([]));
}

async function signCommit(
  { env, request, proposed }: ExternalJoin,
  path: NewPath,
  provisionalContext: GroupInfo['groupContext'],
): Promise<AuthenticatedContent> {
  const { groupContext } = request.groupInfo;
  const to = { context: provisionalContext, except: new Set<number>(), random: env.random };
  const updatePath = await encryptPath(env.crypto, path, to);
  const proposals = proposed.map(({ proposal }) => ({ kind: 'proposal', proposal }) as const);
  return signContent(env.crypto, {
    wireFormat: wireFormat.publicMessage,
    content: {
      groupId: groupContext.groupId,
      epoch: groupContext.epoch,
      sender: { kind: 'new_member_commit' },
      authenticatedData: request.authenticatedData ?? emptyBytes,
      body: { kind: 'commit', commit: { proposals, path: updatePath } },
    },
    contextBytes: groupContextBytes(groupContext),
    signaturePrivateKey: request.signatureKey.privateKey,
  });
}

function ownLeafOf(signatureKey: KeyPair, path: NewPath): OwnLeaf {
  return {
    leafIndex: leafIndex(path.leafIndex),
    signaturePrivateKey: signatureKey.privateKey.slice(),
    leafKey: path.leafKey,
    pathKeys: new Map(path.steps.map(({ index, keyPair }) => [index, keyPair])),
  };
}
