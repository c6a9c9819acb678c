import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import type { PushSettings } from '@heliogram/protocol';
import { Browser } from './tests/push-service.ts';
import { World } from './tests/world.ts';

const keyOf = async (world: World): Promise<Buffer> => {
  const answer = await world.call('getPushKey', {}, await world.device());
  return Buffer.from((answer as { publicKey: Uint8Array }).publicKey);
};

const settingsOf = async (world: World, ...[caller]: Parameters<World['subscribed']>) =>
  ((await world.call('getPushSettings', {}, caller)) as { settings: PushSettings }).settings;

test('PUSH-1: the server’s key is made once and is the same after it died', async (t) => {
  const world = await World.open(t);
  const key = await keyOf(world);
  assert.deepEqual([key.byteLength, key[0]], [65, 4]);
  const device = await world.device();
  const browser = await world.subscribed(device);
  await world.follow(1, device);
  world.appended(1);
  await world.restart();
  assert.deepEqual(await keyOf(world), key);
  assert.deepEqual(await world.subscriptions(), [device.deviceId], 'what was answered for is kept');
  await world.advance(60_000);
  assert.equal(world.service.count(browser), 0, 'whom it was about to wake it forgot');
  world.appended(1);
  await world.advance(2_000);
  assert.equal(world.service.count(browser), 1);
  const other = await World.open(t);
  assert.notDeepEqual(await keyOf(other), key);
});

test('PUSH-1: an operator who turned push off has no key and wakes nobody', async (t) => {
  const world = await World.open(t, 'off');
  const device = await world.device();
  await assert.rejects(world.call('getPushKey', {}, device), { code: 'unsupported' });
  const { subscription } = new Browser(world.service);
  await assert.rejects(world.call('setPushSubscription', subscription, device), {
    code: 'unsupported',
  });
  const { offered, subscribed } = await settingsOf(world, device);
  assert.deepEqual([offered, subscribed], [false, false]);
  world.appended(1);
  await world.call('removePushSubscription', {}, device);
  assert.deepEqual(await world.storage.db.selectFrom('settings').selectAll().execute(), []);
});

test('PUSH-2: a device has one subscription, the last; others’ are not in its reach', async (t) => {
  const world = await World.open(t);
  const device = await world.device();
  const other = await world.device();
  const kept = await world.subscribed(other);
  await world.subscribed(device);
  const newer = await world.subscribed(device);
  const hash = createHash('sha256').update(newer.endpoint).digest();
  const { offered, subscribed, endpointHash } = await settingsOf(world, device);
  assert.deepEqual([offered, subscribed, Buffer.from(endpointHash)], [true, true, hash]);
  await world.follow(1, device);
  world.appended(1);
  await world.advance(2_000);
  assert.deepEqual(
    world.service.received.map(({ path }) => path),
    [newer.path],
  );
  await world.call('removePushSubscription', {}, device);
  await world.call('removePushSubscription', {}, device);
  assert.deepEqual(await world.subscriptions(), [other.deviceId]);
  assert.equal((await settingsOf(world, device)).subscribed, false);
  assert.equal((await settingsOf(world, other)).subscribed, true);
  assert.equal(world.service.count(kept), 0);
});

test('PUSH-2: a browser that changed hands wakes for its last account only', async (t) => {
  const world = await World.open(t);
  const [before, now] = [await world.device(), await world.device()];
  const browser = await world.subscribed(before);
  await world.call('setPushSubscription', browser.subscription, now);
  assert.deepEqual(await world.subscriptions(), [now.deviceId]);
});

test('PUSH-3: a call that a revocation or suspension overtook leaves nothing behind', async (t) => {
  const world = await World.open(t);
  const { db } = world.storage;
  const [revoked, suspended] = [await world.device(), await world.device()];
  await db
    .updateTable('devices')
    .set({ revoked_at: 1 })
    .where('device_id', '=', revoked.deviceId)
    .execute();
  await db
    .updateTable('accounts')
    .set({ suspended_reason: 'spam' })
    .where('id', '=', suspended.account)
    .execute();
  for (const device of [revoked, suspended]) {
    await assert.rejects(world.subscribed(device), { code: 'device_revoked' });
  }
  assert.deepEqual(await world.subscriptions(), []);
});
