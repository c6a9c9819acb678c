import assert from 'node:assert/strict';
import { test } from 'node:test';
import { encodeUtf8 } from '@heliogram/content';
import { openAccount, parseAccountId, sealOwnState } from '@heliogram/crypto';
import { HeliogramError, OwnStateService } from '@heliogram/protocol';
import { OwnStateWorld } from '../../tests/own-state-world.ts';
import { ownStateLimits } from './limits.ts';
import { encodeRegisters } from './register-codec.ts';

const later = ownStateLimits.sendAfterMs + 10;
const draft = { kind: 'draft', scope: 'c1' };

/** An entry as a device seals it that has the account's keys. */
async function sealedBy(
  world: OwnStateWorld,
  plaintext: Uint8Array,
  how: { readonly account?: string; readonly version?: number; readonly covers?: number } = {},
): Promise<Uint8Array> {
  const { archiveKeys } = await openAccount({ ...world.archive, opener: world.first });
  const { account = world.first.accountId, version, covers = 0 } = how;
  const keys = archiveKeys.map((each) => ({ ...each, version: version ?? each.version }));
  const place = { accountId: parseAccountId(account), covers };
  const random = (length: number) => new Uint8Array(length).fill(9);
  return sealOwnState(plaintext, place, { archiveKeys: keys, random });
}

test('OWN-8: what one device sets the others have a moment later, and a new one from the start', async () => {
  const world = new OwnStateWorld();
  const first = await world.open(world.first);
  const second = await world.open(await world.addDevice());
  await first.state.set(draft, { text: 'Half' });
  await first.state.set(draft, { text: 'Half a thought' });
  assert.equal(world.appends, 0, 'it waits for the next key');
  await world.pass(later);
  assert.equal(world.appends, 1);
  assert.deepEqual(second.state.get(draft), { text: 'Half a thought' });
  assert.deepEqual(second.changes, ['draft c1']);
  assert.deepEqual(first.changes, [], 'one’s own comes back unnoticed');
  await second.state.set(draft, null);
  await second.state.set({ kind: 'pin', scope: 'c2' }, 4);
  await second.state.flush();
  await world.pass(10);
  assert.equal(first.state.get(draft), undefined);
  const third = await world.open(await world.addDevice());
  assert.equal(third.state.get(draft), undefined);
  assert.equal(third.state.setAt(draft), first.state.setAt(draft));
  assert.equal(third.state.get({ kind: 'pin', scope: 'c2' }), 4);
  assert.deepEqual(third.state.scopes('pin'), ['c2']);
  assert.deepEqual(
    [first, second, third].flatMap(({ troubles }) => troubles),
    [],
  );
  const log = world.entries.map(({ payload }) => Buffer.from(payload).toString('latin1')).join();
  assert.ok(!log.includes('thought') && !log.includes('draft'));
});

test('OWN-8: set at the same time apart, it ends the same everywhere', async () => {
  const world = new OwnStateWorld();
  const devices = [await world.open(world.first), await world.open(await world.addDevice())];
  for (const [index, { state }] of devices.entries()) await state.set(draft, `from ${index}`);
  await world.pass(later);
  await world.pass(later);
  const values = devices.map(({ state }) => state.get(draft));
  assert.equal(values[0], values[1]);
});

test('OWN-9: hostile entries are passed over with a typed error, what comes after is taken in', async () => {
  const world = new OwnStateWorld();
  const { state, troubles } = await world.open(world.first);
  const register = { ...draft, clock: 1, device: 'd'.repeat(32), value: '"hello"' };
  const rows = (change: object) =>
    encodeUtf8(JSON.stringify([[...Object.values({ ...register, ...change })]]));
  const good = encodeRegisters([register]);
  const hostile = [
    new Uint8Array(),
    new Uint8Array(65_536).fill(1),
    Uint8Array.of(1, 0, 0, 0, 1),
    await sealedBy(world, good, { account: 'e'.repeat(64) }),
    await sealedBy(world, good, { covers: 1 }),
    await sealedBy(world, encodeUtf8('{"no":"list"}')),
    await sealedBy(world, Uint8Array.of(0xff, 0xfe)),
    await sealedBy(world, rows({ clock: 2 ** 53 })),
    await sealedBy(world, rows({ clock: -1 })),
    await sealedBy(world, rows({ device: 'someone' })),
    await sealedBy(world, rows({ kind: '' })),
    await sealedBy(world, rows({ scope: 'x'.repeat(200) })),
    await sealedBy(world, rows({ value: 7 })),
    await sealedBy(world, rows({ value: '\ud800' })),
  ];
  for (const payload of hostile) world.append(payload);
  await world.pass(10);
  assert.equal(troubles.length, hostile.length);
  assert.deepEqual(state.scopes('draft'), []);
  for (const { code } of troubles) assert.notEqual(code, 'internal');
  world.append(await sealedBy(world, encodeRegisters([{ ...register, value: 'no JSON' }])));
  world.append(await sealedBy(world, encodeRegisters([{ ...register, clock: 2 }])));
  await world.pass(10);
  assert.equal(state.get(draft), 'hello');
  assert.equal(troubles.length, hostile.length);
});

test('OWN-10: what was set without a network is sent when there is one, also after the program died', async () => {
  const world = new OwnStateWorld();
  const first = await world.open(world.first);
  const second = await world.open(await world.addDevice());
  world.server.refusesConnections = true;
  for (const link of world.server.links) link.drop();
  await first.state.set(draft, 'written on a train');
  await world.pass(later);
  first.connection.close();
  world.server.refusesConnections = false;
  const again = await world.open(world.first, first.store);
  assert.equal(again.state.get(draft), 'written on a train');
  await world.pass(60_000);
  assert.equal(second.state.get(draft), 'written on a train');
  assert.equal(world.appends, 1);
  await world.pass(later);
  assert.equal(world.appends, 1, 'once');
});

test('OWN-10: a lost answer sends it again, and a server that lost the log is told all of it', async () => {
  const world = new OwnStateWorld();
  const first = await world.open(world.first);
  await first.state.set(draft, 'kept');
  await world.pass(later);
  await world.pass(1_000);
  first.connection.close();
  // Restored from before: the log is shorter, or there is another.
  for (const conversationId of [world.conversationId, 'cd'.repeat(16)]) {
    world.entries = [];
    world.head = 0;
    world.conversationId = conversationId;
    const again = await world.open(world.first, first.store);
    await world.pass(later);
    await world.pass(later);
    const other = await world.open(await world.addDevice());
    assert.equal(other.state.get(draft), 'kept');
    again.connection.close();
    other.connection.close();
  }
});

test('OWN-10: a log that cannot be had is asked for again, and so is a refusal that passes', async () => {
  const world = new OwnStateWorld();
  const { openOwnState } = OwnStateService.method;
  const { conversationId } = world;
  world.server.on(openOwnState, () => Promise.reject(new HeliogramError('internal', 'not now')));
  const { state, troubles, connection } = await world.open(world.first);
  await state.set(draft, 'patient');
  await world.pass(later);
  assert.deepEqual(
    troubles.map(({ code }) => code),
    ['internal'],
  );
  world.server.on(openOwnState, () => ({ conversationId }));
  world.busyOnce = true;
  await world.pass(31_000);
  assert.equal(troubles.at(-1)?.code, 'rate_limited');
  await world.pass(60_000);
  assert.equal(world.entries.length, 1);
  assert.equal(connection.phase, 'ready');
});

test('OWN-11: kinds of a later version outlive a device that does not know them, and its covering', async () => {
  const world = new OwnStateWorld();
  const first = await world.open(world.first);
  const value = '{"of":["a","later",{"version":null}]}';
  const unknown = { kind: 'folders', scope: '', clock: 5, device: 'd'.repeat(32), value };
  world.append(await sealedBy(world, encodeRegisters([unknown])));
  for (let index = 0; index <= ownStateLimits.coverAfterEntries; index++) {
    await first.state.set(draft, `text ${index}`);
    await first.state.flush();
    await world.pass(10);
  }
  assert.ok(world.entries.length <= 3, `${world.entries.length} entries are left`);
  const second = await world.open(await world.addDevice());
  assert.deepEqual(second.state.get(unknown), JSON.parse(value));
  assert.equal(second.state.get(draft), `text ${ownStateLimits.coverAfterEntries}`);
});

test('OWN-11: what a later version sealed is covered by nobody who cannot read it', async () => {
  const world = new OwnStateWorld();
  const first = await world.open(world.first);
  world.append(Uint8Array.of(2, 1, 2, 3));
  world.append(await sealedBy(world, encodeUtf8('[]'), { version: 9 }));
  await world.pass(10);
  assert.deepEqual(
    first.troubles.map(({ code }) => code),
    ['unsupported', 'unsupported'],
  );
  world.maxEntries = 4;
  for (let index = 0; index < 4; index++) {
    await first.state.set(draft, `text ${index}`);
    await first.state.flush();
    await world.pass(10);
  }
  assert.deepEqual(
    world.entries.map(({ seq }) => seq),
    [1, 2, 3, 4],
  );
  assert.equal(first.troubles.at(-1)?.code, 'limit_reached');
});

test('OWN-4: a full log is covered, and what waited goes with it', async () => {
  const world = new OwnStateWorld();
  world.maxEntries = 3;
  const first = await world.open(world.first);
  for (let index = 0; index < 7; index++) {
    await first.state.set({ kind: 'draft', scope: `c${index}` }, index);
    await first.state.flush();
    await world.pass(10);
  }
  assert.deepEqual(first.troubles, []);
  const second = await world.open(await world.addDevice());
  assert.equal(second.state.scopes('draft').length, 7);
});

test('OWN-12: the newest archive key seals from the moment that there is one, older ones open', async () => {
  const world = new OwnStateWorld();
  const second = await world.open(await world.addDevice());
  const first = await world.open(world.first);
  const versionOf = (payload: Uint8Array) => new DataView(payload.slice().buffer).getUint32(1);
  await first.state.set(draft, 'before');
  await world.pass(later);
  await world.rotate();
  await first.state.set(draft, 'after');
  await world.pass(later);
  assert.deepEqual(
    world.entries.map(({ payload }) => versionOf(payload)),
    [1, 2],
  );
  assert.equal(second.state.get(draft), 'after');
  const third = await world.open(await world.addDevice());
  assert.equal(third.state.get(draft), 'after');
});

test('OWN-12: a device that was away when the key changed seals under the new one', async () => {
  const world = new OwnStateWorld();
  const { state } = await world.open(world.first);
  await state.set(draft, 'before');
  await world.pass(later);
  for (const link of world.server.links) link.drop();
  await world.rotate();
  await world.pass(30_000);
  await state.set(draft, 'after');
  await world.pass(later);
  assert.deepEqual(
    world.entries.map(({ payload }) => payload[4]),
    [1, 2],
  );
});

test('OWN-12: a vault that is older than one seen before is refused', async () => {
  const world = new OwnStateWorld();
  const { vault } = world.archive;
  const first = await world.open(world.first);
  await world.rotate();
  await first.state.set(draft, 'one');
  await world.pass(later);
  world.serveVault(vault);
  first.connection.close();
  const again = await world.open(world.first, first.store);
  await again.state.set(draft, 'two');
  await world.pass(later);
  assert.equal(again.troubles.at(0)?.code, 'signature_invalid');
  assert.equal(world.entries.length, 1);
});

test('OWN-7: what no entry can hold is refused at once', async () => {
  const world = new OwnStateWorld();
  const { state } = await world.open(world.first);
  await assert.rejects(state.set(draft, 'x'.repeat(65_536)), { code: 'too_large' });
  await state.set(draft, 'x'.repeat(65_000));
  await world.pass(later);
  assert.equal(world.entries.length, 1);
});
