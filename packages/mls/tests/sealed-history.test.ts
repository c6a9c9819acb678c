import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  decodeMessage,
  decodeRosterPart,
  MLS_128_MLKEM768X25519_AES256GCM_SHA384_ED25519 as hybrid,
  openEpoch,
  sealEpoch,
} from '../src/index.ts';
import { type Client, groupOf, suite1 } from './members.ts';

async function three(cipherSuite: number): Promise<[Client, Client, Client]> {
  const [alice, bob, carol] = await groupOf(['alice', 'bob', 'carol'], { cipherSuite });
  assert.ok(alice && bob && carol);
  return [alice, bob, carol];
}

for (const cipherSuite of [suite1, hybrid]) {
  test(`suite ${cipherSuite}: a sealed epoch is read later, by whoever holds both parts`, async () => {
    const [alice, bob, carol] = await three(cipherSuite);
    const crypto = alice.env.provider.suite(cipherSuite);
    const first = sealEpoch(alice.env, alice.state);
    assert.ok(first.secretPart.length <= 512);
    const early = await bob.say('early');
    const { message } = await bob.commit({ proposals: [{ kind: 'remove', removed: 2 }] });
    await alice.hear(message);
    bob.accept();
    const second = sealEpoch(alice.env, alice.state, first.roster);
    assert.ok(second.rosterPart.length < first.rosterPart.length);
    const late = [await bob.say('one'), await alice.say('two'), await bob.say('three')];

    const snapshot = decodeRosterPart(crypto, first.rosterPart, undefined);
    const reader = openEpoch(carol.env, first.secretPart, snapshot);
    const read = async (from: typeof reader, bytes: Uint8Array) =>
      new TextDecoder().decode((await from.read(decodeMessage(bytes))).data);
    assert.equal(await read(reader, early), 'early');

    const roster = decodeRosterPart(crypto, second.rosterPart, snapshot);
    const next = openEpoch(carol.env, second.secretPart, roster);
    for (const [bytes, text] of [
      [late[2], 'three'],
      [late[0], 'one'],
      [late[1], 'two'],
      [late[2], 'three'],
    ] as const) {
      assert.ok(bytes);
      assert.equal(await read(next, bytes), text);
    }
    await assert.rejects(read(next, early), { code: 'message-epoch' });
    assert.equal(alice.state.epoch.secretTree.kind, 'split', 'live state is what sending made it');
  });
}

test('a seal is refused with the wrong roster, a swapped context or a truncated part', async () => {
  const [alice, bob] = await three(suite1);
  const crypto = alice.env.provider.suite(suite1);
  const first = sealEpoch(alice.env, alice.state);
  await alice.hear(
    (await bob.commit({ leaf: {}, proposals: [{ kind: 'remove', removed: 2 }] })).message,
  );
  const second = sealEpoch(alice.env, alice.state, first.roster);
  const wrong = { code: 'wrong-roster' };
  assert.throws(() => openEpoch(alice.env, second.secretPart, first.roster), wrong);
  assert.throws(() => openEpoch(alice.env, first.secretPart, second.roster), wrong);
  const extensions = [{ type: 0xff01, data: new Uint8Array() }];
  assert.throws(
    () => openEpoch(alice.env, first.secretPart, { ...first.roster, extensions }),
    wrong,
  );
  assert.throws(() => decodeRosterPart(crypto, second.rosterPart, undefined), wrong);
  assert.throws(() => decodeRosterPart(crypto, second.rosterPart, second.roster), wrong);
  for (const part of [first.secretPart, first.rosterPart, second.rosterPart]) {
    for (let length = 0; length < part.length; length++) {
      const cut = part.subarray(0, length);
      if (part === first.secretPart) {
        assert.throws(() => openEpoch(alice.env, cut, first.roster), { code: 'malformed' });
      } else {
        assert.throws(() => decodeRosterPart(crypto, cut, first.roster));
      }
    }
  }
});

test('a swapped context verifies nothing', async () => {
  const [alice, bob] = await three(suite1);
  const { secretPart, roster } = sealEpoch(alice.env, alice.state);
  const message = await bob.say('hello');
  const contextHash = 1 + 2 + 2 + 1 + alice.state.epoch.context.groupId.length + 8 + 1;
  const swapped = secretPart.slice();
  swapped[contextHash] = (swapped[contextHash] ?? 0) ^ 1;
  const reader = openEpoch(alice.env, swapped, roster);
  await assert.rejects(reader.read(decodeMessage(message)), { code: 'message-signature' });
});

test('an epoch whose messages have begun cannot be sealed', async () => {
  const [alice] = await three(suite1);
  await alice.say('too late');
  assert.throws(() => sealEpoch(alice.env, alice.state), { code: 'epoch-in-use' });
});
