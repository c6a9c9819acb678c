import assert from 'node:assert/strict';
import { rename } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, test } from 'node:test';
import { kill, lineReader, World } from './harness.ts';

let world: World;
beforeEach(async () => {
  world = new World();
  await world.start();
  await world.signUp('ann');
  await world.ask('ann', 'channel', 'create', '--title', 'Talk', '--username', 'talk_here');
  await world.ask('ann', 'post', '@talk_here', 'kept');
});
afterEach(() => world.close());

/** Back to a backup of now, once `meanwhile` has happened. */
async function restoreAfter(meanwhile: () => Promise<void>): Promise<void> {
  const data = join(world.directory, 'data');
  const copy = join(world.directory, 'copy');
  await world.ask('nobody', 'backup', copy, '--data', data);
  await meanwhile();
  const { port = 0, child } = world.server ?? {};
  assert.ok(child);
  await kill(child);
  await rename(data, join(world.directory, 'lost'));
  await world.ask('nobody', 'restore', copy, '--data', data);
  await world.start(port);
}

for (const since of [0, 1, 2, 3]) {
  test(`SDK-20: tail goes on after a restore, with ${since} posts before it is back`, async () => {
    const tail = world.follow('ann', 'tail', '@talk_here', '--json');
    const lines = lineReader(tail);
    const next = async () => JSON.parse(await lines.next());
    assert.deepEqual(await next(), { event: 'ready', seq: 1 });
    await restoreAfter(async () => {
      await world.ask('ann', 'post', '@talk_here', 'lost 1');
      await world.ask('ann', 'post', '@talk_here', 'lost 2');
      assert.deepEqual([(await next()).text, (await next()).text], ['lost 1', 'lost 2']);
      // It comes back only when the server has grown again.
      tail.kill('SIGSTOP');
    });
    for (let i = 1; i <= since; i++) await world.ask('ann', 'post', '@talk_here', `since ${i}`);
    tail.kill('SIGCONT');
    assert.deepEqual(await next(), { event: 'rewound', seq: 1, lostUpToSeq: 3 });
    await world.ask('ann', 'post', '@talk_here', 'live');
    const texts: string[] = [];
    for (let i = 0; i <= since; i++) texts.push((await next()).text);
    assert.deepEqual(texts, [...Array.from({ length: since }, (_, i) => `since ${i + 1}`), 'live']);
    const chats = await world.ask('ann', 'chats');
    assert.equal(chats['unread'], 0);
  });
}

test('SDK-20: tail from a seq that the log lost says so and goes on from its end', async () => {
  await restoreAfter(async () => {
    await world.ask('ann', 'post', '@talk_here', 'lost');
  });
  const tail = world.follow('ann', 'tail', '@talk_here', '--after', '2', '--json');
  const lines = lineReader(tail);
  const next = async () => JSON.parse(await lines.next());
  assert.deepEqual(await next(), { event: 'ready', seq: 1 });
  assert.deepEqual(await next(), { event: 'rewound', seq: 1, lostUpToSeq: 2 });
  await world.ask('ann', 'post', '@talk_here', 'new');
  assert.equal((await next()).text, 'new');
});
