import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { test } from 'node:test';
import { decodeMessage, exportGroupInfo, joinExternally, propose, receive } from '../src/index.ts';
import {
  applyPublicCommit,
  followGroup,
  type PublicGroup,
  publicTreeOf,
  receivePublicProposal,
  restorePublicGroup,
  serializePublicGroup,
  verifyPublicCommit,
} from '../src/public/index.ts';
import { forgeKeyPackage, forgePublic } from './checks/forge.ts';
import { Client, environment, groupOf } from './members.ts';

const src = join(import.meta.dirname, '..', 'src');

async function follow(client: Client): Promise<PublicGroup> {
  const bytes = await exportGroupInfo(client.env, client.state, { allowExternalCommits: true });
  const received = decodeMessage(bytes);
  assert.ok(received.kind === 'group_info');
  return followGroup(client.env, received.groupInfo);
}

test('a delivery service follows a group without its secrets', async () => {
  const [alice, bob, carol] = await groupOf(['alice', 'bob', 'carol']);
  assert.ok(alice && bob && carol);
  let group = await follow(alice);
  const proposal = bob.stored(await propose(bob.env, bob.state, { kind: 'remove', removed: 2 }));
  group = (await receivePublicProposal(alice.env, group, decodeMessage(proposal))).group;
  await alice.hear(proposal);
  group = restorePublicGroup(alice.env, serializePublicGroup(group));

  const removal = await alice.commit();
  const verified = await verifyPublicCommit(alice.env, group, decodeMessage(removal.message));
  assert.deepEqual(
    verified.effects.removed.map(({ index }) => Number(index)),
    [2],
  );
  group = applyPublicCommit(group, verified);
  alice.accept();
  await bob.hear(removal.message);
  assert.deepEqual(group.context, alice.state.epoch.context);

  const erin = new Client('erin', environment('erin'));
  const { cipherSuite: _, ...identity } = await erin.identity();
  const info = decodeMessage(
    await exportGroupInfo(alice.env, alice.state, {
      allowExternalCommits: true,
      includeTree: false,
    }),
  );
  assert.ok(info.kind === 'group_info');
  const request = { ...identity, groupInfo: info.groupInfo, ratchetTree: publicTreeOf(group) };
  const entering = erin.stored(await joinExternally(erin.env, request));
  const entered = await verifyPublicCommit(alice.env, group, decodeMessage(entering));
  assert.ok(entered.effects.isExternal);
  group = applyPublicCommit(group, entered);
  assert.deepEqual(group.context, erin.state.epoch.context);
  assert.throws(() => applyPublicCommit(group, entered), { code: 'commit-of-another-epoch' });
});

test('a delivery service refuses a proposal that every member would refuse', async () => {
  const [alice, bob] = await groupOf(['alice', 'bob']);
  assert.ok(alice && bob);
  const group = await follow(alice);
  const eve = new Client('eve', environment('eve'));
  const made = await eve.keyPackage();
  const keyPackage = await forgeKeyPackage(eve, made, { damageLeafSignature: true });
  const body = { kind: 'proposal', proposal: { kind: 'add', keyPackage } } as const;
  const received = decodeMessage(await forgePublic(bob, { body }));
  const refused = { code: 'leaf-signature' };
  await assert.rejects(receivePublicProposal(alice.env, group, received), refused);
  await assert.rejects(receive(alice.env, alice.state, received), refused);
});

test('nothing that mls/public reaches handles secrets', () => {
  const secret = [
    'engine',
    'key-schedule',
    'protection',
    'providers',
    'seal',
    'secret-tree',
    'state',
    'treekem',
    'labels/sign.ts',
    'labels/encrypt.ts',
    'labels/derive.ts',
    'environment.ts',
    'key-package/create-key-package.ts',
  ];
  const allowedOfGroup = ['group-context.ts', 'group-info.ts', 'welcome-message.ts'];
  const reached = reachable(join(src, 'public', 'index.ts'));
  assert.ok(reached.size > 20, 'the walk found the imports');
  for (const file of reached) {
    const path = relative(src, file);
    const isSecret =
      secret.some((place) => path === place || path.startsWith(`${place}/`)) ||
      (path.startsWith('group/') && !allowedOfGroup.includes(path.slice('group/'.length)));
    assert.ok(!isSecret, `mls/public reaches ${path}`);
  }
  assert.ok(
    reachable(join(src, 'index.ts')).size > reached.size + 20,
    'the walk sees more elsewhere',
  );
});

/** Modules that run when this one is imported; type-only imports are erased. */
function reachable(entry: string, seen = new Set<string>()): Set<string> {
  if (seen.has(entry)) return seen;
  seen.add(entry);
  const source = readFileSync(entry, 'utf8');
  const statements = source.matchAll(/^(?:import|export)\b(?! type\b)[^;]*?from '(\.[^']+)';/gms);
  for (const [, target] of statements) {
    if (target !== undefined) reachable(resolve(dirname(entry), target), seen);
  }
  return seen;
}
