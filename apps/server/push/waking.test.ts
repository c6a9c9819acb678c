import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { EntryKind, limits } from '@heliogram/protocol';
import { Browser, vapidClaims } from './tests/push-service.ts';
import { World } from './tests/world.ts';

const CHANNEL = 5;
const SECOND = 1_000;

test('PUSH-4: what arrives says nothing: one byte, the same for everybody, sealed for the browser', async (t) => {
  const world = await World.open(t);
  const [one, other] = [await world.device(), await world.device()];
  const browsers = [await world.subscribed(one), await world.subscribed(other)];
  for (const device of [one, other]) await world.follow(CHANNEL, device);
  world.appended(CHANNEL, { payload: Buffer.from('the words of the post') });
  await world.advance(2 * SECOND);
  const { received } = world.service;
  assert.equal(received.length, 2);
  const [key] = await Promise.all([world.call('getPushKey', {}, one)]);
  const { publicKey } = key as { publicKey: Uint8Array };
  for (const browser of browsers) {
    const push = received.find(({ path }) => path === browser.path);
    assert.ok(push);
    assert.deepEqual([...browser.open(push.body)], [1]);
    assert.throws(() => new Browser(world.service).open(push.body), 'nobody else opens it');
    const { authorization, host, 'content-length': length, connection, ...headers } = push.headers;
    assert.deepEqual(headers, {
      'content-encoding': 'aes128gcm',
      'content-type': 'application/octet-stream',
      topic: 'news',
      ttl: '86400',
      urgency: 'normal',
    });
    assert.equal(Number(length), push.body.byteLength);
    const { aud, sub, exp, ...claims } = vapidClaims(push.headers, publicKey);
    assert.deepEqual([aud, sub, claims], [world.service.origin, 'https://hill.example', {}]);
    assert.ok(typeof exp === 'number' && exp * 1_000 - Date.now() <= 86_400_000);
  }
  const [first, second] = received;
  assert.equal(first?.body.byteLength, second?.body.byteLength, 'not even the size tells');
  assert.notDeepEqual(first?.body, second?.body);
  assert.deepEqual(world.outcomes, ['sent', 'sent']);
});

test('PUSH-5: woken are those who follow, have not muted, are not connected and did not write it', async (t) => {
  const world = await World.open(t);
  const author = await world.device();
  const muted = await world.device();
  const left = await world.device();
  const stranger = await world.device();
  const connected = await world.device();
  const follower = await world.device();
  const tablet = await world.anotherDevice(follower);
  const names = { author, muted, left, stranger, connected, follower, tablet };
  const browsers = new Map<string, Browser>();
  for (const [name, device] of Object.entries(names)) {
    browsers.set(name, await world.subscribed(device));
  }
  await world.follow(CHANNEL, author);
  await world.follow(CHANNEL, muted, { muted: 1 });
  await world.follow(CHANNEL, left, { follows: 0 });
  await world.follow(CHANNEL + 1, stranger);
  await world.follow(CHANNEL, connected);
  await world.follow(CHANNEL, follower);
  world.live.entered(connected.deviceId);
  const woken = () =>
    [...browsers].filter(([, browser]) => world.service.count(browser) > 0).map(([name]) => name);
  world.appended(CHANNEL, { silent: true, author: author.account });
  world.appended(CHANNEL, { kind: EntryKind.EDIT, author: author.account });
  world.appended(CHANNEL, { kind: EntryKind.REDACTION, author: author.account });
  world.appended(CHANNEL, { kind: EntryKind.NOTE });
  await world.advance(20 * SECOND);
  assert.deepEqual(woken(), [], 'silent posts, edits, deletions and notes wake nobody');
  world.appended(CHANNEL, { author: author.account });
  await world.advance(2 * SECOND);
  assert.deepEqual(woken(), ['follower', 'tablet']);
});

test('PUSH-5: of two who wrote, each is woken by the other', async (t) => {
  const world = await World.open(t);
  const [one, other] = [await world.device(), await world.device()];
  const browser = await world.subscribed(one);
  await world.follow(CHANNEL, one);
  world.appended(CHANNEL, { author: one.account });
  world.appended(CHANNEL, { author: other.account });
  await world.advance(2 * SECOND);
  assert.equal(world.service.count(browser), 1);
});

test('PUSH-6: a device is woken once a minute however much is posted, and once more for what came meanwhile', async (t) => {
  const world = await World.open(t);
  const device = await world.device();
  const browser = await world.subscribed(device);
  for (const channel of [1, 2, 3]) await world.follow(channel, device);
  for (let second = 0; second < 30; second += 1) {
    for (const channel of [1, 2, 3]) world.appended(channel);
    await world.runtime.advance(SECOND, async () => undefined);
  }
  await world.advance(0);
  assert.equal(world.service.count(browser), 1);
  await world.advance(limits.pushIntervalMs);
  assert.equal(world.service.count(browser), 2);
  await world.advance(10 * limits.pushIntervalMs);
  assert.equal(world.service.count(browser), 2, 'nothing new, nothing said');
});

test('PUSH-7: a device whose connection was dead is woken for what it was spared, once that shows', async (t) => {
  const world = await World.open(t);
  const [dead, alive] = [await world.device(), await world.device()];
  const browsers = [await world.subscribed(dead), await world.subscribed(alive)];
  for (const device of [dead, alive]) {
    await world.follow(CHANNEL, device);
    world.live.entered(device.deviceId);
  }
  world.live.onLost(world.room.lost);
  world.appended(CHANNEL);
  await world.advance(30 * SECOND);
  assert.equal(world.service.received.length, 0);
  world.live.left(dead.deviceId, { silently: true });
  world.live.left(alive.deviceId, { silently: false });
  await world.advance(2 * SECOND);
  assert.deepEqual(
    browsers.map((browser) => world.service.count(browser)),
    [1, 0],
  );
  world.live.entered(dead.deviceId);
  await world.advance(10 * limits.pushIntervalMs);
  world.live.left(dead.deviceId, { silently: true });
  await world.advance(2 * SECOND);
  assert.equal(world.service.received.length, 1, 'long after, nothing was missed');
});

test('PUSH-3: a subscription that the push service does not know any more goes', async (t) => {
  for (const status of [404, 410]) {
    const world = await World.open(t);
    const [gone, kept] = [await world.device(), await world.device()];
    const browser = await world.subscribed(gone);
    await world.subscribed(kept);
    for (const device of [gone, kept]) await world.follow(CHANNEL, device);
    world.service.answer = ({ path }) => ({ status: path === browser.path ? status : 201 });
    world.appended(CHANNEL);
    await world.advance(2 * SECOND);
    assert.deepEqual(await world.subscriptions(), [kept.deviceId]);
    assert.deepEqual(world.outcomes.toSorted(), ['gone', 'sent']);
  }
});

test('PUSH-8: a push service that asks for patience gets it, and then gets the push', async (t) => {
  const world = await World.open(t);
  const device = await world.device();
  const browser = await world.subscribed(device);
  await world.follow(CHANNEL, device);
  world.service.answer = () => ({ status: 429, headers: { 'retry-after': '120' } });
  world.appended(CHANNEL);
  await world.advance(2 * SECOND);
  assert.equal(world.service.count(browser), 1);
  world.service.answer = () => ({ status: 201 });
  await world.advance(115 * SECOND);
  assert.equal(world.service.count(browser), 1);
  await world.advance(10 * SECOND);
  assert.equal(world.service.count(browser), 2);
  assert.deepEqual(world.outcomes, ['sent']);
});

test('PUSH-8: trouble is met with ever longer pauses and an end; a redirect leads nowhere', async (t) => {
  const world = await World.open(t);
  const device = await world.device();
  const browser = await world.subscribed(device);
  await world.follow(CHANNEL, device);
  world.service.answer = () => ({ status: 503 });
  world.appended(CHANNEL);
  await world.advance(3_600 * SECOND);
  assert.equal(world.service.count(browser), 4);
  assert.deepEqual(world.outcomes, ['failed']);
  world.service.answer = () => ({
    status: 307,
    headers: { location: `${world.service.origin}/x` },
  });
  world.appended(CHANNEL);
  await world.advance(3_600 * SECOND);
  assert.equal(world.service.received.length, 5);
  assert.deepEqual(world.outcomes, ['failed', 'failed']);
  assert.deepEqual(await world.subscriptions(), [device.deviceId], 'trouble is no farewell');
});

test('PUSH-8: a device that came back while its push waited is left alone', async (t) => {
  const world = await World.open(t);
  const device = await world.device();
  const browser = await world.subscribed(device);
  await world.follow(CHANNEL, device);
  world.service.answer = () => ({ status: 500 });
  world.appended(CHANNEL);
  await world.advance(2 * SECOND);
  world.live.entered(device.deviceId);
  await world.advance(600 * SECOND);
  assert.equal(world.service.count(browser), 1);
});

test('PUSH-10: push services that never answer hold up neither posts nor the end of the server', async (t) => {
  const world = await World.open(t);
  world.service.answer = () => undefined;
  for (let count = 0; count < 120; count += 1) {
    const device = await world.device();
    await world.subscribed(device);
    await world.follow(CHANNEL, device);
  }
  const startedMs = performance.now();
  world.appended(CHANNEL);
  assert.ok(performance.now() - startedMs < 100, 'telling the room costs nothing');
  await world.advance(2 * SECOND);
  const { length } = world.service.received;
  assert.ok(length > 0 && length <= 8, `${length} at once to one host`);
  const stoppingMs = performance.now();
  await world.room.stop();
  assert.ok(performance.now() - stoppingMs < 1_000);
});

test('PUSH-10: a channel of thousands is looked through in slices, a few queries each', async (t) => {
  const world = await World.open(t);
  const rows = 25_000;
  await world.storage.transaction(async (database) => {
    for (let at = 1; at <= rows; at += 1_000) {
      const values = Array.from({ length: 1_000 }, (_, index) => ({
        conversation: CHANNEL,
        account: 1_000_000 + at + index,
        follows: 1,
        muted: 0,
        from_seq: 0,
        joined_at: 0,
        role: 1,
        rights: 0,
      }));
      await database.insertInto('memberships').values(values).execute();
    }
  });
  const [early, late] = [await world.device(), await world.device()];
  const lateAccount = 1_000_000 + rows;
  await world.storage.db
    .updateTable('accounts')
    .set({ id: lateAccount })
    .where('id', '=', late.account)
    .execute();
  await world.storage.db
    .updateTable('devices')
    .set({ account: lateAccount })
    .where('device_id', '=', late.deviceId)
    .execute();
  const browsers = [
    await world.subscribed(early),
    await world.subscribed({ ...late, account: lateAccount }),
  ];
  await world.follow(CHANNEL, early);
  let queries = 0;
  const { db } = world.storage;
  const selectFrom = db.selectFrom.bind(db);
  t.mock.method(db, 'selectFrom', ((table: never) => {
    queries += 1;
    return selectFrom(table);
  }) as never);
  world.appended(CHANNEL);
  await world.advance(2 * SECOND);
  await world.quiet();
  assert.deepEqual(
    browsers.map((browser) => world.service.count(browser)),
    [1, 1],
  );
  assert.ok(queries <= 2 * 26 + 2, `${queries} queries for ${rows} followers`);
});

test('PUSH-11: whom the server woke is written nowhere, and what it knows of them is in no log', async (t) => {
  const world = await World.open(t);
  const device = await world.device();
  const browser = await world.subscribed(device);
  await world.follow(CHANNEL, device);
  const tables = await rowsOf(world);
  world.appended(CHANNEL);
  await world.advance(2 * SECOND);
  world.service.answer = () => ({ status: 500 });
  world.appended(CHANNEL);
  await world.advance(600 * SECOND);
  assert.ok(world.service.count(browser) > 2);
  assert.deepEqual(await rowsOf(world), tables);
  assert.deepEqual(world.logged, []);
  assert.deepEqual(new Set(world.outcomes), new Set(['sent', 'failed']));
});

/** Everything stored, as text. */
async function rowsOf({ file, storage }: World): Promise<string> {
  assert.equal(await storage.forgetRemoved(), true);
  return readFileSync(file).toString('latin1');
}
