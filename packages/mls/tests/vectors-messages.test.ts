import assert from 'node:assert/strict';
import { type Decode, decode, type Reader } from '../src/codec/reader.ts';
import { type Encode, encode } from '../src/codec/writer.ts';
import type { AuthenticatedContent } from '../src/framing/authenticated-content.ts';
import { verifyContentSignature } from '../src/framing/authenticated-content.ts';
import type { FramedContent } from '../src/framing/content.ts';
import { decodeMessage, encodeMessage } from '../src/framing/message.ts';
import { groupContextBytes } from '../src/group/group-context.ts';
import { decodeGroupInfo, verifyGroupInfoSignature } from '../src/group/group-info.ts';
import { decodeGroupSecrets, encodeGroupSecrets } from '../src/group/group-secrets.ts';
import { keyPackageRef } from '../src/key-package/key-package.ts';
import {
  deriveEpochSecrets,
  derivePskSecret,
  deriveWelcomeKey,
} from '../src/key-schedule/key-schedule.ts';
import { decryptWithLabel } from '../src/labels/encrypt.ts';
import { decodeCommit, encodeCommit } from '../src/proposals/commit.ts';
import { decodeProposal, encodeProposal, type Proposal } from '../src/proposals/proposal.ts';
import { checkMembershipTag, protectPublic } from '../src/protection/membership-tag.ts';
import { openPrivate, sealPrivate } from '../src/protection/private-content.ts';
import { signContent } from '../src/protection/sign-content.ts';
import { secretTreeOf } from '../src/secret-tree/secret-tree.ts';
import { decodeRatchetTree, encodeRatchetTree } from '../src/tree/tree-codec.ts';
import { seededRandom } from './members.ts';
import { hex, suiteTest, unhex, vectorTest } from './vectors/vectors.ts';

type Hexes<Names extends string> = { readonly [name in Names]: string };

const proposalFields = {
  add_proposal: 1,
  update_proposal: 2,
  remove_proposal: 3,
  pre_shared_key_proposal: 4,
  re_init_proposal: 5,
  external_init_proposal: 6,
  group_context_extensions_proposal: 7,
} as const;

type Messages = Hexes<
  | 'mls_welcome'
  | 'mls_group_info'
  | 'mls_key_package'
  | 'ratchet_tree'
  | 'group_secrets'
  | 'commit'
  | 'public_message_application'
  | 'public_message_proposal'
  | 'public_message_commit'
  | 'private_message'
  | keyof typeof proposalFields
>;

vectorTest<Messages>('messages', (vector) => {
  for (const text of [
    vector.mls_welcome,
    vector.mls_group_info,
    vector.mls_key_package,
    vector.public_message_application,
    vector.public_message_proposal,
    vector.public_message_commit,
    vector.private_message,
  ]) {
    assert.equal(hex(encodeMessage(decodeMessage(unhex(text)))), text);
  }
  const tree = decodeRatchetTree(unhex(vector.ratchet_tree), { maxLeaves: 4096 });
  assert.equal(hex(encodeRatchetTree(tree)), vector.ratchet_tree);
  roundTrip(vector.group_secrets, decodeGroupSecrets, encodeGroupSecrets);
  roundTrip(vector.commit, decodeCommit, encodeCommit);
  for (const [field, type] of Object.entries(proposalFields)) {
    const body = Reflect.get(vector, field);
    assert.ok(typeof body === 'string');
    roundTrip(type.toString(16).padStart(4, '0') + body, decodeProposal, encodeProposal);
  }
  return true;
});

function roundTrip<T>(text: string, decodeValue: Decode<T>, encodeValue: Encode<T>): void {
  assert.equal(hex(encode(encodeValue, decode(unhex(text), decodeValue))), text);
}

interface MessageProtection
  extends Hexes<
    | 'group_id'
    | 'tree_hash'
    | 'confirmed_transcript_hash'
    | 'signature_priv'
    | 'signature_pub'
    | 'encryption_secret'
    | 'sender_data_secret'
    | 'membership_key'
    | 'proposal'
    | 'proposal_pub'
    | 'proposal_priv'
    | 'commit'
    | 'commit_pub'
    | 'commit_priv'
    | 'application'
    | 'application_priv'
  > {
  readonly cipher_suite: number;
  readonly epoch: number;
}

suiteTest<MessageProtection>('message-protection', async (vector, crypto) => {
  const contextBytes = groupContextBytes({
    version: 1,
    cipherSuite: vector.cipher_suite,
    groupId: unhex(vector.group_id),
    epoch: BigInt(vector.epoch),
    treeHash: unhex(vector.tree_hash),
    confirmedTranscriptHash: unhex(vector.confirmed_transcript_hash),
    extensions: [],
  });
  const membership = unhex(vector.membership_key);
  const publicKey = unhex(vector.signature_pub);
  const senderData = unhex(vector.sender_data_secret);
  const secrets = () => ({
    senderData,
    secretTree: secretTreeOf(unhex(vector.encryption_secret), 2),
  });
  const window = { maxForwardGenerations: 10, maxSkippedKeys: 10 };

  const openPublic = async (text: string): Promise<AuthenticatedContent> => {
    const received = decodeMessage(unhex(text));
    assert.ok(received.kind === 'public');
    checkMembershipTag(crypto, received.message, { membership, contextBytes });
    return received.message.authenticated;
  };
  const openSealed = async (text: string): Promise<AuthenticatedContent> => {
    const received = decodeMessage(unhex(text));
    assert.ok(received.kind === 'private');
    const { message } = received;
    const input = { message, secrets: secrets(), window, isMember: () => true };
    return (await openPrivate(crypto, input)).authenticated;
  };
  const holds = async (authenticated: AuthenticatedContent, body: string): Promise<void> => {
    const signed = { publicKey, contextBytes };
    assert.ok(await verifyContentSignature(crypto, authenticated, signed));
    assert.equal(bodyOf(authenticated.content), body);
  };
  await holds(await openPublic(vector.proposal_pub), vector.proposal);
  await holds(await openPublic(vector.commit_pub), vector.commit);
  await holds(await openSealed(vector.proposal_priv), vector.proposal);
  await holds(await openSealed(vector.commit_priv), vector.commit);
  await holds(await openSealed(vector.application_priv), vector.application);

  // What we protect opens again.
  for (const text of [vector.proposal_pub, vector.commit_pub]) {
    const { content, auth } = await openPublic(text);
    const signaturePrivateKey = unhex(vector.signature_priv);
    for (const wireFormat of [1, 2] as const) {
      const input = { wireFormat, content, contextBytes, signaturePrivateKey };
      const signed = await signContent(crypto, input);
      const { confirmationTag } = auth;
      const authenticated = { ...signed, auth: { ...signed.auth, confirmationTag } };
      const expected = bodyOf(content);
      if (wireFormat === 1) {
        const message = protectPublic(crypto, authenticated, { membership, contextBytes });
        const bytes = encodeMessage({ kind: 'public', message });
        await holds(await openPublic(hex(bytes)), expected);
        continue;
      }
      const sealing = { authenticated, leafIndex: 1, paddingBytes: 7, secrets: secrets() };
      const { message } = await sealPrivate(crypto, sealing, seededRandom('protection'));
      await holds(await openSealed(hex(encodeMessage({ kind: 'private', message }))), expected);
    }
  }
});

function bodyOf({ body }: FramedContent): string {
  if (body.kind === 'application') return hex(body.data);
  if (body.kind === 'commit') return hex(encode(encodeCommit, body.commit));
  return hex(encode(encodeProposal, body.proposal satisfies Proposal));
}

interface WelcomeVector extends Hexes<'init_priv' | 'signer_pub' | 'key_package' | 'welcome'> {
  readonly cipher_suite: number;
}

suiteTest<WelcomeVector>('welcome', async (vector, crypto) => {
  const offered = decodeMessage(unhex(vector.key_package));
  const received = decodeMessage(unhex(vector.welcome));
  assert.ok(offered.kind === 'key_package' && received.kind === 'welcome');
  const { keyPackage } = offered;
  const { welcome } = received;
  const reference = hex(keyPackageRef(crypto, keyPackage));
  const entry = welcome.secrets.find(({ newMember }) => hex(newMember) === reference);
  assert.ok(entry);
  const opened = await decryptWithLabel(crypto, {
    ...entry.encryptedGroupSecrets,
    keyPair: { publicKey: keyPackage.initKey, privateKey: unhex(vector.init_priv) },
    label: 'Welcome',
    context: welcome.encryptedGroupInfo,
  });
  const { joinerSecret, psks } = decode(opened, decodeGroupSecrets);
  assert.deepEqual(psks, []);
  const schedule = { joinerSecret, pskSecret: derivePskSecret(crypto, []) };
  const key = deriveWelcomeKey(crypto, schedule);
  const ciphertext = welcome.encryptedGroupInfo;
  const plaintext = await crypto.aeadOpen({ ...key, aad: new Uint8Array(0), ciphertext });
  const info = decode(plaintext, (reader: Reader) => decodeGroupInfo(reader));
  assert.ok(await verifyGroupInfoSignature(crypto, info, unhex(vector.signer_pub)));
  const secrets = deriveEpochSecrets(crypto, schedule, groupContextBytes(info.groupContext));
  const tag = crypto.hmac(secrets.confirmation, info.groupContext.confirmedTranscriptHash);
  assert.deepEqual(tag, info.confirmationTag);
});
