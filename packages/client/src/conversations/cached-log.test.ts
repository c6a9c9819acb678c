import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Entry } from '@heliogram/protocol';
import { settle } from '../../tests/fake-server.ts';
import { chat, range, seqs, setUp, textAt } from '../../tests/log-world.ts';
import { viewEntry } from '../posts/entry-view.ts';
import type { EntryBatch } from '../store/entry-port.ts';
import { toCached } from './cached-entries.ts';
import type { LogSnapshot, OpenAt } from './cached-log.ts';

const ends = ({ hasOlder, hasNewer, headSeq }: LogSnapshot) => [hasOlder, hasNewer, headSeq];

test('SDK-15: a log opens at its end, at a post, or at the first unread one', async () => {
  const cases: [OpenAt, number[], [boolean, boolean, number]][] = [
    [{ around: 'latest' }, range(91, 100), [true, false, 100]],
    [{ around: 50 }, range(41, 60), [true, true, 100]],
    [{ around: 'unread', readSeq: 95 }, range(86, 100), [true, false, 100]],
    [{ around: 'unread', readSeq: 0 }, range(1, 20), [false, true, 100]],
    [{ around: 3 }, range(1, 13), [false, true, 100]],
    [{ around: 999 }, range(91, 100), [true, false, 100]],
  ];
  for (const [at, expected, state] of cases) {
    const { world, log } = setUp();
    world.fill(100);
    const opened = await log.open(at);
    assert.deepEqual(seqs(opened.entries), expected, JSON.stringify(at));
    assert.deepEqual(ends(opened), state, JSON.stringify(at));
    assert.equal(opened.fresh, true);
    await log.close();
  }
});

test('SDK-15: a log opens at unread posts that came while nobody looked, without a network where it ends', async () => {
  let online = true;
  const { world, log, start } = setUp({ isOnline: () => online });
  world.fill(20);
  await log.open({ around: 'latest' });
  await settle();
  await log.close();
  world.fill(30);
  const again = start().log;
  const opened = await again.open({ around: 'unread', readSeq: 20 });
  assert.deepEqual(seqs(opened.entries), range(11, 30));
  await again.close();
  online = false;
  const away = await start().log.open({ around: 'unread', readSeq: 30 });
  assert.deepEqual(seqs(away.entries), range(21, 30));
});

test('SDK-15: what is read is shown before it is kept, and kept as it is by then', async () => {
  const { world, log, store } = setUp();
  const stored = Promise.withResolvers<void>();
  const { put } = store.entries;
  Object.assign(store.entries, {
    put: async (batch: EntryBatch) => {
      await stored.promise;
      await put.call(store.entries, batch);
    },
  });
  world.fill(20);
  const opened = await log.open({ around: 'latest' });
  assert.deepEqual(seqs(opened.entries), range(11, 20));
  await settle();
  world.edit(12, 'edited meanwhile');
  world.redact(13);
  await settle();
  let closed = false;
  const closing = log.close().then(() => {
    closed = true;
  });
  await settle();
  assert.equal(closed, false, 'whoever ends a log waits until it is kept');
  assert.equal((await store.entries.range({ conversationId: chat, limit: 99 })).seenSeq, 0);
  stored.resolve();
  await closing;
  const { entries, spans, seenSeq } = await store.entries.range({
    conversationId: chat,
    limit: 99,
  });
  assert.deepEqual([spans, seenSeq], [[{ from: 11, to: 22 }], 22]);
  const texts = new Map(entries.map(({ seq, text }) => [seq, text]));
  assert.equal(texts.get(12), 'edited meanwhile');
  assert.equal(texts.get(13), '');
});

test('SDK-15: an empty log opens, and shows what arrives', async () => {
  const { world, log, changes } = setUp();
  assert.deepEqual(ends(await log.open({ around: 'latest' })), [false, false, 0]);
  await settle();
  world.post('first');
  await settle();
  assert.deepEqual(seqs(log.entries), [1]);
  assert.equal(changes.at(-1)?.reason, 'arrived');
});

test('SDK-15: a window grows at both ends until the log ends', async () => {
  const { world, log, changes } = setUp();
  world.fill(45);
  await log.open({ around: 20 });
  while (log.state.hasOlder) await log.older();
  while (log.state.hasNewer) await log.newer();
  assert.deepEqual(seqs(log.entries), range(1, 45));
  const inserted = changes
    .filter(({ reason }) => reason === 'older')
    .map((each) => seqs(each.inserted));
  assert.deepEqual(inserted, [[...range(1, 10)]]);
  await log.older();
  await log.newer();
});

test('SDK-15: stretches of edits alone are stepped over', async () => {
  const { world, log } = setUp({ pageSize: 5 });
  world.fill(5);
  for (let i = 0; i < 30; i++) world.edit(1, `version ${i}`, false);
  world.fill(5);
  await log.open({ around: 'latest' });
  await log.older();
  assert.deepEqual(seqs(log.entries), [...range(1, 5), ...range(36, 40)]);
  assert.equal(textAt(log, 1), 'version 29');
  await log.close();
});

test('SDK-15: posts arrive, edits and deletions change them, in the window and in the store', async () => {
  const { world, log, changes, store, platform } = setUp();
  world.fill(3);
  await log.open({ around: 'latest' });
  await settle();
  world.post('post 4');
  world.edit(2, 'edited');
  world.redact(3);
  world.post('post 7');
  await platform.advance(250);
  assert.deepEqual(seqs(log.entries), [1, 2, 3, 4, 7]);
  assert.equal(textAt(log, 2), 'edited');
  const deleted = log.entries.find(({ seq }) => seq === 3);
  assert.ok(deleted && viewEntry(chat, deleted).deleted);
  assert.deepEqual(
    changes.filter(({ updated }) => updated.length > 0).map(({ updated }) => seqs(updated)),
    [[2], [3]],
  );
  const hits = async (query: string) =>
    (await store.entries.search({ query, limit: 9 })).map(({ entry }) => entry.seq);
  assert.deepEqual(await hits('edited'), [2]);
  assert.deepEqual(await hits('post'), [7, 4, 1]);
  const { spans, seenSeq } = await store.entries.range({ conversationId: chat, limit: 9 });
  assert.deepEqual(spans, [{ from: 1, to: 7 }]);
  assert.equal(seenSeq, 7);
});

test('SDK-15: away from the end what arrives only moves the head', async () => {
  const { world, log } = setUp();
  world.fill(50);
  await log.open({ around: 10 });
  await settle();
  world.post('far away');
  await settle();
  assert.deepEqual(seqs(log.entries), range(1, 20));
  assert.deepEqual([log.state.hasNewer, log.state.headSeq], [true, 51]);
});

test('SDK-15: opens from the store without a network, then learns what happened meanwhile', async () => {
  const { world, log, store, start, platform } = setUp();
  world.fill(30);
  await log.open({ around: 'latest' });
  await log.older();
  await settle();
  await log.close();
  world.server.link.drop();
  world.server.refusesConnections = true;
  const reads = world.reads.length;
  const later = start();
  const opened = await later.log.open({ around: 'latest' });
  assert.deepEqual(seqs(opened.entries), range(21, 30));
  assert.equal(opened.fresh, false);
  await later.log.older();
  assert.deepEqual(seqs(later.log.entries), range(11, 30));
  assert.equal(world.reads.length, reads);
  world.post('post 31', false);
  world.edit(15, 'edited while away', false);
  world.redact(25, false);
  world.redact(12, false);
  world.post('post 35', false);
  world.counters.set(28, 77);
  world.server.refusesConnections = false;
  await platform.advance(60_000);
  assert.deepEqual(seqs(later.log.entries), [...range(11, 31), 35]);
  assert.equal(textAt(later.log, 15), 'edited while away');
  const redacted = later.log.entries.filter((entry) => entry.redacted);
  assert.deepEqual(seqs(redacted), [12, 25]);
  assert.equal(later.log.entries.find(({ seq }) => seq === 28)?.counters?.views, 77);
  assert.equal(later.log.state.headSeq, 35);
  const { entries } = await store.entries.range({ conversationId: chat, limit: 99 });
  assert.deepEqual(
    entries.filter(({ text }) => text === '').map(({ seq }) => seq),
    [12, 25],
  );
});

test('SDK-15: what was deleted long ago is erased where nobody looks, too', async () => {
  const { world, log, store, start } = setUp();
  world.fill(60);
  await log.open({ around: 'latest' });
  while (log.state.hasOlder) await log.older();
  await log.close();
  world.redact(2, false);
  world.edit(3, 'other words', false);
  const later = start();
  await later.log.open({ around: 'latest' });
  await settle();
  await later.log.close();
  const { entries } = await store.entries.range({ conversationId: chat, afterSeq: 1, limit: 2 });
  assert.deepEqual(
    entries.map(({ text }) => text),
    ['', 'other words'],
  );
});

test('SDK-15: after too long away nothing of then is kept, and the end is read anew', async () => {
  const { world, log, store, start, platform } = setUp();
  world.fill(20);
  await log.open({ around: 'latest' });
  await settle();
  await log.close();
  world.fill(3_000);
  world.redact(15, false);
  const later = start();
  const reopened: LogSnapshot[] = [];
  later.log.events.on('reopened', (snapshot) => reopened.push(snapshot));
  const opened = await later.log.open({ around: 'latest' });
  assert.deepEqual(seqs(opened.entries), range(11, 20));
  for (let i = 0; i < 9; i++) await settle();
  assert.deepEqual(seqs(reopened[0]?.entries ?? []), range(3_011, 3_020));
  world.post('and on');
  await platform.advance(250);
  assert.equal(later.log.entries.at(-1)?.seq, 3_022);
  const { entries } = await store.entries.range({ conversationId: chat, limit: 99 });
  assert.deepEqual(seqs(entries as unknown as Entry[]), [...range(3_011, 3_020), 3_022]);
});

test('SDK-15: the window lets go of what is far off, and gets it back', async () => {
  const { world, log, changes } = setUp({ maxEntries: 25 });
  world.fill(100);
  await log.open({ around: 'latest' });
  await settle();
  for (let i = 0; i < 5; i++) await log.older();
  assert.deepEqual(seqs(log.entries), range(41, 65));
  assert.deepEqual(changes.at(-1)?.removed, range(66, 75));
  assert.equal(log.state.hasNewer, true);
  world.post('new');
  await settle();
  assert.deepEqual([log.entries.length, log.state.headSeq], [25, 101]);
  while (log.state.hasNewer) await log.newer();
  assert.deepEqual(seqs(log.entries), range(77, 101));
});

test('SDK-15: what cannot be kept is shown all the same, and said', async () => {
  const { world, log, store, platform } = setUp();
  world.fill(3);
  const full = async () => {
    throw new Error('full');
  };
  Object.assign(store.entries, { put: full });
  const unkept: string[] = [];
  log.events.on('unkept', (error) => unkept.push(error.code));
  assert.deepEqual(seqs((await log.open({ around: 'latest' })).entries), [1, 2, 3]);
  await settle();
  world.post('four');
  await platform.advance(250);
  assert.deepEqual(seqs(log.entries), [1, 2, 3, 4]);
  assert.deepEqual(unkept, ['internal', 'internal']);
});

test('SDK-15: fifty posts at once are a few transactions', async () => {
  const { world, log, store } = setUp();
  await log.open({ around: 'latest' });
  await settle();
  let puts = 0;
  const { put } = store.entries;
  Object.assign(store.entries, {
    put: async (batch: Parameters<typeof put>[0]) => {
      puts++;
      await settle();
      await put.call(store.entries, batch);
    },
  });
  for (let i = 0; i < 50; i++) world.post(`post ${i}`);
  await log.close();
  assert.ok(puts <= 3, `${puts} transactions`);
});

test('SDK-15: what arrives while a place is being opened is in it', async () => {
  const { world, log, gate } = setUp();
  world.fill(40);
  await log.open({ around: 5 });
  await settle();
  const { promise, resolve } = Promise.withResolvers<void>();
  gate.promise = promise;
  const opening = log.open({ around: 'latest' });
  await settle();
  world.post('meanwhile');
  await settle();
  resolve();
  assert.deepEqual(seqs((await opening).entries), range(31, 40));
  await settle();
  assert.deepEqual(seqs(log.entries), range(31, 41));
});

test('SDK-15: a place that is not kept is opened anew, and what is kept elsewhere is still told', async () => {
  const { world, log, store, start } = setUp();
  world.fill(100);
  await log.open({ around: 'latest' });
  await log.close();
  world.redact(95, false);
  const later = start();
  const opened = await later.log.open({ around: 20 });
  assert.deepEqual([seqs(opened.entries), opened.fresh], [range(11, 30), true]);
  await settle();
  await later.log.close();
  const found = await store.entries.search({ query: '95 ', limit: 9 });
  assert.deepEqual(found, []);
});

test('SDK-15: stretches that are known to show nothing are stepped over', async () => {
  const { world, log, store } = setUp({ pageSize: 5 });
  world.fill(5);
  for (let i = 0; i < 30; i++) world.edit(1, `version ${i}`, false);
  world.fill(5);
  const entries = world.log.slice(35).map(toCached);
  const known = { from: 20, to: 40 };
  await store.entries.put({ conversationId: chat, entries, known, seenSeq: 40, usedAt: 1 });
  await log.open({ around: 'latest' });
  await log.older();
  assert.deepEqual(seqs(log.entries), [...range(1, 5), ...range(36, 40)]);
});
