import assert from 'node:assert/strict';
import { test } from 'node:test';
import { decodeMessage, exportGroupInfo } from '../src/index.ts';
import { followGroup, verifyPublicCommit } from '../src/public/index.ts';
import { type Client, environment, groupOf } from './members.ts';

const isGrease = (value: number): boolean =>
  (value & 0x0f0f) === 0x0a0a && value >> 8 === (value & 0xff);

function capabilitiesOf(client: Client) {
  const { tree, own } = client.state.epoch;
  const leaf = tree.leaf(own.leafIndex);
  assert.ok(leaf);
  return leaf.capabilities;
}

test('leaves list one GREASE value in each list that may hold them, unless told otherwise', async () => {
  const [alice, bob] = await groupOf(['alice', 'bob']);
  assert.ok(alice && bob);
  for (const client of [alice, bob]) {
    const { versions, ...lists } = capabilitiesOf(client);
    assert.equal(versions.filter(isGrease).length, 0);
    for (const [name, list] of Object.entries(lists)) {
      assert.equal(list.filter(isGrease).length, 1, name);
    }
  }
  const [plain] = await groupOf(['plain'], { founding: { grease: false } });
  assert.ok(plain);
  assert.deepEqual(Object.values(capabilitiesOf(plain)).flat().filter(isGrease), []);
});

const type = 0xff07;
const custom = [{ kind: 'custom', type, data: new Uint8Array([7]) }] as const;
const capabilities = { proposals: [type] };

test('a custom proposal that is registered as path free is committed without a path', async () => {
  const env = { pathFreeProposals: [type] };
  const [alice] = await groupOf(['alice'], { founding: { capabilities }, env });
  assert.ok(alice);
  const info = decodeMessage(await exportGroupInfo(alice.env, alice.state));
  assert.ok(info.kind === 'group_info');
  const group = await followGroup(alice.env, info.groupInfo);
  const { message } = await alice.commit({ proposals: custom });
  const received = decodeMessage(message);
  const { effects } = await verifyPublicCommit(alice.env, group, received);
  assert.equal(effects.hasPath, false);
  const unaware = environment('unaware');
  await assert.rejects(verifyPublicCommit(unaware, group, received), {
    code: 'commit-path-required',
  });
});

test('a custom proposal that nobody registered is committed with a path', async () => {
  const [alice] = await groupOf(['alice'], { founding: { capabilities } });
  assert.ok(alice);
  const info = decodeMessage(await exportGroupInfo(alice.env, alice.state));
  assert.ok(info.kind === 'group_info');
  const group = await followGroup(alice.env, info.groupInfo);
  const { message } = await alice.commit({ proposals: custom });
  const { effects } = await verifyPublicCommit(alice.env, group, decodeMessage(message));
  assert.equal(effects.hasPath, true);
});
