import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  acceptPendingCommit,
  createCommit,
  decodeMessage,
  dropPendingCommit,
  encryptApplication,
  isPendingCommit,
  mergeCommit,
  type ProposalRequest,
  propose,
  proposeUpdate,
  rebase,
  receive,
  snapshotState,
} from '../src/index.ts';
import { authenticators, Client, environment, groupOf } from './members.ts';

async function three(env: object = {}): Promise<[Client, Client, Client]> {
  const [alice, bob, carol] = await groupOf(['alice', 'bob', 'carol'], { env });
  assert.ok(alice && bob && carol);
  return [alice, bob, carol];
}

const hello = { data: new Uint8Array([1]) };

test('nothing comes out before the state that knows of it is stored', async () => {
  const [alice, bob] = await three();
  const before = snapshotState(alice.env, alice.state).confirmStored();
  const send = await encryptApplication(alice.env, alice.state, hello);
  assert.throws(() => send.release(before), { code: 'state-not-stored' });
  const foreign = snapshotState(bob.env, bob.state).confirmStored();
  assert.throws(() => send.release(foreign), { code: 'state-not-stored' });
  const later = await encryptApplication(alice.env, send.state, hello);
  const stored = snapshotState(alice.env, later.state).confirmStored();
  assert.throws(() => later.release(before), { code: 'state-not-stored' });
  assert.ok(later.release(stored).length > 0);
  assert.ok(send.release(stored).length > 0);
});

test('one state sends once: no key and nonce is used for two messages', async () => {
  const [alice, bob] = await three();
  const heard = await bob.say('x');
  const { state: copy } = await receive(alice.env, alice.state, decodeMessage(heard));
  await encryptApplication(alice.env, alice.state, hello);
  await assert.rejects(encryptApplication(alice.env, alice.state, hello), {
    code: 'state-superseded',
  });
  await assert.rejects(encryptApplication(alice.env, copy, hello), { code: 'state-superseded' });
  await assert.rejects(createCommit(alice.env, copy), { code: 'state-superseded' });
});

test('a state merged twice still sends once', async () => {
  const [alice, bob] = await three();
  const { message } = await bob.commit();
  const received = await receive(alice.env, alice.state, decodeMessage(message));
  assert.ok(received.kind === 'commit');
  const one = mergeCommit(alice.env, alice.state, received.commit).state;
  const two = mergeCommit(alice.env, alice.state, received.commit).state;
  await encryptApplication(alice.env, one, hello);
  await assert.rejects(encryptApplication(alice.env, two, hello), { code: 'state-superseded' });
});

test('a failed encryption leaves the state able to send', async () => {
  const [alice] = await three();
  const broken = { ...alice.env, limits: { maxMessageBytes: 0 } };
  await assert.rejects(encryptApplication(broken, alice.state, hello), { code: 'too-large' });
  assert.ok(await encryptApplication(alice.env, alice.state, hello));
});

test('a commit that loses the race is rebased on the winner', async () => {
  const [alice, bob, carol] = await three();
  const dave = new Client('dave', environment('dave'));
  const erin = new Client('erin', environment('erin'));
  const daves = await dave.keyPackage();
  const erins = await erin.keyPackage();
  const add = (keyPackage: typeof daves.keyPackage) => ({ kind: 'add', keyPackage }) as const;
  const remove = { kind: 'remove', removed: 2 } as const;

  const before = alice.state;
  await alice.commit({ proposals: [add(daves.keyPackage), add(erins.keyPackage), remove] });
  alice.restart();
  const winner = await bob.commit({ proposals: [add(daves.keyPackage), remove] });
  bob.accept();
  const received = await receive(alice.env, alice.state, decodeMessage(winner.message));
  assert.ok(received.kind === 'commit');
  const merged = mergeCommit(alice.env, alice.state, received.commit);
  alice.state = merged.state;
  assert.equal(alice.state.pendingCommit, undefined);
  await carol.hear(winner.message);

  const again = rebase(merged.superseded, before, alice.state);
  assert.deepEqual(
    again.map((request) => request.kind),
    ['add'],
  );
  const output = await alice.commit({ proposals: again });
  await bob.hear(output.message);
  alice.accept();
  await erin.join(output, erins);
  await dave.join(winner, daves);
  await dave.hear(output.message);
  assert.equal(authenticators([alice, bob, dave, erin]).size, 1);
});

test('a refused commit is dropped and the epoch goes on', async () => {
  const [alice, bob] = await three();
  await alice.commit();
  await assert.rejects(createCommit(alice.env, alice.state), { code: 'commit-pending' });
  assert.equal(await bob.hear(await alice.say('meanwhile')), 'meanwhile');
  const dropped = dropPendingCommit(alice.state);
  dropped.retired.erase();
  alice.state = dropped.state;
  assert.throws(() => acceptPendingCommit(alice.env, alice.state), { code: 'no-commit-pending' });
  const { message } = await alice.commit();
  assert.ok(isPendingCommit(alice.state, message));
  await bob.hear(message);
  alice.accept();
  assert.equal(authenticators([alice, bob]).size, 1);
});

test('a commit is not merged into another epoch', async () => {
  const [alice, bob] = await three();
  const { message } = await bob.commit();
  const received = await receive(alice.env, alice.state, decodeMessage(message));
  assert.ok(received.kind === 'commit');
  const merged = mergeCommit(alice.env, alice.state, received.commit);
  assert.throws(() => mergeCommit(alice.env, merged.state, received.commit), {
    code: 'commit-of-another-epoch',
  });
});

test('messages may come late, in any order, and once', async () => {
  const [alice, bob] = await three();
  const sent: Uint8Array[] = [];
  for (const text of ['a', 'b', 'c', 'd']) sent.push(await alice.say(text));
  const [a, b, c, d] = sent;
  assert.ok(a && b && c && d);
  assert.equal(await bob.hear(d), 'd');
  bob.restart();
  assert.equal(await bob.hear(b), 'b');
  await bob.hear((await alice.commit()).message);
  alice.accept();
  bob.restart();
  assert.equal(await bob.hear(a), 'a');
  assert.equal(await bob.hear(c), 'c');
  await assert.rejects(bob.hear(c), { code: 'private-generation-window' });
});

test('the window of skipped messages and of past epochs is bounded', async () => {
  const limits = { maxForwardGenerations: 3, maxSkippedKeys: 2, maxPastEpochs: 1 };
  const [alice, bob] = await three({ limits });
  const sent: Uint8Array[] = [];
  for (let i = 0; i < 6; i++) sent.push(await alice.say(`${i}`));
  const [zero, one, , three_, , five] = sent;
  assert.ok(zero && one && three_ && five);
  await assert.rejects(bob.hear(five), { code: 'private-generation-window' });
  assert.equal(await bob.hear(three_), '3');
  await assert.rejects(bob.hear(zero), { code: 'private-generation-window' });
  for (let i = 0; i < 2; i++) {
    await bob.hear((await alice.commit()).message);
    alice.accept();
  }
  await assert.rejects(bob.hear(one), { code: 'message-epoch' });
});

test('retired secrets are overwritten, and those still needed are not', async () => {
  const [alice, bob] = await three();
  const { init, exporter } = alice.state.epoch.secrets;
  const { leafKey } = alice.state.epoch.own;
  const { message } = await alice.commit();
  alice.accept();
  for (const secret of [init, exporter, leafKey.privateKey]) {
    assert.ok(secret.every((byte) => byte === 0));
  }
  await bob.hear(message);
  assert.equal(await bob.hear(await alice.say('still here')), 'still here');
});

test('a tampered message uses up no key', async () => {
  const [alice, bob] = await three();
  const message = await alice.say('whole');
  const tampered = message.slice();
  tampered[tampered.length - 1] = (tampered.at(-1) ?? 0) ^ 1;
  await assert.rejects(bob.hear(tampered), { code: 'decryption-failed' });
  assert.equal(await bob.hear(message), 'whole');
});

test('a proposal that cannot be committed stops nobody', async () => {
  const [alice, bob, carol] = await three();
  const unknown = { kind: 'external', id: new Uint8Array([1]) } as const;
  const unsupported = { type: 0xff01, data: new Uint8Array([1]) };
  const bad: ProposalRequest[] = [
    { kind: 'psk', psk: unknown },
    { kind: 'group_context_extensions', extensions: [unsupported] },
    { kind: 'custom', ...unsupported },
  ];
  for (const proposal of bad) {
    const message = carol.stored(await propose(carol.env, carol.state, proposal));
    for (const other of [alice, bob]) await other.hear(message);
  }
  const good = carol.stored(await proposeUpdate(carol.env, carol.state));
  for (const other of [alice, bob]) await other.hear(good);
  assert.equal(alice.state.proposals.size, 4);
  const { message } = await alice.commit();
  alice.accept();
  for (const other of [bob, carol]) await other.hear(message);
  assert.equal(authenticators([alice, bob, carol]).size, 1);
  const received = decodeMessage(message);
  assert.ok(received.kind === 'public');
  const { body } = received.message.authenticated.content;
  assert.ok(body.kind === 'commit');
  assert.equal(body.commit.proposals.length, 1, 'only the update was committed');
});

test('padded messages of different lengths have one length', async () => {
  const [alice, bob] = await three();
  const lengths = new Set<number>();
  for (const size of [0, 1, 62, 63, 64, 120]) {
    const data = new Uint8Array(size);
    const message = { data, paddingBlockBytes: 128 };
    const bytes = alice.stored(await encryptApplication(alice.env, alice.state, message));
    lengths.add(bytes.length);
    const received = await receive(bob.env, bob.state, decodeMessage(bytes));
    assert.ok(received.kind === 'application');
    bob.state = received.state;
    assert.equal(received.data.length, size);
  }
  assert.equal(lengths.size, 1);
});
