import assert from 'node:assert/strict';
import { test } from 'node:test';
import { decode } from '../src/codec/reader.ts';
import { build, encode } from '../src/codec/writer.ts';
import { forSuite } from '../src/environment.ts';
import { selectPending } from '../src/group/select-proposals.ts';
import { decodeMessage, type GroupState, ratchetTreeOf } from '../src/index.ts';
import { decodeKeyPackage, encodeKeyPackage } from '../src/key-package/key-package.ts';
import { decodeCommit, encodeCommit } from '../src/proposals/commit.ts';
import { decodeProposal, type Proposal } from '../src/proposals/proposal.ts';
import { resolveProposals } from '../src/proposals/resolve-proposals.ts';
import { verifyKeyPackage } from '../src/public/index.ts';
import { LeafNode } from '../src/tree/leaf-node.ts';
import { RatchetTree } from '../src/tree/ratchet-tree.ts';
import { addLeaves } from '../src/tree/tree-changes.ts';
import { decodeRatchetTree } from '../src/tree/tree-codec.ts';
import { treeHash } from '../src/tree/tree-hash.ts';
import { KeySet } from '../src/validation/key-uniqueness.ts';
import { checkMembersFit } from '../src/validation/leaf-checks.ts';
import { checkProposalList } from '../src/validation/proposal-checks.ts';
import { checkTree } from '../src/validation/tree-checks.ts';
import { forgeKeyPackage } from './checks/forge.ts';
import { Client, environment, groupOf, named } from './members.ts';
import { operationsOf } from './operation-count.ts';

/** Twice the input may cost this much more: n log n passes, n squared (4 times) does not. */
const mostGrowth = 2.6;
type Prepare = (size: number) => (() => unknown) | Promise<() => unknown>;

function grows(what: string, size: number, prepare: Prepare): void {
  test(`cost grows with the input: ${what}`, async (t) => {
    const [once, twice] = [
      await operationsOf(await prepare(size / 2)),
      await operationsOf(await prepare(size)),
    ];
    t.diagnostic(`${once} at ${size / 2}, ${twice} at ${size}`);
    assert.ok(once >= size / 2, 'something was counted');
    assert.ok(twice <= once * mostGrowth, `${twice} is more than ${mostGrowth} times ${once}`);
  });
}

const env = environment('growth');
const { crypto } = forSuite(env, 1);
const numbers = (count: number): number[] => Array.from({ length: count }, (_, at) => at + 0x1000);

/** A key whose bytes 4 to 7 are those of all others. */
function keyNumber(at: number): Uint8Array {
  const key = new Uint8Array(32).fill(1);
  new DataView(key.buffer).setUint32(12, at);
  return key;
}

function leafNumber(at: number, listed = 4): LeafNode {
  return LeafNode.sealed(
    {
      encryptionKey: keyNumber(2 * at),
      signatureKey: keyNumber(2 * at + 1),
      credential: named(`${at}`),
      capabilities: {
        versions: [1],
        cipherSuites: [1],
        extensions: numbers(listed),
        proposals: numbers(listed),
        credentials: [1, ...numbers(listed)],
      },
      source: { kind: 'update' },
      extensions: [],
    },
    new Uint8Array(64),
  );
}

function treeOf(members: number, listed = 4): RatchetTree {
  const leaves = Array.from({ length: members }, (_, at) => leafNumber(at, listed));
  const [first, ...others] = leaves;
  assert.ok(first);
  return addLeaves(RatchetTree.ofOneLeaf(first), others).tree;
}

function addNumber(at: number): Proposal {
  const leafNode = leafNumber(10_000 + at);
  const none = new Uint8Array(0);
  const keyPackage = {
    ...{ version: 1, cipherSuite: 1, initKey: keyNumber(at), leafNode, extensions: [] },
    ...{ bytes: none, toBeSigned: none, signature: none },
  };
  return { kind: 'add', keyPackage };
}

async function foundedState(): Promise<GroupState> {
  return (await new Client('founder', environment('founder')).found()).state;
}

const eve = new Client('eve', environment('eve'));

async function keyPackageListing(count: number): Promise<Uint8Array> {
  const all = numbers(count);
  const capabilities = {
    versions: [1],
    cipherSuites: [1, ...all.slice(1)],
    extensions: all,
    proposals: all,
    credentials: [1, ...all.slice(1)],
  };
  const forged = await forgeKeyPackage(eve, await eve.keyPackage(), { leaf: { capabilities } });
  return encode(encodeKeyPackage, forged);
}

grows('key package with long capability lists, decoded', 1024, async (size) => {
  const bytes = await keyPackageListing(size);
  return () => decode(bytes, decodeKeyPackage);
});

grows('key package with long capability lists, verified', 256, async (size) => {
  const keyPackage = decode(await keyPackageListing(size), decodeKeyPackage);
  return () => verifyKeyPackage(env, keyPackage);
});

grows('capability lists of a few members, compared', 1024, (size) => {
  const tree = treeOf(8, size);
  return () => checkMembersFit(tree, []);
});

grows('members with capability lists, compared', 256, (size) => {
  const tree = treeOf(size, 64);
  return () => checkMembersFit(tree, []);
});

for (const kind of ['add', 'remove', 'psk', 'custom'] as const) {
  grows(`list of proposals of kind ${kind}, checked`, 512, (size) => {
    const tree = treeOf(size);
    const proposalOf = (at: number): Proposal => {
      if (kind === 'add') return addNumber(at);
      if (kind === 'remove') return { kind, removed: at };
      if (kind === 'custom') return { kind, type: 0x1001, data: keyNumber(at) };
      return { kind, id: { kind: 'external', id: keyNumber(at), nonce: new Uint8Array(32) } };
    };
    const sender = { kind: 'new_member_proposal' } as const;
    const proposed = Array.from({ length: size }, (_, at) => {
      return { proposal: proposalOf(at), sender, byReference: true };
    });
    const checks = { ...forSuite(env, 1) };
    const limits = { ...checks.limits, maxPsks: size };
    const committer = { kind: 'member', leafIndex: size } as const;
    const context = {
      ...{ version: 1, cipherSuite: 1, groupId: keyNumber(1), epoch: 1n },
      ...{ treeHash: keyNumber(1), confirmedTranscriptHash: keyNumber(1), extensions: [] },
    };
    return () => checkProposalList({ ...checks, limits }, { tree, context, proposed, committer });
  });
}

grows('additions, applied', 512, (size) => {
  const leaves = Array.from({ length: size }, (_, at) => leafNumber(at + 1));
  const node = { encryptionKey: keyNumber(9), parentHash: keyNumber(9), unmergedLeaves: [] };
  const small = treeOf(2).withPath(0, leafNumber(0), () => node);
  const wide = small.extended().withPath(0, leafNumber(0), () => node);
  return () => addLeaves(wide, leaves);
});

grows('waiting proposals of which none fits with another, selected', 256, async (size) => {
  const state = await foundedState();
  const pending = Array.from({ length: size }, (_, at) => ({
    reference: keyNumber(at),
    proposal: at % 2 === 0 ? addNumber(0) : addNumber(at),
    sender: { kind: 'new_member_proposal' } as const,
    byReference: true,
    authenticated: authenticatedStub,
  }));
  const groupEnv = forSuite(env, 1);
  return () => selectPending(groupEnv, state, { byValue: [], pending, leaf: undefined });
});

const authenticatedStub = {
  wireFormat: 1,
  contentBytes: new Uint8Array(0),
  auth: { signature: new Uint8Array(0), confirmationTag: undefined },
  content: {
    groupId: new Uint8Array(0),
    epoch: 0n,
    sender: { kind: 'new_member_proposal' },
    authenticatedData: new Uint8Array(0),
    body: { kind: 'application', data: new Uint8Array(0) },
  },
} as const;

grows('references of a commit, decoded and looked up', 4096, (size) => {
  const proposals = Array.from({ length: size }, (_, at) => {
    return { kind: 'reference', reference: keyNumber(at) } as const;
  });
  const bytes = encode(encodeCommit, { proposals, path: undefined });
  const sender = { kind: 'member', leafIndex: 0 } as never;
  const custom = decode(
    build((writer) => writer.u16(0xf000).vector(new Uint8Array(1))),
    decodeProposal,
  );
  const waiting = new Map(
    proposals.map(({ reference }) => [
      String.fromCharCode(...reference),
      { proposal: custom, sender, byReference: true },
    ]),
  );
  return () => resolveProposals(waiting, decode(bytes, decodeCommit), sender);
});

grows('keys that an attacker chose alike, compared', 2048, (size) => {
  const keys = Array.from({ length: size }, (_, at) => keyNumber(at));
  return () => {
    const known = new KeySet();
    for (const key of keys) assert.ok(known.add(key));
  };
});

grows('tree with unmerged leaves at every node, checked', 256, (size) => {
  const filled = treeOf(size);
  const ascending = Array.from({ length: size - 1 }, (_, at) => at + 1);
  const tree = filled.withPath(0, leafNumber(0), (_, index) => {
    const below = ascending.filter((leaf) => leaf * 2 <= 2 * index);
    return { encryptionKey: keyNumber(index), parentHash: keyNumber(1), unmergedLeaves: below };
  });
  const context = {
    ...{ version: 1, cipherSuite: 1, groupId: keyNumber(1), epoch: 1n },
    ...{ treeHash: treeHash(crypto, tree), confirmedTranscriptHash: keyNumber(1), extensions: [] },
  };
  return () => assert.rejects(checkTree(forSuite(env, 1), tree, context));
});

grows('joining a group with many unmerged leaves', 64, async (size) => {
  const [alice, bob] = await groupOf(['alice', 'bob']);
  assert.ok(alice && bob);
  await bob.hear((await alice.commit()).message);
  alice.accept();
  const guests = Array.from(
    { length: size },
    (_, at) => new Client(`g${at}`, environment(`g${at}`)),
  );
  const invitations = await Promise.all(guests.map((guest) => guest.keyPackage()));
  const output = await alice.commit({
    proposals: invitations.map(({ keyPackage }) => ({ kind: 'add', keyPackage })),
  });
  alice.accept();
  const tree = ratchetTreeOf(alice.state);
  const [guest] = guests;
  const [invitation] = invitations;
  assert.ok(guest && invitation);
  return async () => {
    decodeRatchetTree(tree, { maxLeaves: 4096 });
    const { initKey, ...secrets } = invitation.secrets;
    const privateKey = initKey.privateKey.slice();
    const fresh = { ...secrets, initKey: { ...initKey, privateKey } };
    await guest.join(output, { ...invitation, secrets: fresh });
  };
});

test('a list that is longer than any valid one is refused by the decoder', async () => {
  await assert.rejects(keyPackageListing(1025), { code: 'malformed' });
  const long = new Uint8Array(1 << 20).fill(3);
  const commit = encode(encodeCommit, {
    proposals: [{ kind: 'reference', reference: long }],
    path: undefined,
  });
  const sender = { kind: 'member', leafIndex: 0 } as never;
  const resolve = () => resolveProposals(new Map(), decode(commit, decodeCommit), sender);
  assert.throws(resolve, { code: 'commit-proposal-known' });
  assert.throws(() => decodeMessage(new Uint8Array(17 << 20)), { code: 'malformed' });
});
