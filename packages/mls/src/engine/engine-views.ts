import { UsageError } from '../errors.ts';
import { decodeMessage, encodeMessage } from '../framing/message.ts';
import type { GroupState } from '../group/group-state.ts';
import type { ProposalRequest } from '../group/propose.ts';
import type { StagedCommit } from '../group/stage-commit.ts';
import { epochAuthenticatorOf, membersOf, ratchetTreeOf } from '../group/view.ts';
import type { CommitView, GroupChanges, GroupView } from './mls-engine.ts';

/** Changes as proposals by value. */
export function requestsOf(changes: GroupChanges): ProposalRequest[] {
  const requests: ProposalRequest[] = [];
  for (const message of changes.add ?? []) {
    const received = decodeMessage(message);
    if (received.kind !== 'key_package') {
      throw new UsageError('unexpected-message', 'Only key packages can be added');
    }
    requests.push({ kind: 'add', keyPackage: received.keyPackage });
  }
  for (const removed of changes.remove ?? []) requests.push({ kind: 'remove', removed });
  for (const psk of changes.psks ?? []) requests.push({ kind: 'psk', psk });
  const extensions = changes.groupExtensions;
  if (extensions) requests.push({ kind: 'group_context_extensions', extensions });
  return requests;
}

/** Proposals by value as changes; what the port cannot ask for is left out. */
export function changesOf(requests: readonly ProposalRequest[]): GroupChanges {
  const add = requests.flatMap((request) =>
    request.kind === 'add'
      ? [encodeMessage({ kind: 'key_package', keyPackage: request.keyPackage })]
      : [],
  );
  const remove = requests.flatMap((request) =>
    request.kind === 'remove' ? [request.removed] : [],
  );
  const psks = requests.flatMap((request) => (request.kind === 'psk' ? [request.psk] : []));
  const [groupExtensions] = requests.flatMap((request) =>
    request.kind === 'group_context_extensions' ? [request.extensions] : [],
  );
  return { add, remove, psks, ...(groupExtensions && { groupExtensions }) };
}

export function commitViewOf({ effects }: StagedCommit): CommitView {
  const { epoch, committer, isExternal, authenticatedData, removesUs, psks } = effects;
  return {
    epoch,
    committer,
    isExternal,
    authenticatedData,
    removesUs,
    psks,
    added: effects.added.map(({ index }) => index),
    removed: effects.removed.map(({ index }) => index),
    updated: effects.updated.map(({ index }) => index),
    groupExtensions: effects.extensions,
  };
}

export function viewOf(state: GroupState): GroupView {
  const { context, own } = state.epoch;
  return {
    status: state.status.kind,
    groupId: context.groupId,
    epoch: context.epoch,
    cipherSuite: context.cipherSuite,
    ownLeafIndex: own.leafIndex,
    members: membersOf(state).map(({ index, leaf }) => ({
      leafIndex: index,
      credential: leaf.credential,
      signatureKey: leaf.signatureKey,
      leafExtensions: leaf.extensions,
    })),
    groupExtensions: context.extensions,
    epochAuthenticator: epochAuthenticatorOf(state),
    ratchetTree: () => ratchetTreeOf(state),
    isCommitPending: state.pendingCommit !== undefined,
  };
}
