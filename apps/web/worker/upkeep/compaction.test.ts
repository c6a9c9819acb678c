import assert from 'node:assert/strict';
import test from 'node:test';
import { setImmediate } from 'node:timers/promises';
import { createMemoryStore, type Scheduler } from '@heliogram/client';
import { compacting } from './compaction.ts';

/** A clock that stands until it is moved. */
function clock() {
  let now = 0;
  const timers = new Map<object, { readonly at: number; readonly run: () => void }>();
  const scheduler: Scheduler = {
    now: () => now,
    after: (delayMs, run) => {
      const timer = { cancel: () => void timers.delete(timer) };
      timers.set(timer, { at: now + delayMs, run });
      return timer;
    },
  };
  const pass = async (ms: number) => {
    now += ms;
    for (const [timer, { at, run }] of [...timers]) {
      if (at > now) continue;
      timers.delete(timer);
      run();
    }
    await setImmediate();
  };
  return { scheduler, pass };
}

const cached = (seq: number, text: string) => {
  return { seq, kind: 1, sentAt: seq, encoded: new Uint8Array([seq]), text };
};

async function keeping() {
  let compacted = 0;
  const kept = createMemoryStore();
  const disk = {
    ...kept,
    compact: async () => {
      compacted++;
    },
  };
  const { scheduler, pass } = clock();
  const store = compacting(disk, scheduler);
  const texts = ['one', 'two', 'three'];
  const entries = texts.map((text, i) => cached(i + 1, text));
  await store.entries.put({ conversationId: 'c', entries, usedAt: 1 });
  await setImmediate();
  return { store, disk, pass, compacted: () => compacted };
}

test('WEB-17: the file is written anew when deleted posts have been out of it for a while, once for many', async () => {
  const { store, pass, compacted } = await keeping();
  await store.entries.change('c', [cached(1, 'one, edited')]);
  await pass(3_600_000);
  assert.equal(compacted(), 0);
  await store.entries.change('c', [cached(1, '')]);
  await pass(20_000);
  await store.entries.remove('c', [2]);
  await pass(20_000);
  assert.equal(compacted(), 0);
  await pass(10_000);
  assert.equal(compacted(), 1);
});

test('WEB-17: however much is deleted, it is not written anew all the time', async () => {
  const { store, pass, compacted } = await keeping();
  for (let third = 0; third < 180; third++) {
    await store.entries.remove('c', [1]);
    await pass(20_000);
  }
  assert.ok(compacted() >= 4 && compacted() <= 7, `${compacted()} times in an hour`);
});

test('WEB-17: a tab that ends before leaves it to the next one', async () => {
  const { store, disk, compacted } = await keeping();
  await store.entries.forget('c');
  const { scheduler, pass } = clock();
  compacting(disk, scheduler);
  await setImmediate();
  await pass(30_000);
  assert.equal(compacted(), 1);
  assert.equal((await disk.records.all('setting')).size, 0);
});
