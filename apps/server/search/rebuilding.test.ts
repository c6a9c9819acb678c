import assert from 'node:assert/strict';
import { closeSync, openSync, rmSync, statSync, writeFileSync, writeSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { test } from 'node:test';
import { EntryKind } from '@heliogram/protocol';
import { nodeRuntime } from '../node-runtime.ts';
import { World } from './tests/world.ts';

async function withWorld(run: (world: World) => Promise<void>): Promise<void> {
  const world = new World();
  try {
    await run(world);
  } finally {
    await world.close();
  }
}

test('SRC-12: what was appended while nobody told is indexed at the next start', () =>
  withWorld(async (world) => {
    const channel = await world.channel({ title: 'Harbour' });
    const seq = await world.post(channel, 'told');
    await world.search.settled();
    const payload = world.postPayload(channel, 'untold');
    await world.append(channel, [{ kind: EntryKind.POST, payload }], false);
    await world.append(
      channel,
      [{ kind: EntryKind.REDACTION, payload: null, targetSeq: seq }],
      false,
    );
    assert.deepEqual(await world.seqs('untold'), []);
    await world.restart();
    assert.deepEqual(await world.seqs('untold'), [2]);
    assert.deepEqual(await world.seqs('told '), []);
  }));

test('SRC-12: what moderators and deletions did while nobody told is found at the next start', () =>
  withWorld(async (world) => {
    const channel = await world.channel({ title: 'Harbour' });
    const gone = await world.channel({ title: 'Lighthouse' });
    const seq = await world.post(channel, 'withheld words');
    await world.post(gone, 'deleted words');
    await world.search.settled();
    const { db, log } = world.storage;
    await log.setTakenDown(channel.id, seq, 'spam');
    const action = {
      at: 1,
      action: 'take-down-post',
      subject: channel.conversationId,
      seq,
      reason: '',
    };
    await db.insertInto('moderation_actions').values(action).execute();
    await log.erase(gone.id);
    await db.deleteFrom('channels').where('conversation', '=', gone.id).execute();
    await db.deleteFrom('conversations').where('id', '=', gone.id).execute();
    await world.restart();
    assert.deepEqual(await world.seqs('words'), []);
    assert.ok(!world.holds('withheld') && !world.holds('deleted words'));
    const directory = world.search.directory;
    const found = await directory.search({ query: 'lighthouse', offset: 0, limit: 9 });
    assert.deepEqual(found.conversations, []);
  }));

test('SRC-12: a log that went back behind its mark is indexed anew', () =>
  withWorld(async (world) => {
    const channel = await world.channel();
    await world.post(channel, 'lost past');
    await world.post(channel, 'lost past');
    await world.search.settled();
    await world.storage.log.erase(channel.id);
    await world.append(
      channel,
      [{ kind: EntryKind.POST, payload: world.postPayload(channel, 'new present') }],
      false,
    );
    await world.restart();
    assert.deepEqual(await world.seqs('past'), []);
    assert.deepEqual(await world.seqs('present'), [1]);
  }));

const damages: readonly [string, (path: string) => void][] = [
  ['missing', (path) => rmSync(path)],
  ['no database', (path) => writeFileSync(path, 'this is not a database '.repeat(400))],
  [
    'of another layout',
    (path) => {
      const database = new DatabaseSync(path);
      database.exec('pragma user_version = 999');
      database.close();
    },
  ],
  [
    'damaged inside',
    (path) => {
      const size = statSync(path).size;
      const file = openSync(path, 'r+');
      // Every page but the first, which says that this is a database.
      for (let at = 4096; at < size; at += 4096)
        writeSync(file, Buffer.alloc(4096, 0x5a), 0, 4096, at);
      closeSync(file);
    },
  ],
];

for (const [what, damage] of damages) {
  test(`SRC-13: an index that is ${what} is built again`, () =>
    withWorld(async (world) => {
      const channel = await world.channel({ title: 'Harbour' });
      for (let n = 0; n < 300; n++) await world.post(channel, `lantern ${n}`);
      await world.search.settled();
      await world.restart(() => damage(world.path));
      await world.search.settled();
      assert.equal((await world.find('lantern', { limit: 400 })).hits.length, 300);
      const { conversations } = await world.search.directory.search({
        query: 'harbour',
        offset: 0,
        limit: 9,
      });
      assert.deepEqual(conversations, [channel.id]);
    }));
}

/** Milliseconds that this thread has worked: other work of the machine does not count. */
function workedMs(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1_000;
}

test('SRC-14: indexing goes in slices: the loop is never held for long', () =>
  withWorld(async (world) => {
    const channel = await world.channel();
    const entries = Array.from({ length: 64 }, (_, n) => ({
      kind: EntryKind.POST,
      payload: world.postPayload(channel, `common words of a usual post number ${n} `.repeat(4)),
    }));
    for (let batch = 0; batch < 60; batch++) await world.append(channel, entries, false);
    await world.search.stop();
    world.search = world.open();
    const turns: number[] = [];
    let last = workedMs();
    let watching = true;
    const watch = () => {
      const now = workedMs();
      turns.push(now - last);
      last = now;
      if (watching) nodeRuntime.soon(watch);
    };
    world.search.start();
    watch();
    await world.search.settled();
    watching = false;
    const slow = turns.filter((turn) => turn > 10).length;
    const worst = Math.max(...turns);
    assert.ok(turns.length > 100, `${turns.length} turns`);
    // Now and then a merge or a checkpoint of the file is due.
    assert.ok(slow <= turns.length / 20, `${slow} of ${turns.length} turns, worst ${worst} ms`);
    assert.equal((await world.find('common', { limit: 1 })).more, true);
  }));
