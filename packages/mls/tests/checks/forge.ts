import { decode } from '../../src/codec/reader.ts';
import { encode } from '../../src/codec/writer.ts';
import type { KeyPair, SuiteCrypto } from '../../src/crypto-provider.ts';
import { forSuite } from '../../src/environment.ts';
import type { ContentBody, Sender } from '../../src/framing/content.ts';
import { wireFormat } from '../../src/framing/content.ts';
import { createWelcome } from '../../src/group/create-welcome.ts';
import type { GroupInfo, GroupInfoContent } from '../../src/group/group-info.ts';
import {
  decodeGroupSecrets,
  encodeGroupSecrets,
  type GroupSecrets,
} from '../../src/group/group-secrets.ts';
import type { Epoch } from '../../src/group/group-state.ts';
import { signGroupInfo } from '../../src/group/sign-group-info.ts';
import {
  type CommitOutput,
  type CreatedKeyPackage,
  decodeMessage,
  encodeMessage,
  exportGroupInfo,
  joinExternally,
  type KeyPackage,
  receive,
  type Welcome,
} from '../../src/index.ts';
import {
  type KeyPackageContent,
  keyPackageToBeSigned,
  sealKeyPackage,
} from '../../src/key-package/key-package.ts';
import { decryptWithLabel, encryptWithLabel } from '../../src/labels/encrypt.ts';
import { signWithLabel } from '../../src/labels/sign.ts';
import type { Commit, ProposalOrRef } from '../../src/proposals/commit.ts';
import type { Proposal } from '../../src/proposals/proposal.ts';
import { protectPublic } from '../../src/protection/membership-tag.ts';
import { signContent } from '../../src/protection/sign-content.ts';
import { LeafNode, type LeafNodeContent, leafNodeToBeSigned } from '../../src/tree/leaf-node.ts';
import type { RatchetTree } from '../../src/tree/ratchet-tree.ts';
import { encodeRatchetTree } from '../../src/tree/tree-codec.ts';
import { treeHash } from '../../src/tree/tree-hash.ts';
import { leafIndex } from '../../src/tree/tree-math.ts';
import type { UpdatePath } from '../../src/tree/update-path.ts';
import type { Client } from '../members.ts';

/** A malicious member can sign and tag whatever it likes: these functions do. */
export function cryptoOf(client: Client): SuiteCrypto {
  return client.env.provider.suite(client.cipherSuite);
}

export interface Forgery {
  readonly body: ContentBody;
  readonly sender?: Sender;
  readonly epoch?: bigint;
  readonly groupId?: Uint8Array;
  readonly signaturePrivateKey?: Uint8Array;
  readonly confirmationTag?: Uint8Array;
  /** Done to the content's signature before the membership tag is made. */
  readonly damageSignature?: boolean;
}

/** A PublicMessage with valid signature and membership tag around any content. */
export async function forgePublic(client: Client, forgery: Forgery): Promise<Uint8Array> {
  const { context, contextBytes, own, secrets } = client.state.epoch;
  const crypto = cryptoOf(client);
  const signed = await signContent(crypto, {
    wireFormat: wireFormat.publicMessage,
    content: {
      groupId: forgery.groupId ?? context.groupId,
      epoch: forgery.epoch ?? context.epoch,
      sender: forgery.sender ?? { kind: 'member', leafIndex: own.leafIndex },
      authenticatedData: new Uint8Array(0),
      body: forgery.body,
    },
    contextBytes,
    signaturePrivateKey: forgery.signaturePrivateKey ?? own.signaturePrivateKey,
  });
  const isCommit = forgery.body.kind === 'commit';
  const confirmationTag = isCommit
    ? (forgery.confirmationTag ?? new Uint8Array(crypto.suite.hashLength))
    : undefined;
  const signature = forgery.damageSignature
    ? flipped(signed.auth.signature)
    : signed.auth.signature;
  const authenticated = { ...signed, auth: { signature, confirmationTag } };
  const tagged = protectPublic(crypto, authenticated, {
    membership: secrets.membership,
    contextBytes,
  });
  const isMember = (forgery.sender?.kind ?? 'member') === 'member';
  const message = isMember ? tagged : { ...tagged, membershipTag: undefined };
  return encodeMessage({ kind: 'public', message });
}

export function flipped(bytes: Uint8Array, at = 0): Uint8Array {
  return bytes.map((byte, index) => (index === at ? byte ^ 1 : byte));
}

export function commitBody(
  proposals: readonly Proposal[],
  path?: UpdatePath,
  references: readonly Uint8Array[] = [],
): ContentBody {
  const items: ProposalOrRef[] = [
    ...proposals.map((proposal) => ({ kind: 'proposal', proposal }) as const),
    ...references.map((reference) => ({ kind: 'reference', reference }) as const),
  ];
  return { kind: 'commit', commit: { proposals: items, path } };
}

/** Set by a test that wants to see what else the receiver's messages are shown to. */
export const onHearing: {
  tell: ((client: Client, message: Uint8Array) => Promise<void>) | undefined;
} = { tell: undefined };

export async function hear(client: Client, message: Uint8Array): Promise<unknown> {
  await onHearing.tell?.(client, message);
  return receive(client.env, client.state, decodeMessage(message));
}

/** The commit inside a member's or newcomer's PublicMessage. */
export function commitIn(message: Uint8Array): { commit: Commit; confirmationTag: Uint8Array } {
  const decoded = decodeMessage(message);
  if (decoded.kind !== 'public') throw new Error('Not a public message');
  const { content, auth } = decoded.message.authenticated;
  if (content.body.kind !== 'commit' || auth.confirmationTag === undefined) {
    throw new Error('Not a commit');
  }
  return { commit: content.body.commit, confirmationTag: auth.confirmationTag };
}

/** A real commit with a path, changed and signed again. */
export async function forgePath(
  client: Client,
  change: (path: UpdatePath) => UpdatePath | Promise<UpdatePath>,
  proposals: readonly Proposal[] = [],
): Promise<Uint8Array> {
  const requests = proposals.map((proposal) => {
    if (proposal.kind === 'add' || proposal.kind === 'remove') return proposal;
    throw new Error('Not asked for here');
  });
  const { message } = await client.commit({ proposals: requests, forcePath: true });
  const { commit, confirmationTag } = commitIn(message);
  if (commit.path === undefined) throw new Error('No path');
  const path = await change(commit.path);
  return forgePublic(client, {
    body: { kind: 'commit', commit: { ...commit, path } },
    confirmationTag,
  });
}

export interface LeafForgery {
  readonly changes: Partial<LeafNodeContent>;
  readonly position?: { readonly groupId: Uint8Array; readonly leafIndex: number };
  readonly privateKey: Uint8Array;
}

/** A leaf with other content, signed by whom we say. */
export async function forgeLeaf(
  client: Client,
  leaf: LeafNodeContent,
  { changes, position, privateKey }: LeafForgery,
): Promise<LeafNode> {
  const { encryptionKey, signatureKey, credential, capabilities, source, extensions } = leaf;
  const content = {
    ...{ encryptionKey, signatureKey, credential, capabilities, source, extensions },
    ...changes,
  };
  const nowhere = { groupId: new Uint8Array(0), leafIndex: 0 };
  const signature = await signWithLabel(cryptoOf(client), privateKey, {
    label: 'LeafNodeTBS',
    content: leafNodeToBeSigned(content, position ?? nowhere),
  });
  return LeafNode.sealed(content, signature);
}

/** The leaf of an update path of ours, changed and signed again. */
export async function forgePathLeaf(
  client: Client,
  path: UpdatePath,
  { privateKey, ...changes }: Partial<LeafNodeContent> & { readonly privateKey?: Uint8Array },
): Promise<UpdatePath> {
  const { context, own } = client.state.epoch;
  const leafNode = await forgeLeaf(client, path.leafNode, {
    changes,
    position: { groupId: context.groupId, leafIndex: own.leafIndex },
    privateKey: privateKey ?? own.signaturePrivateKey,
  });
  return { ...path, leafNode };
}

export interface KeyPackageForgery {
  readonly changes?: Partial<KeyPackageContent>;
  readonly leaf?: Partial<LeafNodeContent>;
  readonly damageSignature?: boolean;
  readonly damageLeafSignature?: boolean;
}

/** A key package with other content, signed by its own key all the same. */
export async function forgeKeyPackage(
  client: Client,
  made: CreatedKeyPackage,
  forgery: KeyPackageForgery,
): Promise<KeyPackage> {
  const privateKey = made.secrets.signaturePrivateKey;
  const { version, cipherSuite, initKey, extensions } = made.keyPackage;
  let leafNode = await forgeLeaf(client, made.keyPackage.leafNode, {
    changes: forgery.leaf ?? {},
    privateKey,
  });
  if (forgery.damageLeafSignature)
    leafNode = LeafNode.sealed(leafNode, flipped(leafNode.signature));
  const content = { version, cipherSuite, initKey, extensions, leafNode, ...forgery.changes };
  const signature = await signWithLabel(cryptoOf(client), privateKey, {
    label: 'KeyPackageTBS',
    content: keyPackageToBeSigned(content),
  });
  return sealKeyPackage(content, forgery.damageSignature ? flipped(signature) : signature);
}

/** An external commit of a newcomer, changed and signed again by it. */
export async function forgeExternalCommit(
  member: Client,
  newcomer: Client,
  change: (commit: Commit) => Commit,
): Promise<Uint8Array> {
  const decoded = decodeMessage(
    await exportGroupInfo(member.env, member.state, { allowExternalCommits: true }),
  );
  if (decoded.kind !== 'group_info') throw new Error('Not a group info');
  const identity = await newcomer.identity();
  const joining = await joinExternally(newcomer.env, { ...identity, groupInfo: decoded.groupInfo });
  const { commit, confirmationTag } = commitIn(newcomer.stored(joining));
  return forgePublic(member, {
    body: { kind: 'commit', commit: change(commit) },
    sender: { kind: 'new_member_commit' },
    signaturePrivateKey: identity.signatureKey.privateKey,
    confirmationTag,
  });
}

/** A GroupInfo of ours with other content, signed again, offered for an external join. */
export async function forgeGroupInfo(
  member: Client,
  change: (info: GroupInfo) => Partial<GroupInfoContent>,
): Promise<GroupInfo> {
  const decoded = decodeMessage(
    await exportGroupInfo(member.env, member.state, { allowExternalCommits: true }),
  );
  if (decoded.kind !== 'group_info') throw new Error('Not a group info');
  const { groupContext, extensions, confirmationTag, signer } = decoded.groupInfo;
  const content = {
    groupContext,
    extensions,
    confirmationTag,
    signer,
    ...change(decoded.groupInfo),
  };
  return signGroupInfo(cryptoOf(member), content, member.state.epoch.own.signaturePrivateKey);
}

/** A GroupInfo that announces another tree, consistently. */
export function forgeTreeInfo(member: Client, tree: RatchetTree): Promise<GroupInfo> {
  return forgeGroupInfo(member, ({ groupContext, extensions }) => ({
    groupContext: { ...groupContext, treeHash: treeHash(cryptoOf(member), tree) },
    extensions: extensions.map((extension) =>
      extension.type === 2 ? { type: 2, data: encodeRatchetTree(tree) } : extension,
    ),
  }));
}

export async function joinByInfo(newcomer: Client, groupInfo: GroupInfo): Promise<unknown> {
  return joinExternally(newcomer.env, { ...(await newcomer.identity()), groupInfo });
}

/** What a welcome says to one joiner, changed and encrypted again. */
export async function forgeGroupSecrets(
  joiner: { readonly client: Client; readonly made: CreatedKeyPackage },
  { welcome }: CommitOutput,
  change: (secrets: GroupSecrets) => GroupSecrets,
): Promise<Welcome> {
  const [entry] = welcome?.secrets ?? [];
  if (welcome === undefined || entry === undefined) throw new Error('No welcome');
  const crypto = cryptoOf(joiner.client);
  const labelled = { label: 'Welcome', context: welcome.encryptedGroupInfo };
  const keyPair: KeyPair = joiner.made.secrets.initKey;
  const opened = await decryptWithLabel(crypto, {
    ...entry.encryptedGroupSecrets,
    ...labelled,
    keyPair,
  });
  const plaintext = encode(encodeGroupSecrets, change(decode(opened, decodeGroupSecrets)));
  const input = { ...labelled, publicKey: keyPair.publicKey, plaintext };
  const encryptedGroupSecrets = await encryptWithLabel(crypto, input, joiner.client.env.random);
  return { ...welcome, secrets: [{ ...entry, encryptedGroupSecrets }] };
}

/** A welcome into any epoch of a malicious member's making. */
export async function forgeWelcome(
  member: Client,
  made: CreatedKeyPackage,
  change: (epoch: Epoch) => Epoch,
): Promise<Welcome> {
  const env = forSuite(member.env, member.cipherSuite);
  const { crypto } = env;
  const welcome = await createWelcome(env, {
    transition: {
      epoch: change(member.state.epoch),
      joinerSecret: env.random.bytes(crypto.suite.hashLength),
    },
    path: undefined,
    added: [{ index: leafIndex(0), keyPackage: made.keyPackage }],
    psks: [],
    pskSecret: new Uint8Array(crypto.suite.hashLength),
    groupInfo: {},
  });
  if (welcome === undefined) throw new Error('No welcome');
  return welcome;
}
