import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  epochAuthenticatorOf,
  MLS_128_MLKEM768X25519_AES256GCM_SHA384_ED25519 as hybrid,
  propose,
  proposeUpdate,
  RandomSource,
  sealEpoch,
  serializeKeyPackage,
  snapshotState,
} from '../src/index.ts';
import { serializePublicGroup } from '../src/public/index.ts';
import { groupOf, suite1 } from './members.ts';
import { groupInfoOf, hex } from './state-fixture.ts';

/**
 * `node packages/mls/tests/write-state-fixture.ts NAME` writes what this version stores, so that later
 * versions prove that they still load it. Written once for each format version, never again.
 */
const [name] = process.argv.slice(2);
assert.ok(name, 'a name such as state-v1');
const random = new RandomSource((length) => new Uint8Array(randomBytes(length)));
const fixtures: object[] = [];
for (const cipherSuite of [suite1, hybrid]) {
  const [alice, bob, carol] = await groupOf(['alice', 'bob', 'carol'], {
    cipherSuite,
    env: { random },
  });
  assert.ok(alice && bob && carol);
  const late = await alice.say('of the past epoch');
  await carol.hear((await bob.commit()).message);
  bob.accept();
  const sealed = sealEpoch(carol.env, carol.state);
  const skipped = await bob.say('overtaken');
  await carol.hear(await bob.say('overtaking'));
  const proposal = carol.stored(
    await propose(carol.env, carol.state, { kind: 'remove', removed: 0 }),
  );
  carol.stored(await proposeUpdate(carol.env, carol.state));
  await bob.hear(proposal);
  const group = await groupInfoOf(bob);
  const { message } = await carol.commit();
  const { head, tree } = snapshotState(carol.env, carol.state);
  const publicGroup = serializePublicGroup(group);
  const next = carol.state.pendingCommit?.next;
  assert.ok(next);
  fixtures.push({
    cipherSuite,
    head: hex(head),
    tree: hex(tree.bytes),
    epochAuthenticator: hex(epochAuthenticatorOf(carol.state)),
    nextEpochAuthenticator: hex(next.secrets.authenticator),
    pendingCommit: hex(message),
    late: hex(late),
    skipped: hex(skipped),
    sealedSecretPart: hex(sealed.secretPart),
    sealedRosterPart: hex(sealed.rosterPart),
    keyPackage: hex(serializeKeyPackage(await carol.keyPackage())),
    publicHead: hex(publicGroup.head),
    publicTree: hex(publicGroup.tree),
  });
}
const file = join(import.meta.dirname, 'fixtures', `${name}.json`);
writeFileSync(file, `${JSON.stringify(fixtures, null, 1)}\n`, { flag: 'wx' });
