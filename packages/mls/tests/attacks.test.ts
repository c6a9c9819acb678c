import assert from 'node:assert/strict';
import { test } from 'node:test';
import { wireFormat } from '../src/framing/content.ts';
import {
  type CommitRequest,
  decodeMessage,
  encodeMessage,
  exportGroupInfo,
  joinExternally,
  joinGroup,
  MlsError,
  ratchetTreeOf,
  receive,
  restoreState,
  snapshotState,
} from '../src/index.ts';
import { sealPrivate } from '../src/protection/private-content.ts';
import { signContent } from '../src/protection/sign-content.ts';
import type { RatchetTree } from '../src/tree/ratchet-tree.ts';
import { leafIndex } from '../src/tree/tree-math.ts';
import {
  commitIn,
  cryptoOf,
  flipped,
  forgePublic,
  forgeTreeInfo,
  hear,
  joinByInfo,
} from './checks/forge.ts';
import { forgeUnequalPath } from './checks/forge-path-secrets.ts';
import { situation } from './checks/situation.ts';
import { epochWithoutPath } from './fuzz/attack.ts';
import { authenticators, Client, environment } from './members.ts';

function indexOf(client: Client): number {
  return client.state.epoch.own.leafIndex;
}

function authenticatorOf(client: Client): Uint8Array {
  return client.state.epoch.secrets.authenticator.slice();
}

/** Everything a state says about itself, to see that a refused message changed nothing. */
function fingerprint(client: Client): string {
  return Buffer.from(snapshotState(client.env, client.state).head).toString('hex');
}

async function groupInfoOf(client: Client) {
  const options = { allowExternalCommits: true };
  const decoded = decodeMessage(await exportGroupInfo(client.env, client.state, options));
  assert.ok(decoded.kind === 'group_info');
  return decoded.groupInfo;
}

test('removed member: reads nothing of the next epoch with any state it ever had', async () => {
  const { alice, bob, mallory } = await situation();
  const before = bob.state;
  const init = before.epoch.secrets.init.slice();
  const proposals = [{ kind: 'remove', removed: indexOf(bob) }] as const;
  const { message } = await alice.commit({ proposals });
  alice.accept();
  await mallory.hear(message);
  const secret = await mallory.say('without bob');
  assert.equal(await alice.hear(secret), 'without bob');
  const frozen = snapshotState(bob.env, before);
  await bob.hear(message);
  assert.equal(bob.state.status.kind, 'removed');
  await assert.rejects(hear(bob, secret), { code: 'message-epoch' });
  await assert.rejects(bob.say('from the grave'), { code: 'group-not-active' });
  const { state } = restoreState(bob.env, { head: frozen.head, treeBytes: frozen.tree.bytes });
  await assert.rejects(receive(bob.env, state, decodeMessage(secret)), { code: 'message-epoch' });
  const transition = { message, before: state, after: alice.state, psks: [] };
  assert.notDeepEqual(
    epochWithoutPath(cryptoOf(bob), init, transition),
    authenticatorOf(alice),
    'the commit secret is not nothing',
  );
});

function removeOf(leaf: number) {
  return { body: { kind: 'proposal', proposal: { kind: 'remove', removed: leaf } } } as const;
}

test('replay: a message, a proposal or a commit counts once', async () => {
  const { alice, bob, mallory } = await situation();
  const message = await mallory.say('once');
  await bob.hear(message);
  await assert.rejects(hear(bob, message), { code: 'private-generation-window' });
  const { message: commit } = await alice.commit();
  await bob.hear(commit);
  await assert.rejects(hear(bob, commit), { code: 'message-epoch' });
  const proposal = await forgePublic(mallory, removeOf(0));
  await assert.rejects(hear(bob, proposal), { code: 'message-epoch' });
});

test('reordering across epochs: late messages within the window, then none; never early ones', async () => {
  const { alice, bob, mallory } = await situation();
  const late = [await mallory.say('1'), await mallory.say('2')] as const;
  for (let epoch = 0; epoch < 3; epoch++) {
    const { message } = await alice.commit();
    alice.accept();
    const next = await alice.say('early');
    await assert.rejects(hear(bob, next), { code: 'message-epoch' });
    await bob.hear(message);
  }
  assert.equal(await bob.hear(late[1]), '2');
  await bob.hear((await alice.commit()).message);
  await assert.rejects(hear(bob, late[0]), { code: 'message-epoch' });
});

test('forged sender leaf: a member cannot speak as another, in the open or encrypted', async () => {
  const { alice, bob, mallory } = await situation();
  const sender = { kind: 'member', leafIndex: leafIndex(indexOf(alice)) } as const;
  const open = await forgePublic(mallory, { ...removeOf(3), sender });
  await assert.rejects(hear(bob, open), { code: 'message-signature' });
  const { context, contextBytes, own, secrets, secretTree } = mallory.state.epoch;
  const authenticated = await signContent(cryptoOf(mallory), {
    wireFormat: wireFormat.privateMessage,
    content: {
      groupId: context.groupId,
      epoch: context.epoch,
      sender,
      authenticatedData: new Uint8Array(0),
      body: { kind: 'application', data: Uint8Array.of(1) },
    },
    contextBytes,
    signaturePrivateKey: own.signaturePrivateKey,
  });
  const input = {
    authenticated,
    leafIndex: indexOf(alice),
    paddingBytes: 0,
    secrets: { senderData: secrets.senderData, secretTree },
  };
  const sealed = await sealPrivate(cryptoOf(mallory), input, mallory.env.random);
  const encrypted = encodeMessage({ kind: 'private', message: sealed.message });
  await assert.rejects(hear(bob, encrypted), { code: 'message-signature' });
  assert.equal(await bob.hear(await alice.say('the real one')), 'the real one');
});

test('tampered tree: no changed byte of a separate tree lets a joiner in', async () => {
  const { alice, eve } = await situation();
  const made = await eve.keyPackage();
  const proposals = [{ kind: 'add', keyPackage: made.keyPackage }] as const;
  const { welcome } = await alice.commit({ proposals, groupInfo: { includeTree: false } });
  alice.accept();
  assert.ok(welcome);
  const tree = ratchetTreeOf(alice.state);
  const { keyPackage, secrets } = made;
  const request = { welcome, keyPackage, secrets, claim: () => true };
  for (let at = 0; at < tree.length; at += 13) {
    const ratchetTree = flipped(tree, at);
    const joining = joinGroup(eve.env, { ...request, ratchetTree });
    await assert.rejects(joining, MlsError, `byte ${at}`);
  }
  const joined = await joinGroup(eve.env, { ...request, ratchetTree: tree });
  assert.deepEqual(joined.state.epoch.secrets.authenticator, authenticatorOf(alice));
});

test('tampered messages: no changed byte of a commit, proposal or message is accepted', async () => {
  const { alice, bob, mallory } = await situation();
  const messages = [
    await mallory.say('words'),
    await forgePublic(mallory, removeOf(0)),
    (await alice.commit({ proposals: [{ kind: 'remove', removed: indexOf(mallory) }] })).message,
  ];
  const unchanged = fingerprint(bob);
  for (const message of messages) {
    for (let at = 0; at < message.length; at += message.length > 400 ? 7 : 1) {
      await assert.rejects(async () => hear(bob, flipped(message, at)), MlsError, `byte ${at}`);
    }
    assert.equal(fingerprint(bob), unchanged, 'a refused message changes nothing');
  }
  for (const message of messages) await bob.hear(message);
});

test('unmerged-leaf tricks: a tree that hides or invents unmerged leaves is refused', async () => {
  const { alice, bob, mallory, eve } = await situation();
  const members = [alice, bob, mallory];
  // A leaf in the right half, a path that fills the root, then a leaf that is unmerged there.
  for (const guest of ['first', 'second']) {
    const { keyPackage } = await new Client(guest, environment(guest)).keyPackage();
    await commitTo(alice, members, { proposals: [{ kind: 'add', keyPackage }] });
    if (guest === 'first') await commitTo(mallory, members, {});
  }
  const { tree } = mallory.state.epoch;
  const variants: readonly ((unmerged: readonly number[]) => readonly number[])[] = [
    () => [],
    (unmerged) => [2, ...unmerged],
    (unmerged) => [...unmerged, 2],
    (unmerged) => [...unmerged, ...unmerged],
    (unmerged) => [...unmerged, 6],
  ];
  for (const [position, change] of variants.entries()) {
    const joining = joinByInfo(eve, await forgeTreeInfo(mallory, withUnmerged(tree, change)));
    await assert.rejects(joining, MlsError, `variant ${position}`);
  }
  await joinByInfo(
    eve,
    await forgeTreeInfo(
      mallory,
      withUnmerged(tree, (same) => same),
    ),
  );
});

async function commitTo(
  committer: Client,
  members: readonly Client[],
  request: CommitRequest,
): Promise<void> {
  const { message } = await committer.commit(request);
  committer.accept();
  for (const member of members) if (member !== committer) await member.hear(message);
}

/** Changes the unmerged leaves of every node that has some. */
function withUnmerged(
  tree: RatchetTree,
  change: (unmerged: readonly number[]) => readonly number[],
): RatchetTree {
  const newest = [...tree.members()].at(-1);
  assert.ok(newest);
  let changed = 0;
  const result = tree.withPath(newest.index, newest.leaf, (node) => {
    if (node === undefined || node.unmergedLeaves.length === 0) return node;
    changed++;
    return { ...node, unmergedLeaves: [...change(node.unmergedLeaves)] };
  });
  assert.ok(changed > 0, 'the tree has unmerged leaves');
  return result;
}

test('reused key package: the second welcome to it opens nothing, and the second leaf is refused', async () => {
  const { alice, bob, eve } = await situation();
  const made = await eve.keyPackage();
  const proposals = [{ kind: 'add', keyPackage: made.keyPackage }] as const;
  const first = await alice.commit({ proposals });
  alice.accept();
  await bob.hear(first.message);
  await eve.join(first, made);
  await assert.rejects(eve.join(first, made), MlsError, 'the init key is gone');
  await assert.rejects(bob.commit({ proposals }), { code: 'add-already-member' });
});

test('different path secrets: the one who is lied to refuses and comes back by itself', async () => {
  const { alice, bob, mallory } = await situation();
  // Nothing lies between Alice, Bob and the root: each has a ciphertext of its own there.
  const lie = await forgeUnequalPath(mallory, indexOf(bob));
  await alice.hear(lie);
  assert.equal(authenticators([alice, mallory]).size, 1);
  const unchanged = fingerprint(bob);
  await assert.rejects(hear(bob, lie), { code: 'decryption-failed' });
  assert.equal(fingerprint(bob), unchanged);
  const replaces = indexOf(bob);
  const request = { ...(await bob.identity()), groupInfo: await groupInfoOf(alice), replaces };
  const commit = bob.stored(await joinExternally(bob.env, request));
  for (const member of [alice, mallory]) await member.hear(commit);
  assert.equal(authenticators([alice, bob, mallory]).size, 1);
});

test('a commit that won and is rejected: the others commit its author away from where they were', async () => {
  const { alice, bob, mallory } = await situation();
  const { message } = await mallory.commit();
  const { commit, confirmationTag } = commitIn(message);
  const bad = await forgePublic(mallory, {
    body: { kind: 'commit', commit },
    confirmationTag: flipped(confirmationTag),
  });
  for (const member of [alice, bob]) {
    await assert.rejects(hear(member, bad), { code: 'commit-confirmation-tag' });
  }
  const proposals = [{ kind: 'remove', removed: indexOf(mallory) }] as const;
  const removal = await alice.commit({ proposals });
  alice.accept();
  await bob.hear(removal.message);
  assert.equal(authenticators([alice, bob]).size, 1);
  assert.equal(await bob.hear(await alice.say('on we go')), 'on we go');
});

test('lost state: a member replaces its own leaf by external commit and the old one is dead', async () => {
  const { alice, bob, mallory } = await situation();
  const replaces = indexOf(bob);
  const old = bob.state;
  const request = { ...(await bob.identity()), groupInfo: await groupInfoOf(alice), replaces };
  const commit = bob.stored(await joinExternally(bob.env, request));
  for (const member of [alice, mallory]) await member.hear(commit);
  assert.equal(authenticators([alice, bob, mallory]).size, 1);
  const secret = await alice.say('to the new bob');
  assert.equal(await bob.hear(secret), 'to the new bob');
  await assert.rejects(receive(bob.env, old, decodeMessage(secret)), { code: 'message-epoch' });
});

test('clone of a state: of two that would send with one key, the second is refused', async () => {
  const { bob } = await situation();
  const clone = bob.state;
  await bob.say('first');
  bob.state = clone;
  await assert.rejects(bob.say('second'), { code: 'state-superseded' });
});

test('rollback of a state: what was sent is released only against proof of a state that knows it', async () => {
  const { encryptApplication } = await import('../src/index.ts');
  const { bob } = await situation();
  const stale = snapshotState(bob.env, bob.state);
  const send = await encryptApplication(bob.env, bob.state, { data: Uint8Array.of(1) });
  assert.throws(() => send.release(stale.confirmStored()), { code: 'state-not-stored' });
  const fresh = snapshotState(bob.env, send.state);
  assert.ok(send.release(fresh.confirmStored()).length > 0);
});
