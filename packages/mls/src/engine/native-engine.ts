import type { Environment } from '../environment.ts';
import { UsageError } from '../errors.ts';
import { decodeMessage, encodeMessage } from '../framing/message.ts';
import { encryptApplication } from '../group/application.ts';
import { type CommitOutput, createCommit } from '../group/create-commit.ts';
import { createGroup } from '../group/create-group.ts';
import { exportGroupInfo } from '../group/group-info-export.ts';
import type { GroupState } from '../group/group-state.ts';
import { joinGroup } from '../group/join.ts';
import { joinExternally } from '../group/join-external.ts';
import {
  acceptPendingCommit,
  dropPendingCommit,
  type MergedCommit,
  mergeCommit,
} from '../group/merge.ts';
import type { PendingSend } from '../group/pending-send.ts';
import { rebase } from '../group/rebase.ts';
import { receive } from '../group/receive.ts';
import { exportSecret } from '../group/view.ts';
import { splitWelcome } from '../group/welcome-message.ts';
import { createKeyPackage } from '../key-package/create-key-package.ts';
import { restoreKeyPackage, serializeKeyPackage } from '../state/key-package-codec.ts';
import { restoreState, type StateSnapshot, snapshotState } from '../state/snapshot.ts';
import { sealState, unsealEpoch } from './engine-history.ts';
import { changesOf, commitViewOf, requestsOf, viewOf } from './engine-views.ts';
import type {
  DecryptedMessage,
  EngineCommit,
  EngineHandshake,
  EngineSend,
  EngineSnapshot,
  EngineStep,
  Invitation,
  MlsEngine,
  OpenDoor,
} from './mls-engine.ts';

/**
 * This package behind the port. Cheap to make: one for each moment, since the environment holds the
 * time.
 */
export function mlsEngine(env: Environment): MlsEngine<GroupState> {
  return {
    createKeyPackage: async (request) => {
      const created = await createKeyPackage(env, request);
      const { message, reference } = created;
      return { message, reference, stored: serializeKeyPackage(created) };
    },
    create: (request) => createGroup(env, request),
    join: (request) => join(env, request),
    joinExternally: (request) => enterByCommit(env, request),
    commit: async (state, changes) => {
      const groupInfo = { includeTree: false };
      const { authenticatedData } = changes;
      const request = {
        proposals: requestsOf(changes),
        groupInfo,
        ...(authenticatedData && { authenticatedData }),
      };
      return sendOf(await createCommit(env, state, request), commitOf);
    },
    acceptCommit: (state) => stepOf(acceptPendingCommit(env, state), state),
    dropCommit: (state) => stepOf(dropPendingCommit(state), state),
    process: (state, message) => processHandshake(env, state, message),
    encrypt: async (state, message) =>
      sendOf(await encryptApplication(env, state, message), (bytes) => bytes),
    decrypt: (state, message) => decrypt(env, state, message),
    export: (state, request) => exportSecret(env, state, request),
    groupInfo: (state) =>
      exportGroupInfo(env, state, { includeTree: false, allowExternalCommits: true }),
    view: viewOf,
    seal: (state, earlier) => sealState(env, state, earlier),
    unseal: (seal, rosters) => unsealEpoch(env, seal.secretPart, rosters),
    store: (state) => new NativeSnapshot(snapshotState(env, state)),
    restore: ({ head, tree }) => restoreState(env, { head, treeBytes: tree() }).state,
  };
}

class NativeSnapshot implements EngineSnapshot {
  readonly snapshot: StateSnapshot;

  constructor(snapshot: StateSnapshot) {
    this.snapshot = snapshot;
  }

  get head(): Uint8Array {
    return this.snapshot.head;
  }

  get treeId(): Uint8Array {
    return this.snapshot.tree.id;
  }

  tree = (): Uint8Array => this.snapshot.tree.bytes;
}

async function join(env: Environment, request: Invitation): Promise<GroupState> {
  const received = decodeMessage(request.welcome);
  if (received.kind !== 'welcome') throw unexpected('welcome');
  const { keyPackage, secrets } = restoreKeyPackage(env, request.keyPackage);
  const { ratchetTree } = request;
  const joined = await joinGroup(env, {
    welcome: received.welcome,
    keyPackage,
    secrets,
    claim: ({ reference, state }) =>
      request.claim({ reference, snapshot: new NativeSnapshot(snapshotState(env, state)) }),
    ...(ratchetTree && { ratchetTree }),
  });
  return joined.state;
}

async function enterByCommit(
  env: Environment,
  request: OpenDoor,
): Promise<EngineSend<GroupState, Uint8Array>> {
  const received = decodeMessage(request.groupInfo);
  if (received.kind !== 'group_info') throw unexpected('group info');
  const send = await joinExternally(env, { ...request, groupInfo: received.groupInfo });
  return sendOf(send, (bytes) => bytes);
}

async function processHandshake(
  env: Environment,
  state: GroupState,
  message: Uint8Array,
): Promise<EngineHandshake<GroupState>> {
  const received = await receive(env, state, decodeMessage(message));
  if (received.kind === 'proposal') return { kind: 'proposal', state: received.state };
  if (received.kind !== 'commit') throw unexpected('handshake');
  const { commit } = received;
  return {
    kind: 'commit',
    commit: commitViewOf(commit),
    merge: (present) => stepOf(mergeCommit(env, present, commit), present),
  };
}

async function decrypt(
  env: Environment,
  state: GroupState,
  message: Uint8Array,
): Promise<DecryptedMessage<GroupState>> {
  const received = await receive(env, state, decodeMessage(message));
  if (received.kind !== 'application') throw unexpected('application message');
  const { data, authenticatedData, epoch, sender, senderLeaf, retired } = received;
  const { credential, signatureKey } = senderLeaf;
  return {
    state: received.state,
    data,
    authenticatedData,
    epoch,
    sender,
    credential,
    signatureKey,
    erase: () => retired.erase(),
  };
}

function sendOf<T, Output>(
  send: PendingSend<T>,
  outputOf: (released: T) => Output,
): EngineSend<GroupState, Output> {
  return {
    state: send.state,
    release: (stored) => {
      if (!(stored instanceof NativeSnapshot)) {
        throw new UsageError('state-not-stored', 'The snapshot is not of this engine');
      }
      return outputOf(send.release(stored.snapshot.confirmStored()));
    },
  };
}

function stepOf(merged: MergedCommit, before: GroupState): EngineStep<GroupState> {
  return {
    state: merged.state,
    toRedo: changesOf(rebase(merged.superseded, before, merged.state)),
    erase: () => merged.retired.erase(),
  };
}

function commitOf({ message, welcome, skipped }: CommitOutput): EngineCommit {
  const parts = welcome === undefined ? [] : splitWelcome(welcome);
  const welcomes = parts.flatMap((part) =>
    part.secrets.map(({ newMember }) => ({
      keyPackageRef: newMember,
      welcome: encodeMessage({ kind: 'welcome', welcome: part }),
    })),
  );
  return {
    message,
    welcomes,
    skipped: skipped.map(({ reference, reason }) => ({ reference, reason })),
  };
}

function unexpected(wanted: string): UsageError {
  return new UsageError('unexpected-message', `This message is no ${wanted}`);
}
