import assert from 'node:assert/strict';
import { test } from 'node:test';
import { conversationTopic } from '../bus/port.ts';
import type { DeviceCaller } from '../gateway/service.ts';
import { anonymous, START, World } from './tests/world.ts';

async function stage() {
  const world = new World();
  await world.channels.start();
  const owner = await world.account();
  const { id } = await world.channel(owner);
  const ref = { ref: { case: 'conversationId', value: id } } as const;
  const follow = async (): Promise<DeviceCaller> => {
    const reader = await world.account();
    await world.call('follow', reader, ref);
    return reader;
  };
  const shown = async () => (await world.call('getChannel', anonymous, ref)).channel?.subscribers;
  const today = async () => {
    const { days } = await world.call('getStatistics', owner, { conversationId: id });
    return days.at(-1);
  };
  return { world, owner, id, follow, shown, today };
}

test('CHN-21: the shown count is exact, and moves on the minute only', async () => {
  const { world, id, follow, shown } = await stage();
  const changes: number[] = [];
  world.rooms.bus.subscribe(conversationTopic(id), ({ kind }) => {
    if (kind === 'frame') changes.push(world.runtime.now());
  });
  const first = await follow();
  await follow();
  await world.advance(29_000);
  assert.equal(await shown(), 0);
  await follow();
  await world.advance(1_000);
  assert.equal(await shown(), 3);
  await world.call('leave', first, { conversationId: id });
  await world.advance(59_000);
  assert.equal(await shown(), 3);
  await world.advance(1_000);
  assert.equal(await shown(), 2);
  await world.advance(600_000);
  assert.deepEqual(
    changes.map((at) => at - START),
    [30_000, 90_000],
    'nothing tells of a change before it shows',
  );
  await world.close();
});

test('CHN-21: a restart shows nothing early and forgets nothing', async () => {
  const { world, follow, shown } = await stage();
  await follow();
  await world.restart();
  await world.advance(29_999);
  assert.equal(await shown(), 0);
  await world.advance(1);
  assert.equal(await shown(), 1);
  await world.close();
});

test('CHN-21: the directory, the preview and the channel all show the same late count', async () => {
  const { world, owner, id, follow } = await stage();
  const { invite } = await world.call('createInvite', owner, { conversationId: id });
  await follow();
  const counts = async () => {
    const { channels } = await world.call('listDirectory', anonymous, {});
    const preview = await world.call('previewInvite', anonymous, {
      inviteToken: invite?.token ?? '',
    });
    return [channels[0]?.subscribers, preview.subscribers];
  };
  assert.deepEqual(await counts(), [0, 0]);
  await world.advance(30_000);
  assert.deepEqual(await counts(), [1, 1]);
  await world.close();
});

test('CHN-23: followed and left of today show once their minute is over, and last', async () => {
  const { world, id, follow, today } = await stage();
  const reader = await follow();
  await world.call('leave', reader, { conversationId: id });
  await follow();
  assert.deepEqual([(await today())?.followed, (await today())?.left], [0, 0]);
  await world.restart();
  await world.advance(30_000);
  assert.deepEqual([(await today())?.followed, (await today())?.left], [2, 1]);
  await follow();
  assert.deepEqual([(await today())?.followed, (await today())?.left], [2, 1]);
  await world.advance(60_000);
  assert.deepEqual([(await today())?.followed, (await today())?.left], [3, 1]);
  await world.close();
});

test('CHN-25: statistics are counts by day, UTC, without gaps', async () => {
  const { world, owner, id, follow } = await stage();
  const reader = await follow();
  await world.post(owner, id);
  const second = await world.post(owner, id);
  await world.edit(owner, id, { seq: second, text: 'newer' });
  await world.acknowledge(reader, id, 3);
  await world.advance(2 * 86_400_000);
  await world.post(owner, id);
  await world.acknowledge(reader, id, 4);
  const { days } = await world.call('getStatistics', owner, { conversationId: id, days: 7 });
  assert.deepEqual(
    days.map(({ day, followed, left, posts, views }) => ({ day, followed, left, posts, views })),
    [
      { day: '2026-11-23', followed: 1, left: 0, posts: 2, views: 2 },
      { day: '2026-11-24', followed: 0, left: 0, posts: 0, views: 0 },
      { day: '2026-11-25', followed: 0, left: 0, posts: 1, views: 1 },
    ],
  );
  const one = await world.call('getStatistics', owner, { conversationId: id, days: 1 });
  assert.deepEqual(
    one.days.map(({ day }) => day),
    ['2026-11-25'],
  );
  await world.close();
});
