import assert from 'node:assert/strict';
import { test } from 'node:test';
import { MLS_128_MLKEM768X25519_AES256GCM_SHA384_ED25519 } from '../src/index.ts';
import { authenticators, groupOf, suite1 } from './members.ts';

for (const cipherSuite of [suite1, 2, 3, MLS_128_MLKEM768X25519_AES256GCM_SHA384_ED25519]) {
  test(`suite ${cipherSuite}: create, add, update, remove, talk`, async () => {
    const [alice, bob, carol, dave] = await groupOf(['alice', 'bob', 'carol', 'dave'], {
      cipherSuite,
    });
    assert.ok(alice && bob && carol && dave);
    const all = [alice, bob, carol, dave];
    assert.equal(authenticators(all).size, 1);
    const hello = await bob.say('hello');
    for (const other of [alice, carol, dave]) assert.equal(await other.hear(hello), 'hello');

    for (const member of all) member.restart();
    const update = await carol.commit();
    carol.restart();
    for (const other of [alice, bob, dave])
      assert.equal(await other.hear(update.message), 'commit');
    carol.accept();
    assert.equal(authenticators(all).size, 1);

    const removal = await alice.commit({ proposals: [{ kind: 'remove', removed: 1 }] });
    for (const other of [bob, carol, dave]) await other.hear(removal.message);
    alice.restart();
    alice.accept();
    for (const member of all) member.restart();
    assert.equal(authenticators([alice, carol, dave]).size, 1);
    assert.equal(bob.state.status.kind, 'removed');
    const secret = await dave.say('bob is gone');
    assert.equal(await alice.hear(secret), 'bob is gone');
    assert.equal(await carol.hear(secret), 'bob is gone');
    await assert.rejects(bob.hear(secret), { code: 'message-epoch' });
  });
}
