import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  type CommitRequest,
  decodeMessage,
  type Environment,
  exportGroupInfo,
  MlsError,
  type ProposalRequest,
  propose,
  proposeUpdate,
  receive,
  requiredCapabilitiesExtension,
} from '../src/index.ts';
import type { Proposal } from '../src/proposals/proposal.ts';
import { followGroup, receivePublicProposal, verifyPublicCommit } from '../src/public/index.ts';
import { commitBody, commitIn, forgeKeyPackage, forgePublic } from './checks/forge.ts';
import { Dice } from './fuzz/dice.ts';
import { authenticators, Client, environment, groupOf, named, now } from './members.ts';

const customType = 0xf123;
const extensionType = 0xff01;
const capable = {
  versions: [1],
  cipherSuites: [1],
  extensions: [extensionType],
  proposals: [customType],
  credentials: [1, 0xf000],
};
const custom = { kind: 'custom', type: customType, data: Uint8Array.of(1) } as const;
const groupExtension = { type: extensionType, data: new Uint8Array(0) };
const env = { psks: { find: () => new Uint8Array(32).fill(7) } };

/** Alice founds; of the others those named in `incapable` list no capabilities beyond the default. */
async function group(
  names: readonly string[],
  incapable: readonly string[] = [],
  changes: Parameters<typeof environment>[1] = env,
): Promise<Client[]> {
  const clients = names.map((name) => new Client(name, environment(name, changes)));
  const [founder, ...others] = clients;
  assert.ok(founder);
  await founder.found({ capabilities: capable });
  const invitations = await Promise.all(
    others.map((client) =>
      client.keyPackage(incapable.includes(client.name) ? {} : { capabilities: capable }),
    ),
  );
  const output = await founder.commit({
    proposals: invitations.map(({ keyPackage }) => ({ kind: 'add', keyPackage })),
  });
  founder.accept();
  for (const [position, client] of others.entries()) {
    const invitation = invitations[position];
    assert.ok(invitation);
    await client.join(output, invitation);
  }
  return clients;
}

async function proposeTo(
  members: readonly Client[],
  author: Client,
  request: ProposalRequest,
): Promise<void> {
  const message = author.stored(await propose(author.env, author.state, request));
  for (const member of members) if (member !== author) await member.hear(message);
}

interface Update {
  readonly change?: Parameters<typeof proposeUpdate>[2];
  /** Where the fresh key comes from. */
  readonly keys?: Environment;
}

async function updateOf(
  members: readonly Client[],
  author: Client,
  { change, keys }: Update = {},
): Promise<void> {
  const message = author.stored(await proposeUpdate(keys ?? author.env, author.state, change));
  for (const member of members) if (member !== author) await member.hear(message);
}

/** Commits, lets all others follow, and tells why waiting proposals were left out. */
async function commitAmong(
  members: readonly Client[],
  committer: Client,
  request: CommitRequest = {},
): Promise<string[]> {
  const { message, skipped } = await committer.commit(request);
  committer.accept();
  for (const member of members) if (member !== committer) await member.hear(message);
  const active = members.filter(({ state }) => state.status.kind !== 'removed');
  assert.equal(authenticators(active).size, 1);
  return skipped.map(({ reason }) => reason);
}

async function addition(name: string, leaf: Parameters<typeof forgeKeyPackage>[2]['leaf'] = {}) {
  const client = new Client(name, environment(name));
  const keyPackage = await forgeKeyPackage(client, await client.keyPackage(), { leaf });
  return { kind: 'add', keyPackage } as const;
}

test('two waiting additions with one leaf key: the first is committed, the second reported', async () => {
  const members = await group(['alice', 'bob', 'carol']);
  const [alice, bob, carol] = members;
  assert.ok(alice && bob && carol);
  const first = await addition('dave');
  const { encryptionKey } = first.keyPackage.leafNode;
  await proposeTo(members, bob, first);
  await proposeTo(members, bob, await addition('erin', { encryptionKey }));
  assert.deepEqual(await commitAmong(members, carol), ['tree-encryption-keys-unique']);
  assert.equal(alice.state.epoch.tree.memberCount, 4);
});

test('an addition with the key of a waiting update, and two updates to one key', async () => {
  const members = await group(['alice', 'bob', 'carol', 'dave']);
  const [alice, bob, carol, dave] = members;
  assert.ok(alice && bob && carol && dave);
  const fixed = () => environment('one key for all', env);
  await updateOf(members, bob, { keys: fixed() });
  await updateOf(members, carol, { keys: fixed() });
  const leafOfBob = [...alice.state.proposals.values()][0]?.proposal;
  assert.ok(leafOfBob?.kind === 'update');
  const { encryptionKey } = leafOfBob.leafNode;
  await proposeTo(members, bob, await addition('erin', { encryptionKey }));
  const reasons = await commitAmong(members, dave);
  assert.deepEqual(reasons, ['tree-encryption-keys-unique', 'tree-encryption-keys-unique']);
});

test('more waiting additions than the limit of leaves: as many as fit', async () => {
  const members = await group(['alice', 'bob', 'carol'], [], { ...env, limits: { maxLeaves: 4 } });
  const [alice, bob] = members;
  assert.ok(alice && bob);
  for (const name of ['dave', 'erin', 'frank']) await proposeTo(members, bob, await addition(name));
  assert.deepEqual(await commitAmong(members, alice), ['tree-size', 'tree-size']);
  assert.equal(alice.state.epoch.tree.memberCount, 4);
});

test('of several updates of one leaf the newest is committed (RFC 9420 section 12.2)', async () => {
  const members = await group(['alice', 'bob', 'carol']);
  const [alice, bob] = members;
  assert.ok(alice && bob);
  await updateOf(members, bob, { change: { credential: named('old') } });
  await updateOf(members, bob, { change: { credential: named('new') } });
  assert.deepEqual(await commitAmong(members, alice), ['leaf-changed-once']);
  const credential = alice.state.epoch.tree.leaf(1)?.credential;
  assert.deepEqual(credential, named('new'));
});

test('a removal wins against an update that came before it', async () => {
  const members = await group(['alice', 'bob', 'carol']);
  const [alice, bob, carol] = members;
  assert.ok(alice && bob && carol);
  await updateOf(members, bob);
  await proposeTo(members, carol, { kind: 'remove', removed: 1 });
  assert.deepEqual(await commitAmong(members, alice), ['leaf-changed-once']);
  assert.equal(bob.state.status.kind, 'removed');
});

test('extensions and a newcomer that lacks them: what came first is committed', async () => {
  for (const isAddFirst of [true, false]) {
    const members = await group(['alice', 'bob', 'carol']);
    const [alice, bob] = members;
    assert.ok(alice && bob);
    const proposals: ProposalRequest[] = [
      await addition('dave'),
      { kind: 'group_context_extensions', extensions: [groupExtension] },
    ];
    if (!isAddFirst) proposals.reverse();
    for (const proposal of proposals) await proposeTo(members, bob, proposal);
    assert.deepEqual(await commitAmong(members, alice), ['leaf-group-extensions']);
    assert.equal(alice.state.epoch.tree.memberCount, isAddFirst ? 4 : 3);
  }
});

test('our own leaf changes with the commit: proposals that need its former state are left out', async () => {
  const members = await group(['alice', 'bob', 'carol']);
  const [alice, bob] = members;
  assert.ok(alice && bob);
  await proposeTo(members, bob, {
    kind: 'group_context_extensions',
    extensions: [groupExtension],
  });
  const leaf = { capabilities: { ...capable, extensions: [] } };
  assert.deepEqual(await commitAmong(members, alice, { leaf }), ['leaf-group-extensions']);
});

test('a waiting reinit is committed when nothing else can be', async () => {
  const members = await group(['alice', 'bob', 'carol']);
  const [alice, bob] = members;
  assert.ok(alice && bob);
  const reinit = { groupId: Uint8Array.of(7), version: 1, cipherSuite: 1, extensions: [] };
  await proposeTo(members, bob, { kind: 'reinit', reinit });
  await proposeTo(members, bob, { kind: 'remove', removed: 0 });
  assert.deepEqual(await commitAmong(members, alice), ['remove-committer']);
  assert.deepEqual(bob.state.status, { kind: 'reinitialized', reinit });
});

test('a proposal whose lifetime ended while it waited does not stop the others', async () => {
  const members = await group(['alice', 'bob', 'carol']);
  const [alice, bob, carol] = members;
  assert.ok(alice && bob && carol);
  await proposeTo(members, bob, await addition('dave'));
  await updateOf(members, bob);
  const later = new Client('carol', { ...carol.env, nowSeconds: now + 100_000n });
  later.state = carol.state;
  assert.deepEqual(await commitAmong([alice, bob, later], later), ['leaf-lifetime']);
});

test('a custom proposal with the removal of the only member without support is allowed', async () => {
  const members = await group(['alice', 'bob', 'carol'], ['carol']);
  const [alice, bob, carol] = members;
  assert.ok(alice && bob && carol);
  await assert.rejects(alice.commit({ proposals: [custom] }), { code: 'proposal-supported' });
  const { message } = await alice.commit({ proposals: [custom, { kind: 'remove', removed: 2 }] });
  alice.accept();
  for (const member of [bob, carol]) await member.hear(message);
  assert.equal(authenticators([alice, bob]).size, 1);
  assert.equal(carol.state.status.kind, 'removed');
});

test('a custom proposal that a commit refers to twice counts once', async () => {
  const members = await group(['alice', 'bob', 'carol']);
  const [alice, , carol] = members;
  assert.ok(alice && carol);
  const info = decodeMessage(await exportGroupInfo(alice.env, alice.state, { includeTree: true }));
  assert.ok(info.kind === 'group_info');
  const proposal = carol.stored(await propose(carol.env, carol.state, custom));
  const followed = await followGroup(alice.env, info.groupInfo);
  const { group: waiting } = await receivePublicProposal(
    alice.env,
    followed,
    decodeMessage(proposal),
  );
  await alice.hear(proposal);
  const { commit } = commitIn((await alice.commit()).message);
  const [reference] = [...alice.state.proposals.values()].map((pending) => pending.reference);
  assert.ok(reference && commit.path);
  const twice = commitBody([], commit.path, [reference, reference]);
  const message = decodeMessage(await forgePublic(alice, { body: twice }));
  const { effects } = await verifyPublicCommit(alice.env, waiting, message);
  assert.equal(effects.custom.length, 1);
});

/** Requests, valid by themselves, of which many exclude each other. */
async function poolOf(dice: Dice, round: number): Promise<ProposalRequest[]> {
  const shared = await addition(`shared ${round}`);
  const { encryptionKey, signatureKey } = shared.keyPackage.leafNode;
  const others: (() => Promise<ProposalRequest>)[] = [
    () => Promise.resolve(shared),
    () => addition(`same key ${round}`, { encryptionKey }),
    () => addition(`plain ${round} ${dice.below(1000)}`),
    () => addition(`capable ${round} ${dice.below(1000)}`, { capabilities: capable }),
    () =>
      addition(`other credential ${round}`, {
        credential: { type: 0xf000, data: signatureKey },
        capabilities: capable,
      }),
    async () => ({ kind: 'remove', removed: dice.below(6) }),
    async () => ({ kind: 'psk', psk: { kind: 'external', id: Uint8Array.of(dice.below(2)) } }),
    async () => ({ kind: 'group_context_extensions', extensions: [groupExtension] }),
    async () => ({
      kind: 'group_context_extensions',
      extensions: [
        requiredCapabilitiesExtension({
          extensionTypes: [extensionType],
          proposalTypes: [customType],
          credentialTypes: [1],
        }),
      ],
    }),
    async () => custom,
    async () => ({
      kind: 'reinit',
      reinit: { groupId: Uint8Array.of(1), version: 1, cipherSuite: 1, extensions: [] },
    }),
  ];
  return Promise.all(Array.from({ length: 1 + dice.below(8) }, () => dice.of(others)()));
}

async function proposeRandomly(members: readonly Client[], dice: Dice, round: number) {
  for (const request of await poolOf(dice, round)) {
    const author = dice.of(members);
    await proposeTo(members, author, request).catch((error: unknown) => {
      if (!(error instanceof MlsError)) throw error;
    });
  }
  for (let update = dice.below(4); update > 0; update--) {
    const keys = environment(`keys ${round} ${dice.below(2)}`, env);
    const changes = [
      {},
      { capabilities: { ...capable, extensions: [] } },
      { capabilities: capable },
    ];
    await updateOf(members, dice.of(members), { change: dice.of(changes), keys });
  }
}

test('property: whatever waits, a commit succeeds and all members follow it', async (t) => {
  const seed = process.env['MLS_SEED'] ?? 'pools';
  t.diagnostic(`seed ${seed}`);
  const reasons = new Set<string>();
  let committed = 0;
  for (let round = 0; round < 40; round++) {
    const dice = new Dice(`${seed}/${round}`);
    const limits = { maxLeaves: 8, maxPsks: 1 };
    const members = await group(
      ['alice', 'bob', 'carol', 'dave', 'erin'],
      dice.oneIn(2) ? ['carol'] : [],
      { ...env, limits },
    );
    await proposeRandomly(members, dice, round);
    const committer = dice.of(members);
    const pool = committer.state.proposals.size;
    const byValue: ProposalRequest[] = dice.oneIn(3) ? [await addition(`value ${round}`)] : [];
    const left = await commitAmong(members, committer, { proposals: byValue });
    for (const reason of left) reasons.add(reason);
    committed += pool - left.length;
  }
  t.diagnostic(`${committed} committed; left out for ${[...reasons].join(', ')}`);
  assert.ok(committed > 40, 'most of what waits is committed');
  for (const reason of ['add-duplicate', 'tree-encryption-keys-unique', 'leaf-changed-once']) {
    assert.ok(reasons.has(reason), `some were left out for ${reason}`);
  }
});

test('a list that is bad by value is refused, not mended', async () => {
  const [alice, bob] = await groupOf(['alice', 'bob', 'carol']);
  assert.ok(alice && bob);
  const proposals: Proposal[] = [
    { kind: 'remove', removed: 2 },
    { kind: 'remove', removed: 2 },
  ];
  const requests = proposals.flatMap((one) => (one.kind === 'remove' ? [one] : []));
  await assert.rejects(alice.commit({ proposals: requests }), { code: 'leaf-changed-once' });
  const message = await forgePublic(alice, { body: commitBody(proposals) });
  await assert.rejects(receive(bob.env, bob.state, decodeMessage(message)), {
    code: 'leaf-changed-once',
  });
});
