import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import {
  decodeMessage,
  decodeRosterPart,
  epochAuthenticatorOf,
  groupContextOf,
  isPendingCommit,
  openEpoch,
  restoreKeyPackage,
  restoreState,
  snapshotState,
  treeIdOf,
} from '../src/index.ts';
import { restorePublicGroup, verifyPublicCommit } from '../src/public/index.ts';
import { Client, environment, groupOf } from './members.ts';
import { hex, unhex } from './state-fixture.ts';

const directory = join(import.meta.dirname, 'fixtures');

for (const file of readdirSync(directory).filter((name) => name.startsWith('state-'))) {
  const fixtures: readonly Record<string, unknown>[] = JSON.parse(
    readFileSync(join(directory, file), 'utf8'),
  );
  for (const fixture of fixtures) {
    test(`${file}, suite ${fixture['cipherSuite']}: what an earlier version stored goes on`, async () => {
      const carol = new Client('carol', environment('later'), Number(fixture['cipherSuite']));
      const stored = { head: unhex(fixture['head']), treeBytes: unhex(fixture['tree']) };
      const { state, tree } = restoreState(carol.env, stored);
      assert.deepEqual(treeIdOf(stored.head), tree.id);
      carol.state = state;
      assert.equal(hex(epochAuthenticatorOf(carol.state)), fixture['epochAuthenticator']);
      assert.equal(await carol.hear(unhex(fixture['late'])), 'of the past epoch');
      assert.equal(await carol.hear(unhex(fixture['skipped'])), 'overtaken');
      assert.equal(carol.state.proposals.size, 2);
      assert.ok(isPendingCommit(carol.state, unhex(fixture['pendingCommit'])));
      carol.accept();
      assert.equal(hex(epochAuthenticatorOf(carol.state)), fixture['nextEpochAuthenticator']);
    });

    test(`${file}, suite ${fixture['cipherSuite']}: seals, key packages, followed groups`, async () => {
      const { env } = new Client('carol', environment('later'));
      const crypto = env.provider.suite(Number(fixture['cipherSuite']));
      const roster = decodeRosterPart(crypto, unhex(fixture['sealedRosterPart']), undefined);
      const reader = openEpoch(env, unhex(fixture['sealedSecretPart']), roster);
      const read = await reader.read(decodeMessage(unhex(fixture['skipped'])));
      assert.equal(new TextDecoder().decode(read.data), 'overtaken');
      const { keyPackage } = restoreKeyPackage(env, unhex(fixture['keyPackage']));
      assert.equal(keyPackage.cipherSuite, fixture['cipherSuite']);
      const followed = { head: unhex(fixture['publicHead']), tree: unhex(fixture['publicTree']) };
      const group = restorePublicGroup(env, followed);
      const commit = decodeMessage(unhex(fixture['pendingCommit']));
      // The followed group never saw the proposals to which this commit refers.
      await assert.rejects(verifyPublicCommit(env, group, commit), {
        code: 'commit-proposal-known',
      });
    });
  }
}

test('a small change stores no new tree, and a state survives with every length cut off', async () => {
  const [alice, bob] = await groupOf(['alice', 'bob', 'carol']);
  assert.ok(alice && bob);
  const first = snapshotState(alice.env, alice.state);
  await alice.hear((await bob.commit()).message);
  const second = snapshotState(alice.env, alice.state, first.tree);
  assert.equal(second.tree, first.tree);
  const treeBytes = first.tree.bytes;
  const { state } = restoreState(alice.env, { head: second.head, treeBytes });
  assert.deepEqual(groupContextOf(state), groupContextOf(alice.state));
  for (let length = 0; length < second.head.length; length++) {
    const head = second.head.subarray(0, length);
    assert.throws(() => restoreState(alice.env, { head, treeBytes }), { code: 'malformed' });
  }
});

test('a state is not restored with the tree of another', async () => {
  const [alice] = await groupOf(['alice', 'bob', 'carol']);
  const [other] = await groupOf(['dave', 'bob', 'carol']);
  assert.ok(alice && other);
  const { head } = snapshotState(alice.env, alice.state);
  const treeBytes = snapshotState(other.env, other.state).tree.bytes;
  assert.throws(() => restoreState(alice.env, { head, treeBytes }), { code: 'malformed' });
});
