import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { DeviceCaller } from '../gateway/service.ts';
import { World } from './tests/world.ts';

const DAY_MS = 86_400_000;

test('CHN-32: the read mark of who leaves is forgotten 30 days after that, however old it is', async () => {
  const world = new World();
  await world.channels.start();
  const owner = await world.account();
  const reader = await world.account();
  const { id } = await world.channel(owner);
  await world.call('follow', reader, { ref: { case: 'conversationId', value: id } });
  const seq = await world.post(owner, id);
  const marked = world.log('acknowledge', reader, { marks: [{ conversationId: id, seq }] });
  await world.advance(25);
  await marked;
  const marks = () => world.storage.db.selectFrom('read_marks').selectAll().execute();
  await world.leap(100 * DAY_MS);
  await world.call('leave', reader, { conversationId: id });
  const [kept] = await marks();
  assert.equal((kept?.updated_at ?? 1) % DAY_MS, 0, 'when exactly it left is not kept');
  await world.leap(28 * DAY_MS);
  assert.equal((await marks()).length, 1);
  await world.leap(3 * DAY_MS);
  assert.deepEqual(await marks(), []);
  await world.close();
});

test('CHN-32: read marks of those who do not follow are forgotten after 30 days, of followers never', async () => {
  const world = new World();
  await world.channels.start();
  const owner = await world.account();
  const follower = await world.account();
  const passer = await world.account();
  const { id } = await world.channel(owner);
  await world.call('follow', follower, { ref: { case: 'conversationId', value: id } });
  const seq = await world.post(owner, id);
  const acknowledge = async (caller: DeviceCaller) => {
    const marked = world.log('acknowledge', caller, { marks: [{ conversationId: id, seq }] });
    await world.advance(25);
    await marked;
  };
  await acknowledge(follower);
  await acknowledge(passer);
  const marked = async () => {
    const rows = await world.storage.db.selectFrom('read_marks').select('account').execute();
    return rows.map(({ account }) => account).sort((a, b) => a - b);
  };
  await world.leap(29 * DAY_MS);
  assert.deepEqual(await marked(), [follower.account, passer.account]);
  await world.leap(3 * DAY_MS);
  assert.deepEqual(await marked(), [follower.account]);
  await world.close();
});
