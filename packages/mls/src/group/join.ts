import { emptyBytes, equalBytes, equalSecrets, erase } from '../codec/bytes.ts';
import { decode } from '../codec/reader.ts';
import type { KeyPair, MaybePromise } from '../crypto-provider.ts';
import { type Environment, forSuite, type GroupEnvironment } from '../environment.ts';
import { UsageError } from '../errors.ts';
import { type Extension, extensionType, findExtension } from '../extensions/extension.ts';
import type { KeyPackageSecrets } from '../key-package/create-key-package.ts';
import { type KeyPackage, keyPackageRef } from '../key-package/key-package.ts';
import { deriveEpochSecrets, deriveWelcomeKey } from '../key-schedule/key-schedule.ts';
import { decryptWithLabel } from '../labels/encrypt.ts';
import type { PskId, ReInit } from '../proposals/proposal.ts';
import { protocolVersion } from '../protocol-version.ts';
import type { RatchetTree } from '../tree/ratchet-tree.ts';
import { decodeRatchetTree } from '../tree/tree-codec.ts';
import type { LeafIndex } from '../tree/tree-math.ts';
import { openJoinerPath } from '../treekem/open-path.ts';
import type { PathKeys } from '../treekem/path-secrets.ts';
import { check, failureOf } from '../validation/checks.ts';
import { extensionsAreUnique } from '../validation/leaf-checks.ts';
import { checkTree } from '../validation/tree-checks.ts';
import { freshState } from './create-group.ts';
import { epochOf } from './epochs.ts';
import { groupContextBytes } from './group-context.ts';
import { decodeGroupInfo, type GroupInfo, verifyGroupInfoSignature } from './group-info.ts';
import { decodeGroupSecrets, type GroupSecrets } from './group-secrets.ts';
import type { GroupState } from './group-state.ts';
import { pskSecretOf } from './psks.ts';
import type { Welcome } from './welcome-message.ts';

export interface JoinRequest {
  readonly welcome: Welcome;
  readonly keyPackage: KeyPackage;
  readonly secrets: KeyPackageSecrets;
  /**
   * Takes the key package, once everything has been checked: in one transaction removes it from where
   * it is stored and stores the new state. Answers false when it was not there any more. Two states
   * joined with one key package would encrypt with the same keys. For a key package that may be used
   * for several groups (last resort), it refuses the group that it was used for already.
   */
  readonly claim: (use: KeyPackageUse) => MaybePromise<boolean>;
  /** The encoded tree, when the welcome does not hold it. */
  readonly ratchetTree?: Uint8Array;
  /** The group that this one continues, if it was reinitialized. */
  readonly continues?: GroupState;
  /** Whether we are in a group of this id already. */
  readonly isGroupKnown?: (groupId: Uint8Array) => boolean;
}

export interface KeyPackageUse {
  /** KeyPackageRef. */
  readonly reference: Uint8Array;
  /** The state of the group, to be stored; not to be used before `joinGroup` has returned it. */
  readonly state: GroupState;
}

export interface JoinedGroup {
  readonly state: GroupState;
  /** Who signed the GroupInfo: the committer that let us in. */
  readonly inviter: LeafIndex;
  readonly groupInfoExtensions: readonly Extension[];
}

/**
 * Joins by welcome (RFC 9420 section 12.4.3.1). The key package is claimed last, so that a welcome
 * that does not hold uses up nothing; then its init key is erased.
 * @throws UsageError `key-package-used` when it was claimed before.
 */
export async function joinGroup(env: Environment, request: JoinRequest): Promise<JoinedGroup> {
  const { welcome, keyPackage } = request;
  check('welcome-suite', welcome.cipherSuite === keyPackage.cipherSuite);
  const groupEnv = forSuite(env, welcome.cipherSuite);
  if (isErased(request.secrets.initKey)) throw keyPackageUsed();
  const groupSecrets = await openGroupSecrets(groupEnv, request);
  check('psk-count', groupSecrets.psks.length <= groupEnv.limits.maxPsks);
  checkWelcomePsks(groupSecrets.psks, request.continues);
  const pskSecret = await pskSecretOf(groupEnv, groupSecrets.psks, request.continues);
  const schedule = { joinerSecret: groupSecrets.joinerSecret, pskSecret };
  const groupInfo = await openGroupInfo(groupEnv, welcome, schedule);
  const { groupContext, signer } = groupInfo;
  check('welcome-group-new', !(request.isGroupKnown?.(groupContext.groupId) ?? false));
  checkContinuation(groupInfo, groupSecrets.psks, request.continues);
  const tree = await checkedTree(groupEnv, groupInfo, request.ratchetTree);
  const leafIndex = findOwnLeaf(tree, keyPackage);
  const pathKeys = await pathKeysOf(groupEnv, tree, { groupSecrets, leafIndex, signer });
  const contextBytes = groupContextBytes(groupContext);
  const secrets = deriveEpochSecrets(groupEnv.crypto, schedule, contextBytes);
  const { signaturePrivateKey, leafKey, initKey } = request.secrets;
  const own = {
    leafIndex,
    signaturePrivateKey: signaturePrivateKey.slice(),
    leafKey: { publicKey: leafKey.publicKey, privateKey: leafKey.privateKey.slice() },
    pathKeys,
  };
  const epoch = epochOf(groupEnv.crypto, { context: groupContext, tree, secrets, own });
  check(
    'group-info-confirmation-tag',
    equalSecrets(epoch.confirmationTag, groupInfo.confirmationTag),
  );
  erase(groupSecrets.joinerSecret, groupSecrets.pathSecret, pskSecret);
  const state = freshState(epoch);
  const isOurs = await request.claim({
    reference: keyPackageRef(groupEnv.crypto, keyPackage),
    state,
  });
  if (!isOurs || isErased(initKey)) throw keyPackageUsed();
  erase(initKey.privateKey);
  return { state, inviter: signer, groupInfoExtensions: groupInfo.extensions };
}

function isErased({ privateKey }: KeyPair): boolean {
  return privateKey.every((byte) => byte === 0);
}

function keyPackageUsed(): UsageError {
  return new UsageError('key-package-used', 'A group was joined with this key package before');
}

async function openGroupSecrets(
  { crypto }: GroupEnvironment,
  { welcome, keyPackage, secrets }: JoinRequest,
): Promise<GroupSecrets> {
  const reference = keyPackageRef(crypto, keyPackage);
  const entry = welcome.secrets.find(({ newMember }) => equalBytes(newMember, reference));
  check('welcome-for-us', entry !== undefined);
  const plaintext = await decryptWithLabel(crypto, {
    ...entry.encryptedGroupSecrets,
    keyPair: secrets.initKey,
    label: 'Welcome',
    context: welcome.encryptedGroupInfo,
  });
  return decode(plaintext, decodeGroupSecrets);
}

async function openGroupInfo(
  { crypto }: GroupEnvironment,
  welcome: Welcome,
  schedule: { readonly joinerSecret: Uint8Array; readonly pskSecret: Uint8Array },
): Promise<GroupInfo> {
  const { key, nonce } = deriveWelcomeKey(crypto, schedule);
  const ciphertext = welcome.encryptedGroupInfo;
  const plaintext = await crypto.aeadOpen({ key, nonce, aad: emptyBytes, ciphertext });
  erase(key, nonce);
  return decode(plaintext, decodeGroupInfo);
}

/** A GroupInfo's tree, after all checks of the tree and the GroupInfo's signature. */
export async function checkedTree(
  env: GroupEnvironment,
  groupInfo: GroupInfo,
  separateTree: Uint8Array | undefined,
): Promise<RatchetTree> {
  const { groupContext, extensions } = groupInfo;
  check('group-info-version', groupContext.version === protocolVersion);
  check('group-info-suite', groupContext.cipherSuite === env.crypto.suite.id);
  check('group-extensions-unique', extensionsAreUnique(groupContext.extensions, env.limits));
  check('group-extensions-unique', extensionsAreUnique(extensions, env.limits));
  const bytes = findExtension(extensions, extensionType.ratchetTree) ?? separateTree?.slice();
  if (bytes === undefined) {
    throw new UsageError('ratchet-tree-missing', 'The tree is neither in the message nor given');
  }
  const tree = decodeRatchetTree(bytes, { maxLeaves: env.limits.maxLeaves });
  const signer = tree.leaf(groupInfo.signer);
  check('group-info-signer', signer !== undefined);
  const verified = await verifyGroupInfoSignature(env.crypto, groupInfo, signer.signatureKey);
  check('group-info-signature', verified);
  await checkTree(env, tree, groupContext);
  return tree;
}

/** Our leaf is the one of our key package, byte for byte. */
function findOwnLeaf(tree: RatchetTree, keyPackage: KeyPackage): LeafIndex {
  for (const { index, leaf } of tree.members()) {
    if (equalBytes(leaf.bytes, keyPackage.leafNode.bytes)) return index;
  }
  throw failureOf('welcome-own-leaf');
}

interface JoinerPath {
  readonly groupSecrets: GroupSecrets;
  readonly leafIndex: LeafIndex;
  readonly signer: LeafIndex;
}

async function pathKeysOf(
  { crypto }: GroupEnvironment,
  tree: RatchetTree,
  { groupSecrets, leafIndex, signer }: JoinerPath,
): Promise<PathKeys> {
  const { pathSecret } = groupSecrets;
  if (pathSecret === undefined) return new Map();
  return openJoinerPath(crypto, { tree, ownIndex: leafIndex, signerIndex: signer, pathSecret });
}

function checkWelcomePsks(psks: readonly PskId[], continues: GroupState | undefined): void {
  const resumptions = psks.filter((id) => id.kind === 'resumption' && id.usage !== 'application');
  check('welcome-psk-usage', resumptions.length <= 1);
  const isReinit = (id: PskId): boolean => id.kind === 'resumption' && id.usage === 'reinit';
  check('welcome-psk-usage', resumptions.every(isReinit));
  check('welcome-psk-usage', (resumptions.length === 1) === (continues !== undefined));
}

/** Section 11.2: the new group is what the reinit announced, and begins with our former epoch. */
function checkContinuation(
  { groupContext }: GroupInfo,
  psks: readonly PskId[],
  continues: GroupState | undefined,
): void {
  if (continues === undefined) return;
  const reinit = continues.status.kind === 'reinitialized' ? continues.status.reinit : undefined;
  check('welcome-reinit', reinit !== undefined && matches(groupContext, reinit));
  const former = continues.epoch.context;
  check(
    'welcome-reinit',
    psks.some(
      (id) =>
        id.kind === 'resumption' &&
        id.usage === 'reinit' &&
        equalBytes(id.groupId, former.groupId) &&
        id.epoch === former.epoch,
    ),
  );
}

function matches(context: GroupInfo['groupContext'], reinit: ReInit): boolean {
  const sameExtensions =
    context.extensions.length === reinit.extensions.length &&
    context.extensions.every((extension, position) => {
      const announced = reinit.extensions[position];
      return announced?.type === extension.type && equalBytes(announced.data, extension.data);
    });
  return (
    context.epoch === 1n &&
    equalBytes(context.groupId, reinit.groupId) &&
    context.version === reinit.version &&
    context.cipherSuite === reinit.cipherSuite &&
    sameExtensions
  );
}
