import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { EntryKind, limits } from '@heliogram/protocol';
import type { Caller } from '../gateway/service.ts';
import { settle } from '../gateway/tests/gateway-world.ts';
import { anonymous, device, entry, methods, type OwnWorld, ownWorld } from './tests/world.ts';

const ada = device(1);
const phone = device(1, 2);
const eve = device(2);

const open = async ({ call }: OwnWorld, caller: Caller): Promise<string> =>
  (await call(methods.openOwnState, {}, caller)).conversationId;

async function append(
  { call }: OwnWorld,
  caller: Caller,
  request: { readonly conversationId: string; readonly entries: ReturnType<typeof entry>[] },
) {
  const { results } = await call(methods.append, request, caller);
  return results.map(({ outcome }) =>
    outcome.case === 'appended' ? outcome.value.seq : outcome.value?.code,
  );
}

const readSeqs = async ({ call }: OwnWorld, conversationId: string): Promise<readonly number[]> => {
  const { entries } = await call(
    methods.read,
    { conversationId, fromStart: true, limit: 500 },
    ada,
  );
  return entries.map(({ seq }) => seq);
};

test('OWN-1: each account has one log of its own, made once however many devices ask', async (t) => {
  const world = await ownWorld(t);
  const asked = [ada, phone, ada, phone].map((caller) => open(world, caller));
  const ids = new Set(await Promise.all(asked));
  assert.equal(ids.size, 1);
  assert.ok(!ids.has(await open(world, eve)));
  const rows = await world.storage.db.selectFrom('conversations').selectAll().execute();
  assert.equal(rows.length, 2);
  await assert.rejects(open(world, anonymous), { code: 'unauthenticated' });
});

test('OWN-1: what one device appends reaches the others live, and later by reading', async (t) => {
  const world = await ownWorld(t);
  const conversationId = await open(world, ada);
  const { seqs, subscribed } = await world.listen(conversationId, phone);
  assert.equal(subscribed?.failure, undefined);
  const entries = [entry(), entry()];
  assert.deepEqual(await append(world, ada, { conversationId, entries }), [1, 2]);
  assert.deepEqual(await append(world, ada, { conversationId, entries }), [1, 2], 'once');
  await settle();
  assert.deepEqual(seqs(), [1, 2]);
  const page = await world.call(methods.read, { conversationId, fromStart: true }, phone);
  assert.deepEqual(
    page.entries.map(({ kind, payload }) => [kind, new TextDecoder().decode(payload)]),
    [
      [EntryKind.STATE, 'sealed bytes'],
      [EntryKind.STATE, 'sealed bytes'],
    ],
  );
});

test('OWN-2: for everybody else it is not there', async (t) => {
  const world = await ownWorld(t);
  const conversationId = await open(world, ada);
  await append(world, ada, { conversationId, entries: [entry()] });
  const missing = { code: 'not_found', message: 'conversation not found' };
  for (const caller of [eve, anonymous]) {
    await assert.rejects(world.call(methods.read, { conversationId }, caller), missing);
  }
  const { subscribed, connection } = await world.listen(conversationId, eve);
  assert.equal(subscribed?.failure?.code, 'not_found');
  assert.equal(connection.subscriptions, 0);
  await assert.rejects(append(world, eve, { conversationId, entries: [entry()] }), missing);
  const mark = { marks: [{ conversationId, seq: 1 }] };
  await assert.rejects(world.call(methods.acknowledge, mark, eve), missing);
  await assert.rejects(world.call(methods.signal, { conversationId }, eve), missing);
  assert.deepEqual(await readSeqs(world, conversationId), [1]);
  const list = await world.call(methods.listConversations, {}, ada);
  assert.deepEqual(list.conversations, [], 'it is in no list, not even its owner’s');
});

test('OWN-3: an entry that covers others sends them away for good', async (t) => {
  const world = await ownWorld(t);
  const conversationId = await open(world, ada);
  const secret = Buffer.from('covered and gone');
  await append(world, ada, { conversationId, entries: [entry({ payload: secret }), entry()] });
  const { seqs } = await world.listen(conversationId, phone);
  const parts = [entry(), entry({ covers: 2 })];
  assert.deepEqual(await append(world, ada, { conversationId, entries: parts }), [3, 4]);
  await settle();
  assert.deepEqual(seqs(), [3, 4], 'whoever listens hears of it as of any other');
  assert.deepEqual(await readSeqs(world, conversationId), [3, 4]);
  assert.deepEqual(await append(world, ada, { conversationId, entries: [entry()] }), [5]);
  assert.deepEqual(world.failures, []);
  // Within seconds also from the journal.
  for (let tries = 0; filesHold(world, secret) && tries < 80; tries += 1) await sleep(50);
  assert.equal(filesHold(world, secret), false);
  const beyond = { conversationId, entries: [entry({ covers: 6 })] };
  assert.deepEqual(await append(world, ada, beyond), ['invalid_argument']);
  const empty = { conversationId, entries: [entry({ payload: new Uint8Array() })] };
  assert.deepEqual(await append(world, ada, empty), ['invalid_argument']);
});

function filesHold({ directory }: OwnWorld, bytes: Buffer): boolean {
  return readdirSync(directory).some((name) => readFileSync(join(directory, name)).includes(bytes));
}

test('OWN-4: what is not covered is bounded by count and bytes; what covers enough is let in', async (t) => {
  const world = await ownWorld(t);
  const conversationId = await open(world, ada);
  const { maxBytes, maxEntries } = limits.ownState;
  const payload = new Uint8Array(limits.maxPayloadBytes).fill(1);
  const full = maxBytes / payload.byteLength;
  for (let batch = 0; batch < full; batch += 8) {
    const entries = Array.from({ length: 8 }, () => entry({ payload }));
    await append(world, ada, { conversationId, entries });
  }
  assert.deepEqual(await append(world, ada, { conversationId, entries: [entry()] }), [
    'limit_reached',
  ]);
  const covering = { conversationId, entries: [entry({ covers: full })] };
  assert.deepEqual(await append(world, ada, covering), [full + 1]);
  let last = full + 1;
  for (let left = maxEntries - 1; left > 0; left -= Math.min(left, 64)) {
    const entries = Array.from({ length: Math.min(left, 64) }, () => entry());
    last = Number((await append(world, ada, { conversationId, entries })).at(-1));
  }
  assert.equal(last, full + maxEntries);
  assert.deepEqual(await append(world, ada, { conversationId, entries: [entry()] }), [
    'limit_reached',
  ]);
  assert.deepEqual(
    await append(world, ada, { conversationId, entries: [entry({ covers: last })] }),
    [last + 1],
  );
});

test('OWN-5: marks, signals and redactions have no place there', async (t) => {
  const world = await ownWorld(t);
  const conversationId = await open(world, ada);
  await append(world, ada, { conversationId, entries: [entry()] });
  const mark = { marks: [{ conversationId, seq: 1 }] };
  await assert.rejects(world.call(methods.acknowledge, mark, ada), { code: 'forbidden' });
  await assert.rejects(world.call(methods.signal, { conversationId }, ada), { code: 'forbidden' });
  const redaction = { conversationId, seq: 1, appendId: entry().appendId };
  await assert.rejects(world.call(methods.redact, redaction, ada), { code: 'not_found' });
});

test('OWN-6: it goes with its account, also when that was cut off', async (t) => {
  const world = await ownWorld(t);
  const conversationId = await open(world, ada);
  const kept = await open(world, eve);
  await append(world, ada, { conversationId, entries: [entry(), entry()] });
  const found = await world.conversations.log.find(conversationId);
  assert.ok(found);
  // As if the server had died between the two steps.
  await world.storage.log.erase(found.id);
  await world.ownState.eraseAccount({ account: 1 });
  await world.ownState.eraseAccount({ account: 1 });
  await assert.rejects(world.call(methods.read, { conversationId }, ada), { code: 'not_found' });
  const logs = await world.storage.db.selectFrom('own_logs').selectAll().execute();
  assert.deepEqual(
    logs.map(({ account }) => account),
    [2],
  );
  const left = await world.storage.db.selectFrom('conversations').selectAll().execute();
  assert.deepEqual(
    left.map(({ conversation_id }) => conversation_id),
    [kept],
  );
});
