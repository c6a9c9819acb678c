import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  decodeMessage,
  type Environment,
  encryptApplication,
  exportGroupInfo,
  exportSecret,
  type GroupState,
  joinExternally,
  joinGroup,
  type KeyPackageUse,
  type KeyPair,
  mergeCommit,
  receive,
  restoreKeyPackage,
  type SuiteCrypto,
  serializeKeyPackage,
  snapshotState,
} from '../src/index.ts';
import {
  applyPublicCommit,
  followGroup,
  restorePublicGroup,
  serializePublicGroup,
  verifyPublicCommit,
} from '../src/public/index.ts';
import { Client, environment, groupOf } from './members.ts';

async function four() {
  const [alice, bob, carol, dave] = await groupOf(['alice', 'bob', 'carol', 'dave']);
  assert.ok(alice && bob && carol && dave);
  return { alice, bob, carol, dave };
}

async function staged(client: Client, state: GroupState, message: Uint8Array) {
  const received = await receive(client.env, state, decodeMessage(message));
  assert.ok(received.kind === 'commit');
  return received.commit;
}

const data = Uint8Array.of(1);

test('a commit that is processed twice gives states that cannot both encrypt', async () => {
  const { alice, bob } = await four();
  const { message } = await alice.commit();
  const enter = async (): Promise<GroupState> =>
    mergeCommit(bob.env, bob.state, await staged(bob, bob.state, message)).state;
  const [first, second] = [await enter(), await enter()];
  await encryptApplication(bob.env, first, { data });
  await assert.rejects(encryptApplication(bob.env, second, { data }), { code: 'state-superseded' });
});

test('a commit processed from two states of one epoch: the next epochs share what they may send', async () => {
  const { alice, bob, carol } = await four();
  const earlier = bob.state;
  await bob.say('moves on');
  const { message } = await alice.commit();
  const enter = async (state: GroupState): Promise<GroupState> =>
    mergeCommit(bob.env, state, await staged(bob, state, message)).state;
  const [late, early] = [await enter(bob.state), await enter(earlier)];
  const { message: next } = await carol.hear(message).then(() => carol.commit());
  const [lateNext, earlyNext] = [
    mergeCommit(bob.env, late, await staged(bob, late, next)).state,
    mergeCommit(bob.env, early, await staged(bob, early, next)).state,
  ];
  await encryptApplication(bob.env, earlyNext, { data });
  await assert.rejects(encryptApplication(bob.env, lateNext, { data }), {
    code: 'state-superseded',
  });
});

test('one stored key package is joined with once, also by two joins at the same time', async () => {
  const { alice } = await four();
  const eve = new Client('eve', environment('eve'));
  const made = await eve.keyPackage();
  const { welcome } = await alice.commit({
    proposals: [{ kind: 'add', keyPackage: made.keyPackage }],
  });
  assert.ok(welcome);
  const stored = new Map([
    [Buffer.from(made.reference).toString('hex'), serializeKeyPackage(made)],
  ]);
  const bytes = [...stored.values()][0];
  assert.ok(bytes);
  const claim = ({ reference, state }: KeyPackageUse): boolean => {
    assert.ok(snapshotState(eve.env, state).head.length > 0, 'the state can be stored with it');
    return stored.delete(Buffer.from(reference).toString('hex'));
  };
  const join = () => joinGroup(eve.env, { welcome, ...restoreKeyPackage(eve.env, bytes), claim });
  const outcomes = await Promise.allSettled([join(), join()]);
  assert.deepEqual(outcomes.map(({ status }) => status).sort(), ['fulfilled', 'rejected']);
  await assert.rejects(join(), { code: 'key-package-used' });
});

test('a welcome that does not hold claims no key package', async () => {
  const { alice } = await four();
  const eve = new Client('eve', environment('eve'));
  const made = await eve.keyPackage();
  const { welcome } = await alice.commit({
    proposals: [{ kind: 'add', keyPackage: made.keyPackage }],
  });
  assert.ok(welcome);
  const encryptedGroupInfo = welcome.encryptedGroupInfo.map((byte, at) =>
    at === 9 ? ~byte : byte,
  );
  let claims = 0;
  const claim = (): boolean => ++claims > 0;
  const { keyPackage, secrets } = made;
  const bad = { welcome: { ...welcome, encryptedGroupInfo }, keyPackage, secrets, claim };
  await assert.rejects(joinGroup(eve.env, bad), { code: 'decryption-failed' });
  assert.equal(claims, 0);
  await joinGroup(eve.env, { ...bad, welcome });
  assert.equal(claims, 1);
  await assert.rejects(joinGroup(eve.env, { ...bad, welcome }), { code: 'key-package-used' });
});

test('a staged commit is merged only into the epoch, group and member that staged it', async () => {
  const { alice, bob, carol } = await four();
  const { message } = await alice.commit();
  const commit = await staged(bob, bob.state, message);
  const [other] = await groupOf(['alice', 'bob'], { founding: { groupId: Uint8Array.of(9) } });
  assert.ok(other);
  for (const state of [carol.state, other.state]) {
    assert.throws(() => mergeCommit(bob.env, state, commit), { code: 'commit-of-another-epoch' });
  }
  bob.restart();
  assert.equal(mergeCommit(bob.env, bob.state, commit).state.epoch.context.epoch, 2n);
});

test('a commit checked for one branch of a followed group is not applied to another', async () => {
  const { alice, bob } = await four();
  const info = decodeMessage(await exportGroupInfo(alice.env, alice.state, { includeTree: true }));
  assert.ok(info.kind === 'group_info');
  const start = await followGroup(alice.env, info.groupInfo);
  const follow = async (group: typeof start, message: Uint8Array) =>
    verifyPublicCommit(alice.env, group, decodeMessage(message));
  const byAlice = applyPublicCommit(start, await follow(start, (await alice.commit()).message));
  const byBob = applyPublicCommit(start, await follow(start, (await bob.commit()).message));
  alice.accept();
  const next = await follow(byAlice, (await alice.commit()).message);
  assert.throws(() => applyPublicCommit(byBob, next), { code: 'commit-of-another-epoch' });
  assert.equal(applyPublicCommit(byAlice, next).context.epoch, 3n);
});

test('a followed group is restored only with the tree of its epoch', async () => {
  const { alice } = await four();
  const info = decodeMessage(await exportGroupInfo(alice.env, alice.state, { includeTree: true }));
  assert.ok(info.kind === 'group_info');
  const before = await followGroup(alice.env, info.groupInfo);
  const { message } = await alice.commit();
  const commit = await verifyPublicCommit(alice.env, before, decodeMessage(message));
  const stored = serializePublicGroup(applyPublicCommit(before, commit));
  const { tree } = serializePublicGroup(before);
  assert.throws(() => restorePublicGroup(alice.env, { ...stored, tree }), { code: 'malformed' });
  assert.equal(restorePublicGroup(alice.env, stored).context.epoch, 2n);
});

test('a resync must not keep the encryption key of the leaf that it replaces', async () => {
  const { alice, bob } = await four();
  const info = decodeMessage(
    await exportGroupInfo(alice.env, alice.state, { allowExternalCommits: true }),
  );
  assert.ok(info.kind === 'group_info');
  const { leafIndex, leafKey } = bob.state.epoch.own;
  const { cipherSuite: _, ...identity } = await bob.identity();
  const request = { ...identity, groupInfo: info.groupInfo, replaces: leafIndex };
  const commit = bob.stored(await joinExternally(withFixedLeafKey(bob.env, leafKey), request));
  await assert.rejects(alice.hear(commit), { code: 'leaf-key-changed' });
});

/** An environment in which each new leaf gets the same key pair. */
function withFixedLeafKey(env: Environment, { publicKey, privateKey }: KeyPair): Environment {
  const suite = (id: number): SuiteCrypto =>
    new Proxy(env.provider.suite(id), {
      get(target, name) {
        if (name === 'generateKemKeyPair') {
          return () => ({ publicKey: publicKey.slice(), privateKey: privateKey.slice() });
        }
        const value: unknown = Reflect.get(target, name);
        return typeof value === 'function' ? value.bind(target) : value;
      },
    });
  const { name, supportedSuites } = env.provider;
  return { ...env, provider: { name, supportedSuites, suite } };
}

test('exporter labels are ASCII: others are refused, so that no two are taken for one', async () => {
  const { alice } = await four();
  const exported = (label: string) =>
    exportSecret(alice.env, alice.state, { label, context: data, length: 32 });
  assert.equal(exported('A').length, 32);
  for (const label of ['Ł', 'é', 'A\u0300', '\u{1F511}', '\ud800', '\u0080']) {
    assert.throws(() => exported(label), { code: 'label-not-ascii' });
  }
});

test('where handshakes must be public, none is made or read encrypted', async () => {
  const [alice, bob] = await groupOf(['alice', 'bob'], { env: { privateHandshakes: 'refused' } });
  assert.ok(alice && bob);
  await assert.rejects(alice.commit({ format: 'private' }), { code: 'private-handshake' });
  const lax = new Client('alice', { ...alice.env, privateHandshakes: 'allowed' });
  lax.state = alice.state;
  const { message } = await lax.commit({ format: 'private' });
  await assert.rejects(bob.hear(message), { code: 'handshake-public' });
  assert.equal(await bob.hear(await lax.say('messages stay private')), 'messages stay private');
});
