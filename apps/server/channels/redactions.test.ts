import assert from 'node:assert/strict';
import { test } from 'node:test';
import { newAppendId } from './append-ids.ts';
import { anonymous, codeOf, World } from './tests/world.ts';

const crash = () => Promise.reject(new Error('crash'));

/** A pinned post with a reaction and a file. */
async function cherished() {
  const world = new World();
  await world.channels.start();
  const owner = await world.account();
  const { id } = await world.channel(owner);
  const seq = await world.post(owner, id);
  await world.call('react', owner, { conversationId: id, seq, emoji: '🌞' });
  await world.call('setPinned', owner, { conversationId: id, seq, pinned: true });
  const conversation = await world.row(id);
  await world.media.attach({ conversation, seq, mediaIds: ['file'] });
  const request = { conversationId: id, seq, appendId: newAppendId(world.runtime) };
  return { world, request, redact: () => world.log('redact', owner, request) };
}

/** What still hangs on posts. */
async function left(world: World): Promise<readonly string[]> {
  const { db } = world.storage;
  const found = [...world.media.uses];
  for (const table of ['reactions', 'reaction_counts', 'pins'] as const) {
    const rows = await db.selectFrom(table).select('seq').execute();
    if (rows.length > 0) found.push(table);
  }
  const marks = await db.selectFrom('settings').select('key').execute();
  return [...found, ...marks.flatMap(({ key }) => (key.startsWith('redaction') ? [key] : []))];
}

test('CHN-17: a deletion leaves no reaction, pin or use of a file, and no mark', async () => {
  const { world, redact } = await cherished();
  assert.equal((await left(world)).length, 4);
  await redact();
  await redact();
  await world.settle();
  assert.deepEqual(await left(world), []);
  await world.close();
});

test('CHN-17: what a crash right after a deletion leaves goes at the next start', async () => {
  const { world, redact } = await cherished();
  world.storage.transaction = crash;
  await redact();
  await world.settle();
  assert.equal((await left(world)).length, 5, 'the crash came before anything was cleared');
  await world.restart();
  assert.deepEqual(await left(world), []);
  await world.close();
});

test('CHN-17: and so does what a crash in the middle of the clearing leaves', async () => {
  const { world, redact } = await cherished();
  const { detach } = world.media;
  world.media.detach = crash;
  await redact();
  await world.settle();
  assert.equal((await left(world)).length, 2, 'the file and the mark');
  world.media.detach = detach;
  await world.restart();
  assert.deepEqual(await left(world), []);
  await world.close();
});

test('CHN-17: a deletion that a crash prevented takes nothing away', async () => {
  const { world, redact, request } = await cherished();
  world.storage.log.append = crash;
  assert.equal(await codeOf(redact()).catch(() => 'crashed'), 'crashed');
  assert.equal((await left(world)).length, 5);
  await world.restart();
  assert.equal((await left(world)).length, 4, 'the mark alone is gone');
  const { conversationId } = request;
  const { entries } = await world.log('read', anonymous, { conversationId, fromStart: true });
  assert.equal(entries[0]?.redacted, false);
  await world.close();
});
