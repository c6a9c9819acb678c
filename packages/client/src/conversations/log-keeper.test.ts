import assert from 'node:assert/strict';
import { test } from 'node:test';
import { create } from '@bufbuild/protobuf';
import { CountersSchema, EntryKind, EntrySchema } from '@heliogram/protocol';
import { FakeServer, fakePlatform, settle } from '../../tests/fake-server.ts';
import type { EntryBatch } from '../store/entry-port.ts';
import { createMemoryStore } from '../store/memory-store.ts';
import { LogKeeper } from './log-keeper.ts';

const chat = 'ab'.repeat(16);
const post = (seq: number) => create(EntrySchema, { seq, kind: EntryKind.POST });
const redaction = (seq: number, targetSeq: number) =>
  create(EntrySchema, { seq, targetSeq, kind: EntryKind.REDACTION });

function setUp(slow: Promise<void> = Promise.resolve()) {
  const { entries } = createMemoryStore();
  const { scheduler, advance } = fakePlatform(new FakeServer());
  const batches: EntryBatch[] = [];
  const { put } = entries;
  entries.put = async (batch) => {
    batches.push(batch);
    await slow;
    await put.call(entries, batch);
  };
  const unkept: unknown[] = [];
  const keeper = new LogKeeper({
    conversationId: chat,
    entries,
    scheduler,
    onUnkept: (error) => unkept.push(error),
  });
  const written = () =>
    batches.map(({ known, seenSeq }) => [known?.from, known?.to, seenSeq] as const);
  return { entries, advance, keeper, batches, written, unkept };
}

test('SDK-15: what arrives within a quarter of a second is one transaction', async () => {
  const { advance, keeper, written, entries } = setUp();
  for (let seq = 1; seq <= 10; seq++) {
    await keeper.keep(post(seq));
    await advance(50);
  }
  await advance(250);
  assert.deepEqual(written(), [
    [1, 5, 5],
    [6, 10, 10],
  ]);
  const { spans, seenSeq } = await entries.range({ conversationId: chat, limit: 99 });
  assert.deepEqual([spans, seenSeq], [[{ from: 1, to: 10 }], 10]);
});

test('SDK-15: what was not written yet is not said to have been seen', async () => {
  const { advance, keeper, entries } = setUp();
  await keeper.keep(post(1));
  await advance(250);
  await keeper.keep(redaction(2, 1));
  await keeper.keep(post(3));
  await settle();
  const before = await entries.range({ conversationId: chat, limit: 99 });
  assert.deepEqual([before.spans, before.seenSeq], [[{ from: 1, to: 1 }], 1]);
  await advance(250);
  const after = await entries.range({ conversationId: chat, limit: 99 });
  assert.deepEqual([after.spans, after.seenSeq], [[{ from: 1, to: 3 }], 3]);
});

test('SDK-15: a page is written soon, and before what was followed and is newer', async () => {
  const { advance, keeper, written } = setUp();
  await keeper.keep(post(11));
  const known = { from: 1, to: 10 };
  await keeper.keepPage({ conversationId: chat, entries: [], known, seenSeq: 10, usedAt: 1 });
  assert.deepEqual(written(), [], 'whoever shows it comes first');
  await advance(0);
  assert.deepEqual(written(), [
    [1, 10, 10],
    [11, 11, 11],
  ]);
});

test('SDK-15: whoever reads faster than pages can be written waits', async () => {
  const slow = Promise.withResolvers<void>();
  const { keeper, written, advance } = setUp(slow.promise);
  const read = (seq: number) =>
    keeper.keepPage({
      conversationId: chat,
      entries: [],
      known: { from: seq, to: seq },
      usedAt: 1,
    });
  await read(1);
  await advance(0);
  for (let seq = 2; seq <= 20; seq++) await read(seq);
  let read21 = false;
  const waiting = read(21).then(() => {
    read21 = true;
  });
  await settle();
  assert.equal(read21, false);
  slow.resolve();
  await waiting;
  await keeper.flush();
  assert.equal(written().length, 21);
});

test('SDK-15: whoever ends a log waits for no timer, and nothing of it is left', async () => {
  const slow = Promise.withResolvers<void>();
  const { keeper, written } = setUp(slow.promise);
  await keeper.keep(post(1));
  const first = keeper.flush();
  await keeper.keep(post(2));
  slow.resolve();
  await first;
  assert.deepEqual(written(), [
    [1, 1, 1],
    [2, 2, 2],
  ]);
});

test('SDK-15: a full transaction is not gathered any longer, and a full queue makes wait', async () => {
  const slow = Promise.withResolvers<void>();
  const { keeper, written } = setUp(slow.promise);
  for (let seq = 1; seq < 500; seq++) await keeper.keep(post(seq));
  await settle();
  assert.deepEqual(written(), []);
  for (let seq = 500; seq < 2_500; seq++) await keeper.keep(post(seq));
  let kept = false;
  const last = keeper.keep(post(2_500)).then(() => {
    kept = true;
  });
  await settle();
  assert.deepEqual([written(), kept], [[[1, 500, 500]], false]);
  slow.resolve();
  await last;
  await keeper.flush();
  assert.deepEqual(written().at(-1), [2_001, 2_500, 2_500]);
});

test('SDK-15: what comes while a transaction is under way is gathered for the next one', async () => {
  const slow = Promise.withResolvers<void>();
  const { advance, keeper, written } = setUp(slow.promise);
  await keeper.keep(post(1));
  await advance(250);
  await keeper.keep(post(2));
  await keeper.keep(post(3));
  await advance(250);
  slow.resolve();
  await settle();
  assert.deepEqual(written(), [[1, 1, 1]]);
  await advance(250);
  assert.deepEqual(written(), [
    [1, 1, 1],
    [2, 3, 3],
  ]);
});

test('SDK-15: counters are written with what arrives beside them', async () => {
  const { advance, keeper, entries, batches, unkept } = setUp();
  await keeper.keep(post(1));
  await advance(250);
  let changes = 0;
  const { change } = entries;
  entries.change = async (...args) => {
    changes++;
    await change.apply(entries, args);
  };
  keeper.count(1, create(CountersSchema, { views: 7 }));
  await keeper.keep(post(2));
  keeper.count(1, create(CountersSchema, { views: 8 }));
  await advance(250);
  assert.deepEqual([changes, batches.length, unkept], [1, 2, []]);
});
