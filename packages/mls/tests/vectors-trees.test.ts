import assert from 'node:assert/strict';
import { unsafeAcceptAllCredentials } from '../src/authentication.ts';
import { decode } from '../src/codec/reader.ts';
import { mergeUpdatePath } from '../src/commit/next-tree.ts';
import type { KeyPair, SuiteCrypto } from '../src/crypto-provider.ts';
import type { GroupContext } from '../src/group/group-context.ts';
import { limitsWith } from '../src/limits.ts';
import { type AppliedProposals, applyProposals } from '../src/proposals/apply.ts';
import { decodeProposal } from '../src/proposals/proposal.ts';
import type { RatchetTree } from '../src/tree/ratchet-tree.ts';
import { filteredDirectPath, resolve } from '../src/tree/resolution.ts';
import { decodeRatchetTree, encodeRatchetTree } from '../src/tree/tree-codec.ts';
import { subtreeHash, treeHash } from '../src/tree/tree-hash.ts';
import { coversLeaf, leafIndex } from '../src/tree/tree-math.ts';
import { decodeUpdatePath } from '../src/tree/update-path.ts';
import { createPath, encryptPath } from '../src/treekem/create-path.ts';
import { openPath } from '../src/treekem/open-path.ts';
import { derivePath } from '../src/treekem/path-secrets.ts';
import { checkLeaves } from '../src/validation/leaf-checks.ts';
import { checkTree } from '../src/validation/tree-checks.ts';
import { seededRandom } from './members.ts';
import { hex, suiteTest, unhex } from './vectors/vectors.ts';

const limits = limitsWith();

function treeOf(text: string): RatchetTree {
  return decodeRatchetTree(unhex(text), limits);
}

function checksFor(crypto: SuiteCrypto) {
  return {
    crypto,
    authentication: unsafeAcceptAllCredentials,
    nowSeconds: undefined,
    limits,
    pathFreeProposals: [],
  };
}

function contextOf(vector: {
  readonly cipher_suite: number;
  readonly group_id: string;
  readonly epoch?: number;
  readonly confirmed_transcript_hash?: string;
}): GroupContext {
  return {
    version: 1,
    cipherSuite: vector.cipher_suite,
    groupId: unhex(vector.group_id),
    epoch: BigInt(vector.epoch ?? 0),
    treeHash: new Uint8Array(0),
    confirmedTranscriptHash: unhex(vector.confirmed_transcript_hash ?? ''),
    extensions: [],
  };
}

interface TreeValidation {
  readonly cipher_suite: number;
  readonly tree: string;
  readonly group_id: string;
  readonly resolutions: readonly (readonly number[])[];
  readonly tree_hashes: readonly string[];
}

suiteTest<TreeValidation>('tree-validation', async (vector, crypto) => {
  const tree = treeOf(vector.tree);
  assert.equal(hex(encodeRatchetTree(tree)), vector.tree);
  const slots = tree.slots();
  assert.deepEqual(
    slots.map((slot) => resolve(slot).map(({ index }) => Number(index))),
    vector.resolutions,
  );
  assert.deepEqual(
    slots.map((slot) => hex(subtreeHash(crypto, slot))),
    vector.tree_hashes,
  );
  const context = { ...contextOf(vector), treeHash: treeHash(crypto, tree) };
  await checkTree(checksFor(crypto), tree, context);
});

interface TreeOperation {
  readonly cipher_suite: number;
  readonly tree_before: string;
  readonly proposal: string;
  readonly proposal_sender: number;
  readonly tree_after: string;
  readonly tree_hash_before: string;
  readonly tree_hash_after: string;
}

suiteTest<TreeOperation>('tree-operations', (vector, crypto) => {
  const before = treeOf(vector.tree_before);
  assert.equal(hex(treeHash(crypto, before)), vector.tree_hash_before);
  const proposal = decode(unhex(vector.proposal), decodeProposal);
  const sender = { kind: 'member', leafIndex: leafIndex(vector.proposal_sender) } as const;
  const context = contextOf({ ...vector, group_id: '' });
  const { tree } = applyProposals(before, context, [{ proposal, sender, byReference: true }]);
  assert.equal(hex(encodeRatchetTree(tree)), vector.tree_after);
  assert.equal(hex(treeHash(crypto, tree)), vector.tree_hash_after);
});

interface PrivateLeaf {
  readonly index: number;
  readonly encryption_priv: string;
  readonly signature_priv: string;
  readonly path_secrets: readonly { readonly node: number; readonly path_secret: string }[];
}

interface TreeKem {
  readonly cipher_suite: number;
  readonly group_id: string;
  readonly epoch: number;
  readonly confirmed_transcript_hash: string;
  readonly ratchet_tree: string;
  readonly leaves_private: readonly PrivateLeaf[];
  readonly update_paths: readonly {
    readonly sender: number;
    readonly update_path: string;
    readonly path_secrets: readonly (string | null)[];
    readonly commit_secret: string;
    readonly tree_hash_after: string;
  }[];
}

suiteTest<TreeKem>('treekem', async (vector, crypto) => {
  const tree = treeOf(vector.ratchet_tree);
  const members = await Promise.all(vector.leaves_private.map((leaf) => own(crypto, tree, leaf)));
  for (const update of vector.update_paths) {
    const path = decode(unhex(update.update_path), decodeUpdatePath);
    const committer = leafIndex(update.sender);
    const applied = emptyApplied(tree);
    const merged = mergeUpdatePath({ crypto }, { tree, index: committer, path, applied });
    assert.equal(hex(treeHash(crypto, merged)), update.tree_hash_after);
    const context = { ...contextOf(vector), treeHash: treeHash(crypto, merged) };
    const position = { groupId: context.groupId, leafIndex: committer };
    await checkLeaves(checksFor(crypto), [
      { leaf: path.leafNode, source: 'commit', position, reason: { kind: 'member' } },
    ]);
    for (const member of members) {
      const expected = update.path_secrets[member.leafIndex];
      if (expected === null || expected === undefined) continue;
      const except = new Set<number>();
      const input = { tree, committerIndex: committer, path, context, except, own: member };
      const opened = await openPath(crypto, input);
      assert.equal(hex(opened.commitSecret), update.commit_secret);
      const [step] = filteredDirectPath(tree, committer).filter(({ copathChild }) =>
        coversLeaf(copathChild.index, member.leafIndex),
      );
      assert.ok(step);
      const derived = await derivePath(crypto, unhex(expected), [step.parent.index]);
      const ours = opened.keys.get(step.parent.index);
      assert.deepEqual(ours?.publicKey, derived.steps[0]?.keyPair.publicKey);
    }
    await makesPathsThatOthersOpen(crypto, vector, { tree, members, committer });
  }
});

type Member = Awaited<ReturnType<typeof own>>;

/** A member's keys from what the vector tells of them, checked against the tree. */
async function own(crypto: SuiteCrypto, tree: RatchetTree, leaf: PrivateLeaf) {
  const publicKey = tree.leaf(leaf.index)?.encryptionKey;
  assert.ok(publicKey);
  const pathKeys = new Map<number, KeyPair>();
  for (const { node, path_secret } of leaf.path_secrets) {
    const [step] = (await derivePath(crypto, unhex(path_secret), [node])).steps;
    assert.ok(step);
    assert.deepEqual(step.keyPair.publicKey, tree.parent(node)?.encryptionKey);
    pathKeys.set(node, step.keyPair);
  }
  return {
    leafIndex: leaf.index,
    leafKey: { publicKey, privateKey: unhex(leaf.encryption_priv) },
    pathKeys,
    signaturePrivateKey: unhex(leaf.signature_priv),
  };
}

interface Sending {
  readonly tree: RatchetTree;
  readonly members: readonly Member[];
  readonly committer: number;
}

async function makesPathsThatOthersOpen(
  crypto: SuiteCrypto,
  vector: TreeKem,
  { tree, members, committer }: Sending,
): Promise<void> {
  const sender = members.find(({ leafIndex: index }) => index === committer);
  const leaf = tree.leaf(committer);
  assert.ok(sender && leaf);
  const random = seededRandom(`treekem/${committer}`);
  const { signatureKey, credential, capabilities, extensions } = leaf;
  const made = await createPath(
    crypto,
    {
      tree,
      leafIndex: committer,
      groupId: unhex(vector.group_id),
      leaf: { signatureKey, credential, capabilities, extensions },
      signaturePrivateKey: sender.signaturePrivateKey,
    },
    random,
  );
  const context = { ...contextOf(vector), treeHash: treeHash(crypto, made.tree) };
  const except = new Set<number>();
  const path = await encryptPath(crypto, made, { context, except, random });
  const applied = emptyApplied(tree);
  const index = leafIndex(committer);
  const merged = mergeUpdatePath({ crypto }, { tree, index, path, applied });
  assert.deepEqual(treeHash(crypto, merged), treeHash(crypto, made.tree));
  for (const member of members) {
    if (member.leafIndex === committer) continue;
    const input = { tree, committerIndex: committer, path, context, except, own: member };
    const { commitSecret } = await openPath(crypto, input);
    assert.deepEqual(commitSecret, made.commitSecret);
  }
}

function emptyApplied(tree: RatchetTree): AppliedProposals {
  return applyProposals(tree, contextOf({ cipher_suite: 1, group_id: '' }), []);
}
