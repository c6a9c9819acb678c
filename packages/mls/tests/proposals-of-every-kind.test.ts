import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  createKeyPackage,
  decodeMessage,
  exportGroupInfo,
  externalSendersExtension,
  joinExternally,
  joinGroup,
  propose,
  proposeExternally,
  proposeOwnAddition,
  proposeUpdate,
  requiredCapabilitiesExtension,
  resumptionPskOf,
} from '../src/index.ts';
import { authenticators, Client, environment, groupOf, named } from './members.ts';

async function four(): Promise<[Client, Client, Client, Client]> {
  const [alice, bob, carol, dave] = await groupOf(['alice', 'bob', 'carol', 'dave']);
  assert.ok(alice && bob && carol && dave);
  return [alice, bob, carol, dave];
}

async function groupInfoOf(client: Client) {
  const received = decodeMessage(
    await exportGroupInfo(client.env, client.state, { allowExternalCommits: true }),
  );
  assert.ok(received.kind === 'group_info');
  return received.groupInfo;
}

async function allHear(clients: readonly Client[], message: Uint8Array): Promise<void> {
  for (const client of clients) await client.hear(message);
}

test('proposals by reference of several members are committed together', async () => {
  const [alice, bob, carol, dave] = await four();
  const erin = new Client('erin', environment('erin'));
  const invitation = await erin.keyPackage();
  const { keyPackage } = invitation;
  const add = alice.stored(await propose(alice.env, alice.state, { kind: 'add', keyPackage }));
  await allHear([bob, carol, dave], add);
  const update = bob.stored(await proposeUpdate(bob.env, bob.state, { format: 'private' }));
  await allHear([alice, carol, dave], update);
  bob.restart();
  const removal = carol.stored(
    await propose(carol.env, carol.state, { kind: 'remove', removed: 3 }),
  );
  await allHear([alice, bob, dave], removal);
  const output = await carol.commit({ format: 'private' });
  carol.restart();
  await allHear([alice, bob, dave], output.message);
  carol.accept();
  await erin.join(output, invitation);
  assert.equal(dave.state.status.kind, 'removed');
  assert.equal(authenticators([alice, bob, carol, erin]).size, 1);
  assert.equal(await bob.hear(await erin.say('hi')), 'hi');
  assert.equal(await erin.hear(await bob.say('with new keys')), 'with new keys');
});

test('an outsider joins by external commit, and again in place of its lost leaf', async () => {
  const [alice, bob, carol, dave] = await four();
  const erin = new Client('erin', environment('erin'));
  const { cipherSuite: _, ...identity } = await erin.identity();
  const groupInfo = await groupInfoOf(alice);
  const commit = erin.stored(await joinExternally(erin.env, { ...identity, groupInfo }));
  await allHear([alice, bob, carol, dave], commit);
  assert.equal(authenticators([alice, bob, carol, dave, erin]).size, 1);
  assert.equal(await dave.hear(await erin.say('let in')), 'let in');

  const replaces = erin.state.epoch.own.leafIndex;
  const again = { ...identity, groupInfo: await groupInfoOf(bob), replaces };
  const resync = erin.stored(await joinExternally(erin.env, again));
  await allHear([alice, bob, carol, dave], resync);
  assert.equal(authenticators([alice, bob, carol, dave, erin]).size, 1);
  assert.equal(alice.state.epoch.tree.memberCount, 5);
});

test('a psk binds the epoch to those who know it', async () => {
  const secret = new Uint8Array(32).fill(5);
  const psks = { find: () => secret };
  const [alice, bob, carol] = await groupOf(['alice', 'bob', 'carol'], { env: { psks } });
  assert.ok(alice && bob && carol);
  Object.assign(carol, {
    env: { ...carol.env, psks: { find: () => secret.toReversed().fill(6) } },
  });
  const id = new Uint8Array([1]);
  const { message } = await alice.commit({
    proposals: [{ kind: 'psk', psk: { kind: 'external', id } }],
  });
  alice.accept();
  await bob.hear(message);
  assert.equal(authenticators([alice, bob]).size, 1);
  await assert.rejects(carol.hear(message), { code: 'commit-confirmation-tag' });
});

test('a resumption psk of an earlier epoch of the group', async () => {
  const [alice, bob] = await four();
  const { groupId, epoch } = alice.state.epoch.context;
  await bob.hear((await alice.commit()).message);
  alice.accept();
  const psk = { kind: 'resumption', usage: 'application', groupId, epoch } as const;
  const { message } = await alice.commit({ proposals: [{ kind: 'psk', psk }] });
  alice.accept();
  await bob.hear(message);
  assert.equal(authenticators([alice, bob]).size, 1);
});

test('a reinit ends the group, and its members go on in the announced one', async () => {
  const [alice, bob, carol, dave] = await four();
  const groupId = new Uint8Array([7]);
  const reinit = { groupId, version: 1, cipherSuite: 1, extensions: [] };
  const { message } = await alice.commit({ proposals: [{ kind: 'reinit', reinit }] });
  alice.accept();
  await allHear([bob, carol, dave], message);
  await assert.rejects(alice.say('too late'), { code: 'group-not-active' });
  bob.restart();
  assert.deepEqual(bob.state.status, { kind: 'reinitialized', reinit });

  const resumption = resumptionPskOf(alice.state);
  const founder = new Client('alice', { ...alice.env, psks: { find: () => resumption } });
  await founder.found({ groupId });
  const invitation = await bob.keyPackage();
  const { context } = alice.state.epoch;
  const psk = {
    kind: 'resumption',
    usage: 'reinit',
    groupId: context.groupId,
    epoch: context.epoch,
  } as const;
  const { welcome } = await founder.commit({
    proposals: [
      { kind: 'add', keyPackage: invitation.keyPackage },
      { kind: 'psk', psk },
    ],
  });
  founder.accept();
  assert.ok(welcome);
  const { keyPackage, secrets } = invitation;
  const continues = bob.state;
  const joined = await joinGroup(bob.env, {
    welcome,
    keyPackage,
    secrets,
    continues,
    claim: () => true,
  });
  bob.state = joined.state;
  assert.equal(authenticators([founder, bob]).size, 1);
});

test('group extensions, required capabilities and custom proposals', async () => {
  const capabilities = {
    versions: [1],
    cipherSuites: [1],
    extensions: [0xff01],
    proposals: [0xff02],
    credentials: [1],
  };
  const founding = { capabilities };
  const [alice] = await groupOf(['alice'], { founding });
  assert.ok(alice);
  const bob = new Client('bob', environment('bob'));
  const invitation = await bob.keyPackage({ capabilities });
  const output = await alice.commit({
    proposals: [
      { kind: 'add', keyPackage: invitation.keyPackage },
      {
        kind: 'group_context_extensions',
        extensions: [
          { type: 0xff01, data: new Uint8Array([9]) },
          requiredCapabilitiesExtension({
            extensionTypes: [0xff01],
            proposalTypes: [0xff02],
            credentialTypes: [1],
          }),
        ],
      },
    ],
  });
  alice.accept();
  await bob.join(output, invitation);
  assert.equal(bob.state.epoch.context.extensions.length, 2);
  const data = new Uint8Array([1, 2, 3]);
  const custom = await bob.commit({ proposals: [{ kind: 'custom', type: 0xff02, data }] });
  await alice.hear(custom.message);
  bob.accept();
  assert.equal(authenticators([alice, bob]).size, 1);
});

test('external senders and newcomers propose; a member commits', async () => {
  const service = new Client('service', environment('service'));
  const { signatureKey } = await service.identity();
  const [alice, bob, carol] = await groupOf(['alice', 'bob', 'carol'], {
    founding: {
      groupExtensions: [
        externalSendersExtension([
          { signatureKey: signatureKey.publicKey, credential: named('service') },
        ]),
      ],
    },
  });
  assert.ok(alice && bob && carol);
  const { groupId, epoch } = alice.state.epoch.context;
  const target = { cipherSuite: 1, groupId, epoch };
  const removal = await proposeExternally(service.env, {
    ...target,
    proposal: { kind: 'remove', removed: 2 },
    senderIndex: 0,
    signaturePrivateKey: signatureKey.privateKey,
  });
  const erin = new Client('erin', environment('erin'));
  const created = await createKeyPackage(erin.env, await erin.identity());
  const addition = await proposeOwnAddition(erin.env, {
    ...target,
    keyPackage: created.keyPackage,
    signaturePrivateKey: created.secrets.signaturePrivateKey,
  });
  for (const message of [removal, addition]) await allHear([alice, bob, carol], message);
  const output = await bob.commit();
  await allHear([alice, carol], output.message);
  bob.accept();
  await erin.join(output, created);
  assert.equal(authenticators([alice, bob, erin]).size, 1);
  assert.equal(carol.state.status.kind, 'removed');
});
