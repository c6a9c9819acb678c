import { emptyBytes, erase } from '../codec/bytes.ts';
import { type Environment, forSuite } from '../environment.ts';
import type { Extension } from '../extensions/extension.ts';
import { createLeaf, type KeyPackageRequest } from '../key-package/create-key-package.ts';
import { secretsOfEpoch } from '../key-schedule/key-schedule.ts';
import { protocolVersion } from '../protocol-version.ts';
import { RatchetTree } from '../tree/ratchet-tree.ts';
import { treeHash } from '../tree/tree-hash.ts';
import { leafIndex } from '../tree/tree-math.ts';
import { check } from '../validation/checks.ts';
import { checkLeaves, checkMembersFit, extensionsAreUnique } from '../validation/leaf-checks.ts';
import { epochOf } from './epochs.ts';
import type { GroupContext } from './group-context.ts';
import type { GroupState } from './group-state.ts';

export interface GroupRequest extends Omit<KeyPackageRequest, 'extensions'> {
  readonly groupId: Uint8Array;
  /** Of the group context. */
  readonly groupExtensions?: readonly Extension[];
}

/** A group of one at epoch 0 (RFC 9420 section 11). */
export async function createGroup(env: Environment, request: GroupRequest): Promise<GroupState> {
  const groupEnv = forSuite(env, request.cipherSuite);
  const { crypto, random } = groupEnv;
  const { leafNode, leafKey } = await createLeaf(crypto, env, request);
  const tree = RatchetTree.ofOneLeaf(leafNode);
  const extensions = request.groupExtensions ?? [];
  const groupId = request.groupId.slice();
  check('group-extensions-unique', extensionsAreUnique(extensions, groupEnv.limits));
  checkMembersFit(tree, extensions);
  const position = { groupId, leafIndex: 0 };
  await checkLeaves(groupEnv, [
    { leaf: leafNode, source: 'key_package', position, reason: { kind: 'added' } },
  ]);
  const context: GroupContext = {
    version: protocolVersion,
    cipherSuite: request.cipherSuite,
    groupId,
    epoch: 0n,
    treeHash: treeHash(crypto, tree),
    confirmedTranscriptHash: emptyBytes,
    extensions,
  };
  const epochSecret = random.bytes(crypto.suite.hashLength);
  const secrets = secretsOfEpoch(crypto, epochSecret);
  erase(epochSecret);
  const own = {
    leafIndex: leafIndex(0),
    signaturePrivateKey: request.signatureKey.privateKey.slice(),
    leafKey,
    pathKeys: new Map(),
  };
  return freshState(epochOf(crypto, { context, tree, secrets, own }));
}

/** A state that holds nothing but an epoch. */
export function freshState(epoch: GroupState['epoch']): GroupState {
  return {
    status: { kind: 'active' },
    epoch,
    past: [],
    proposals: new Map(),
    ownUpdates: [],
    pendingCommit: undefined,
  };
}
