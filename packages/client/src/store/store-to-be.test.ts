import assert from 'node:assert/strict';
import { test } from 'node:test';
import { settle } from '../../tests/fake-server.ts';
import { storeContract } from '../../tests/store-contract.ts';
import { createMemoryStore } from './memory-store.ts';
import type { ClientStore } from './port.ts';
import { storeToBe } from './store-to-be.ts';

storeContract('to be made', async () => {
  const store = storeToBe(async () => createMemoryStore());
  await store.made();
  return store;
});

const chat = 'ab'.repeat(16);
const page = { conversationId: chat, entries: [], known: { from: 1, to: 9 }, usedAt: 1 };

function setUp() {
  let made = 0;
  const real: ClientStore = { ...createMemoryStore(), persistent: true };
  const gate = Promise.withResolvers<void>();
  const store = storeToBe(async () => {
    made++;
    await gate.promise;
    return real;
  });
  return { store, real, gate, made: () => made };
}

test('SDK-5: what does not exist yet is read as empty, at once, and is not made for that', async () => {
  const { store, made } = setUp();
  assert.deepEqual(await store.records.get('account', ['me']), new Map());
  assert.deepEqual(await store.chats.get([chat]), []);
  assert.deepEqual(await store.outbox.unsettled({ limit: 9 }), []);
  const range = await store.entries.range({ conversationId: chat, limit: 9 });
  assert.deepEqual(range, { entries: [], spans: [], seenSeq: 0, seenSentAt: undefined });
  assert.deepEqual([made(), store.persistent], [0, false]);
});

test('SDK-5: it is made once, for the first who has something to keep; whoever reads then waits for that', async () => {
  const { store, real, gate, made } = setUp();
  let kept = false;
  const keeping = store.entries.put(page).then(() => {
    kept = true;
  });
  const more = store.records.put('account', new Map([['me', '{}']]));
  const reading = store.entries.range({ conversationId: chat, limit: 9 });
  await settle();
  assert.deepEqual([made(), kept], [1, false], 'no promise resolves before its effect is durable');
  gate.resolve();
  await Promise.all([keeping, more]);
  assert.deepEqual((await reading).spans, [{ from: 1, to: 9 }]);
  assert.deepEqual((await real.entries.range({ conversationId: chat, limit: 9 })).spans, [
    { from: 1, to: 9 },
  ]);
  assert.equal((await real.records.get('account', ['me'])).get('me'), '{}');
  assert.deepEqual([made(), store.persistent], [1, true]);
});

test('SDK-5: chats, which can be fetched again, are kept once it is made for something else', async () => {
  const { store, real, gate, made } = setUp();
  gate.resolve();
  const putting = store.chats.put([{ conversationId: chat, channel: Uint8Array.of(1) }]);
  await settle();
  assert.equal(made(), 0);
  await store.made();
  await putting;
  assert.equal((await real.chats.all()).length, 1);
});
