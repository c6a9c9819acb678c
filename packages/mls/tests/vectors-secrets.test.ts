import assert from 'node:assert/strict';
import { decode, Reader } from '../src/codec/reader.ts';
import { encode } from '../src/codec/writer.ts';
import {
  type AuthenticatedContent,
  confirmedTranscriptHash,
  interimTranscriptHash,
} from '../src/framing/authenticated-content.ts';
import { decodeContentAuth, decodeFramedContent, wireFormat } from '../src/framing/content.ts';
import { encodeGroupContext } from '../src/group/group-context.ts';
import {
  deriveEpochSecrets,
  deriveJoinerSecret,
  derivePskSecret,
  exportFrom,
  externalKeyPair,
} from '../src/key-schedule/key-schedule.ts';
import { deriveSecret, deriveTreeSecret, expandWithLabel } from '../src/labels/derive.ts';
import { decryptWithLabel, encryptWithLabel } from '../src/labels/encrypt.ts';
import { refHash } from '../src/labels/references.ts';
import { signWithLabel } from '../src/labels/sign.ts';
import { verifyWithLabel } from '../src/labels/verify.ts';
import { senderDataKey } from '../src/protection/sender-data.ts';
import { secretTreeOf, takeKey } from '../src/secret-tree/secret-tree.ts';
import { leftOf, nodeCount, parentOf, rightOf, rootOf, siblingOf } from '../src/tree/tree-math.ts';
import { seededRandom } from './members.ts';
import { hex, suiteTest, unhex, vectorTest } from './vectors/vectors.ts';

interface TreeMath {
  readonly n_leaves: number;
  readonly n_nodes: number;
  readonly root: number;
  readonly left: readonly (number | null)[];
  readonly right: readonly (number | null)[];
  readonly parent: readonly (number | null)[];
  readonly sibling: readonly (number | null)[];
}

vectorTest<TreeMath>('tree-math', (vector) => {
  const width = vector.n_leaves;
  assert.equal(nodeCount(width), vector.n_nodes);
  assert.equal(rootOf(width), vector.root);
  for (let node = 0; node < vector.n_nodes; node++) {
    assert.equal(leftOf(node) ?? null, vector.left[node]);
    assert.equal(rightOf(node) ?? null, vector.right[node]);
    assert.equal(parentOf(node, width) ?? null, vector.parent[node]);
    assert.equal(siblingOf(node, width) ?? null, vector.sibling[node]);
  }
  return true;
});

interface Header {
  readonly vlbytes_header: string;
  readonly length: number;
}

vectorTest<Header>('deserialization', (vector) => {
  const reader = new Reader(unhex(vector.vlbytes_header));
  assert.equal(reader.length(), vector.length);
  assert.ok(reader.atEnd);
  return true;
});

type Hexes<Names extends string> = { readonly [name in Names]: string };

interface CryptoBasics {
  readonly cipher_suite: number;
  readonly ref_hash: Hexes<'label' | 'value' | 'out'>;
  readonly expand_with_label: Hexes<'secret' | 'label' | 'context' | 'out'> & { length: number };
  readonly derive_secret: Hexes<'secret' | 'label' | 'out'>;
  readonly derive_tree_secret: Hexes<'secret' | 'label' | 'out'> & {
    generation: number;
    length: number;
  };
  readonly sign_with_label: Hexes<'priv' | 'pub' | 'content' | 'label' | 'signature'>;
  readonly encrypt_with_label: Hexes<
    'priv' | 'pub' | 'label' | 'context' | 'plaintext' | 'kem_output' | 'ciphertext'
  >;
}

suiteTest<CryptoBasics>('crypto-basics', async (vector, crypto) => {
  const { ref_hash, expand_with_label, derive_secret, derive_tree_secret } = vector;
  assert.equal(hex(refHash(crypto, ref_hash.label, unhex(ref_hash.value))), ref_hash.out);
  const expanded = expandWithLabel(crypto, {
    secret: unhex(expand_with_label.secret),
    label: expand_with_label.label,
    context: unhex(expand_with_label.context),
    length: expand_with_label.length,
  });
  assert.equal(hex(expanded), expand_with_label.out);
  const derived = deriveSecret(crypto, unhex(derive_secret.secret), derive_secret.label);
  assert.equal(hex(derived), derive_secret.out);
  const { label, generation, length } = derive_tree_secret;
  const secret = unhex(derive_tree_secret.secret);
  const treeSecret = deriveTreeSecret(crypto, { secret, label, generation, length });
  assert.equal(hex(treeSecret), derive_tree_secret.out);

  const signed = vector.sign_with_label;
  const content = unhex(signed.content);
  const publicKey = unhex(signed.pub);
  const own = await signWithLabel(crypto, unhex(signed.priv), { label: signed.label, content });
  for (const signature of [unhex(signed.signature), own]) {
    const input = { publicKey, label: signed.label, content, signature };
    assert.ok(await verifyWithLabel(crypto, input));
  }

  const sealed = vector.encrypt_with_label;
  const keyPair = { publicKey: unhex(sealed.pub), privateKey: unhex(sealed.priv) };
  const labelled = { label: sealed.label, context: unhex(sealed.context) };
  const theirs = { kemOutput: unhex(sealed.kem_output), ciphertext: unhex(sealed.ciphertext) };
  const plaintext = unhex(sealed.plaintext);
  const ours = await encryptWithLabel(
    crypto,
    { ...labelled, publicKey: keyPair.publicKey, plaintext },
    seededRandom('crypto-basics'),
  );
  for (const ciphertext of [theirs, ours]) {
    const opened = await decryptWithLabel(crypto, { ...ciphertext, ...labelled, keyPair });
    assert.equal(hex(opened), sealed.plaintext);
  }
});

interface PskVector {
  readonly cipher_suite: number;
  readonly psks: readonly Hexes<'psk_id' | 'psk' | 'psk_nonce'>[];
  readonly psk_secret: string;
}

suiteTest<PskVector>('psk_secret', (vector, crypto) => {
  const psks = vector.psks.map(({ psk_id, psk, psk_nonce }) => ({
    id: { kind: 'external', id: unhex(psk_id), nonce: unhex(psk_nonce) } as const,
    psk: unhex(psk),
  }));
  assert.equal(hex(derivePskSecret(crypto, psks)), vector.psk_secret);
});

interface KeyScheduleEpoch
  extends Hexes<
    | 'tree_hash'
    | 'commit_secret'
    | 'psk_secret'
    | 'confirmed_transcript_hash'
    | 'group_context'
    | 'joiner_secret'
    | 'init_secret'
    | 'sender_data_secret'
    | 'encryption_secret'
    | 'exporter_secret'
    | 'external_secret'
    | 'external_pub'
    | 'confirmation_key'
    | 'membership_key'
    | 'resumption_psk'
    | 'epoch_authenticator'
  > {
  readonly exporter: Hexes<'label' | 'context' | 'secret'> & { readonly length: number };
}

interface KeyScheduleVector {
  readonly cipher_suite: number;
  readonly group_id: string;
  readonly initial_init_secret: string;
  readonly epochs: readonly KeyScheduleEpoch[];
}

suiteTest<KeyScheduleVector>('key-schedule', async (vector, crypto) => {
  let initSecret = unhex(vector.initial_init_secret);
  for (const [number, epoch] of vector.epochs.entries()) {
    const contextBytes = encode(encodeGroupContext, {
      version: 1,
      cipherSuite: vector.cipher_suite,
      groupId: unhex(vector.group_id),
      epoch: BigInt(number),
      treeHash: unhex(epoch.tree_hash),
      confirmedTranscriptHash: unhex(epoch.confirmed_transcript_hash),
      extensions: [],
    });
    assert.equal(hex(contextBytes), epoch.group_context);
    const commitSecret = unhex(epoch.commit_secret);
    const joinerSecret = deriveJoinerSecret(crypto, { initSecret, commitSecret, contextBytes });
    assert.equal(hex(joinerSecret), epoch.joiner_secret);
    const input = { joinerSecret, pskSecret: unhex(epoch.psk_secret) };
    const secrets = deriveEpochSecrets(crypto, input, contextBytes);
    assert.deepEqual(Object.values(secrets).map(hex), [
      epoch.sender_data_secret,
      epoch.encryption_secret,
      epoch.exporter_secret,
      epoch.external_secret,
      epoch.confirmation_key,
      epoch.membership_key,
      epoch.resumption_psk,
      epoch.epoch_authenticator,
      epoch.init_secret,
    ]);
    const { publicKey } = await externalKeyPair(crypto, secrets.external);
    assert.equal(hex(publicKey), epoch.external_pub);
    const { label, length } = epoch.exporter;
    const context = unhex(epoch.exporter.context);
    const exported = exportFrom(crypto, secrets.exporter, { label, context, length });
    assert.equal(hex(exported), epoch.exporter.secret);
    initSecret = secrets.init;
  }
});

interface Generation
  extends Hexes<'application_key' | 'application_nonce' | 'handshake_key' | 'handshake_nonce'> {
  readonly generation: number;
}

interface SecretTreeVector {
  readonly cipher_suite: number;
  readonly encryption_secret: string;
  readonly sender_data: Hexes<'sender_data_secret' | 'ciphertext' | 'key' | 'nonce'>;
  readonly leaves: readonly (readonly Generation[])[];
}

suiteTest<SecretTreeVector>('secret-tree', (vector, crypto) => {
  const { sender_data_secret, ciphertext, key, nonce } = vector.sender_data;
  const senderData = senderDataKey(crypto, unhex(sender_data_secret), unhex(ciphertext));
  assert.deepEqual([hex(senderData.key), hex(senderData.nonce)], [key, nonce]);
  let tree = secretTreeOf(unhex(vector.encryption_secret), vector.leaves.length);
  const window = { maxForwardGenerations: 1024, maxSkippedKeys: 256 };
  for (const [leaf, generations] of vector.leaves.entries()) {
    for (const expected of generations) {
      for (const kind of ['application', 'handshake'] as const) {
        const { generation } = expected;
        const taken = takeKey(crypto, tree, { leaf, kind, generation, window });
        assert.equal(hex(taken.key), expected[`${kind}_key`]);
        assert.equal(hex(taken.nonce), expected[`${kind}_nonce`]);
        tree = taken.tree;
      }
    }
  }
});

interface TranscriptVector
  extends Hexes<
    | 'confirmation_key'
    | 'authenticated_content'
    | 'interim_transcript_hash_before'
    | 'confirmed_transcript_hash_after'
    | 'interim_transcript_hash_after'
  > {
  readonly cipher_suite: number;
}

suiteTest<TranscriptVector>('transcript-hashes', (vector, crypto) => {
  const commit = decode(unhex(vector.authenticated_content), (reader): AuthenticatedContent => {
    const format = reader.u16();
    assert.ok(format === wireFormat.publicMessage || format === wireFormat.privateMessage);
    const start = reader.position;
    const content = decodeFramedContent(reader);
    const contentBytes = reader.since(start);
    const auth = decodeContentAuth(reader, content.body.kind);
    return { wireFormat: format, content, contentBytes, auth };
  });
  const before = unhex(vector.interim_transcript_hash_before);
  const confirmed = confirmedTranscriptHash(crypto, before, commit);
  assert.equal(hex(confirmed), vector.confirmed_transcript_hash_after);
  const { confirmationTag } = commit.auth;
  assert.ok(confirmationTag);
  assert.deepEqual(crypto.hmac(unhex(vector.confirmation_key), confirmed), confirmationTag);
  const interim = interimTranscriptHash(crypto, confirmed, confirmationTag);
  assert.equal(hex(interim), vector.interim_transcript_hash_after);
});
