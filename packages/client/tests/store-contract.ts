import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ClientStore, EnqueueBatch, NewOutboxItem, OutboxItem } from '../src/store/port.ts';

let appendIds = 0;

function item(fingerprint: string): NewOutboxItem {
  appendIds++;
  const appendId = new Uint8Array(16);
  new DataView(appendId.buffer).setUint32(12, appendIds);
  return {
    appendId,
    payload: Uint8Array.of(1, 2, appendIds),
    targetSeq: 0,
    silent: false,
    fingerprint,
  };
}

function batch(
  session: string,
  items: readonly NewOutboxItem[],
  alive: readonly string[] = [],
): EnqueueBatch {
  const isAlive = (other: string) => alive.includes(other);
  return { conversationId: 'c1', session, isAlive, enqueuedAt: 1_000, items };
}

const mine = (session: string, alive: readonly string[] = []) => ({
  conversationId: 'c1',
  limit: 10,
  session,
  isAlive: (other: string) => alive.includes(other),
});

const prints = (items: readonly OutboxItem[]) => items.map(({ fingerprint }) => fingerprint);
const appended = (id: number, seq: number) =>
  ({ id, outcome: { kind: 'appended', seq, sentAt: 5_000 } }) as const;

/** What every ClientStore promises. `open` answers a new store, empty each time. */
export function storeContract(name: string, open: () => Promise<ClientStore>): void {
  const check = (what: string, run: (store: ClientStore) => Promise<void>) =>
    test(`SDK-5: ${name}: ${what}`, async () => {
      const store = await open();
      try {
        await run(store);
      } finally {
        await store.close();
      }
    });

  check('items come back as they were, oldest first', async ({ outbox }) => {
    const [a, b] = [item('a'), item('b')];
    const added = await outbox.enqueue(batch('s1', [a, b]));
    assert.deepEqual(prints(added), ['a', 'b']);
    const [first] = await outbox.pending(mine('s1'));
    assert.deepEqual(first?.appendId, a.appendId);
    assert.deepEqual(first?.payload, a.payload);
    assert.equal(first?.conversationId, 'c1');
    assert.deepEqual(prints(await outbox.pending(mine('s1'))), ['a', 'b']);
    assert.deepEqual(prints(await outbox.pending({ ...mine('s1'), limit: 1 })), ['a']);
  });

  check('a settled item is pending no more, and its first outcome stays', async ({ outbox }) => {
    const [a, b] = await outbox.enqueue(batch('s1', [item('a'), item('b')]));
    assert.ok(a && b);
    await outbox.settle([appended(a.id, 7)]);
    await outbox.settle([{ id: a.id, outcome: { kind: 'failed', code: 'x', message: 'y' } }]);
    assert.deepEqual(prints(await outbox.pending(mine('s1'))), ['b']);
    const [settled] = await outbox.items([a.id]);
    assert.deepEqual(settled?.outcome, { kind: 'appended', seq: 7, sentAt: 5_000 });
    await outbox.settle([{ id: b.id, outcome: { kind: 'failed', code: 'x', message: 'y' } }]);
    const [failed] = await outbox.items([b.id]);
    assert.deepEqual(failed?.outcome, { kind: 'failed', code: 'x', message: 'y' });
  });

  check(
    'what a living session has is its own, what a dead one left is anybody’s',
    async ({ outbox }) => {
      await outbox.enqueue(batch('s1', [item('a')]));
      assert.deepEqual(await outbox.pending(mine('s2', ['s1'])), []);
      assert.deepEqual(await outbox.conversations(mine('s2', ['s1'])), []);
      assert.deepEqual(prints(await outbox.pending(mine('s2'))), ['a']);
      assert.deepEqual(await outbox.conversations(mine('s2')), ['c1']);
    },
  );

  check('the same intent takes over what a dead session left', async ({ outbox }) => {
    const left = await outbox.enqueue(batch('s1', [item('a'), item('b')]));
    const again = await outbox.enqueue(batch('s2', [item('a'), item('b'), item('c')]));
    assert.deepEqual(
      again.slice(0, 2).map(({ id }) => id),
      left.map(({ id }) => id),
    );
    assert.deepEqual(again[0]?.appendId, left[0]?.appendId);
    assert.deepEqual(prints(await outbox.pending(mine('s2'))), ['a', 'b', 'c']);
  });

  check(
    'takes over settled items with their outcome, and forgets those before',
    async ({ outbox }) => {
      const [a, b] = await outbox.enqueue(batch('s1', [item('a'), item('b')]));
      assert.ok(a && b);
      await outbox.settle([appended(a.id, 1), appended(b.id, 2)]);
      const [again] = await outbox.enqueue(batch('s2', [item('b')]));
      assert.deepEqual(again?.outcome, { kind: 'appended', seq: 2, sentAt: 5_000 });
      assert.deepEqual(await outbox.items([a.id]), []);
    },
  );

  check('what was refused is a new attempt', async ({ outbox }) => {
    const [refused] = await outbox.enqueue(batch('s1', [item('a')]));
    assert.ok(refused);
    await outbox.settle([{ id: refused.id, outcome: { kind: 'failed', code: 'x', message: 'y' } }]);
    const [again] = await outbox.enqueue(batch('s2', [item('a')]));
    assert.notEqual(again?.id, refused.id);
    assert.equal(again?.outcome, null);
  });

  check('takes over nothing of a living session, nor of its own', async ({ outbox }) => {
    const [first] = await outbox.enqueue(batch('s1', [item('a')]));
    const [own] = await outbox.enqueue(batch('s1', [item('a')]));
    const [other] = await outbox.enqueue(batch('s2', [item('a')], ['s1']));
    assert.equal(new Set([first?.id, own?.id, other?.id]).size, 3);
  });

  check('forgets what was reported, sweeps what nobody claimed', async ({ outbox }) => {
    const [a, b, c] = await outbox.enqueue(batch('s1', [item('a'), item('b'), item('c')]));
    assert.ok(a && b && c);
    await outbox.settle([appended(a.id, 1), appended(b.id, 2)]);
    await outbox.forget([a.id]);
    await outbox.sweep(1_000);
    assert.deepEqual(prints(await outbox.items([a.id, b.id, c.id])), ['b', 'c']);
    await outbox.sweep(1_001);
    assert.deepEqual(prints(await outbox.items([a.id, b.id, c.id])), ['c']);
  });

  check('records are kept by space and key', async ({ records }) => {
    await records.put('name', new Map([['k', '1']]));
    await records.put('upload', new Map([['k', '2']]));
    await records.put('name', new Map([['k', '3']]));
    assert.deepEqual([...(await records.get('name', ['k', 'none']))], [['k', '3']]);
    const stands = await records.putIfAbsent(
      'name',
      new Map([
        ['k', 'new'],
        ['l', 'new'],
      ]),
    );
    assert.deepEqual([...stands].sort(), [
      ['k', '3'],
      ['l', 'new'],
    ]);
    await records.delete('name', ['k']);
    assert.deepEqual([...(await records.get('name', ['k']))], []);
    assert.deepEqual([...(await records.get('upload', ['k']))], [['k', '2']]);
  });
}
