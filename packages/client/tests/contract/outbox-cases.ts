import type { EnqueueBatch, NewOutboxItem, OutboxItem } from '../../src/store/port.ts';
import { codeOf, holds, same } from './assertions.ts';
import type { Check } from './check.ts';

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

const refused = (id: number) =>
  ({ id, outcome: { kind: 'failed', code: 'x', message: 'y' } }) as const;

export function outboxCases(check: Check): void {
  check('items come back as they were, oldest first', async ({ outbox }) => {
    const [a, b] = [item('a'), item('b')];
    const added = await outbox.enqueue(batch('s1', [a, b]));
    same(prints(added), ['a', 'b']);
    const [first] = await outbox.pending(mine('s1'));
    same(first?.appendId, a.appendId);
    same(first?.payload, a.payload);
    same(first?.conversationId, 'c1');
    same(prints(await outbox.pending(mine('s1'))), ['a', 'b']);
    same(prints(await outbox.pending({ ...mine('s1'), limit: 1 })), ['a']);
  });

  check('a settled item is pending no more, and its first outcome stays', async ({ outbox }) => {
    const [a, b] = await outbox.enqueue(batch('s1', [item('a'), item('b')]));
    holds(a && b);
    await outbox.settle([appended(a.id, 7)]);
    await outbox.settle([{ id: a.id, outcome: { kind: 'failed', code: 'x', message: 'y' } }]);
    same(prints(await outbox.pending(mine('s1'))), ['b']);
    const [settled] = await outbox.items([a.id]);
    same(settled?.outcome, { kind: 'appended', seq: 7, sentAt: 5_000 });
    await outbox.settle([{ id: b.id, outcome: { kind: 'failed', code: 'x', message: 'y' } }]);
    const [failed] = await outbox.items([b.id]);
    same(failed?.outcome, { kind: 'failed', code: 'x', message: 'y' });
  });

  check(
    'what a living session has is its own, what a dead one left is anybody’s',
    async ({ outbox }) => {
      await outbox.enqueue(batch('s1', [item('a')]));
      same(await outbox.pending(mine('s2', ['s1'])), []);
      same(await outbox.conversations(mine('s2', ['s1'])), []);
      same(prints(await outbox.pending(mine('s2'))), ['a']);
      same(await outbox.conversations(mine('s2')), ['c1']);
    },
  );

  check('the same intent takes over what a dead session left', async ({ outbox }) => {
    const left = await outbox.enqueue(batch('s1', [item('a'), item('b')]));
    const again = await outbox.enqueue(batch('s2', [item('a'), item('b'), item('c')]));
    same(
      again.slice(0, 2).map(({ id }) => id),
      left.map(({ id }) => id),
    );
    same(again[0]?.appendId, left[0]?.appendId);
    same(prints(await outbox.pending(mine('s2'))), ['a', 'b', 'c']);
  });

  check(
    'takes over settled items with their outcome, and forgets those before',
    async ({ outbox }) => {
      const [a, b] = await outbox.enqueue(batch('s1', [item('a'), item('b')]));
      holds(a && b);
      await outbox.settle([appended(a.id, 1), appended(b.id, 2)]);
      const [again] = await outbox.enqueue(batch('s2', [item('b')]));
      same(again?.outcome, { kind: 'appended', seq: 2, sentAt: 5_000 });
      same(await outbox.items([a.id]), []);
    },
  );

  check('what was refused is a new attempt', async ({ outbox }) => {
    const [refused] = await outbox.enqueue(batch('s1', [item('a')]));
    holds(refused);
    await outbox.settle([{ id: refused.id, outcome: { kind: 'failed', code: 'x', message: 'y' } }]);
    const [again] = await outbox.enqueue(batch('s2', [item('a')]));
    holds(again?.id !== refused.id);
    same(again?.outcome, null);
  });

  check('takes over nothing of a living session, nor of its own', async ({ outbox }) => {
    const [first] = await outbox.enqueue(batch('s1', [item('a')]));
    const [own] = await outbox.enqueue(batch('s1', [item('a')]));
    const [other] = await outbox.enqueue(batch('s2', [item('a')], ['s1']));
    same(new Set([first?.id, own?.id, other?.id]).size, 3);
  });

  check('forgets what was reported, sweeps what nobody claimed', async ({ outbox }) => {
    const [a, b, c] = await outbox.enqueue(batch('s1', [item('a'), item('b'), item('c')]));
    holds(a && b && c);
    await outbox.settle([appended(a.id, 1), appended(b.id, 2)]);
    await outbox.forget([a.id]);
    await outbox.sweep(1_000);
    same(prints(await outbox.items([a.id, b.id, c.id])), ['b', 'c']);
    await outbox.sweep(1_001);
    same(prints(await outbox.items([a.id, b.id, c.id])), ['c']);
  });

  check('the same append id is the same item, whoever adds it again', async ({ outbox }) => {
    const own = { ...item('a'), fingerprint: '' };
    const [first] = await outbox.enqueue(batch('s1', [own]));
    holds(first);
    const [again, twice] = await outbox.enqueue(batch('s2', [own, own], ['s1', 's2']));
    same([again?.id, twice?.id], [first.id, first.id]);
    same(prints(await outbox.pending(mine('s2', ['s1']))).length, 1);
    await outbox.settle([appended(first.id, 9)]);
    const [told] = await outbox.enqueue(batch('s3', [own]));
    same(told?.outcome, { kind: 'appended', seq: 9, sentAt: 5_000 });
  });

  check('an append id of another conversation is refused, with the whole batch', async (store) => {
    const { outbox } = store;
    const own = item('a');
    await outbox.enqueue(batch('s1', [own]));
    const elsewhere = { ...batch('s1', [item('b'), own]), conversationId: 'c2' };
    same(await codeOf(outbox.enqueue(elsewhere)), 'already_exists');
    same(await outbox.unsettled({ conversationId: 'c2', limit: 9 }), []);
  });

  check('what has no fingerprint is never taken over', async ({ outbox }) => {
    const [left] = await outbox.enqueue(batch('s1', [item('')]));
    const [other] = await outbox.enqueue(batch('s2', [item('')]));
    holds(left?.id !== other?.id);
  });

  check('what waits and what was refused is listed, of all sessions', async ({ outbox }) => {
    const [a, b, c] = await outbox.enqueue(batch('s1', [item('a'), item('b'), item('c')]));
    const elsewhere = { ...batch('s2', [item('d')]), conversationId: 'c2' };
    await outbox.enqueue(elsewhere);
    holds(a && b && c);
    await outbox.settle([appended(a.id, 1), refused(b.id)]);
    const listed = await outbox.unsettled({ conversationId: 'c1', limit: 9 });
    same(prints(listed), ['b', 'c']);
    same(listed[0]?.outcome, refused(b.id).outcome);
    same(listed[0]?.enqueuedAt, 1_000);
    same(prints(await outbox.unsettled({ limit: 9 })), ['b', 'c', 'd']);
    same(prints(await outbox.unsettled({ limit: 2 })), ['b', 'c']);
  });

  check('what was refused waits again in its place, what was not does not', async ({ outbox }) => {
    const [a, b, c] = await outbox.enqueue(batch('s1', [item('a'), item('b'), item('c')]));
    holds(a && b && c);
    await outbox.settle([appended(a.id, 1), refused(b.id)]);
    const retried = await outbox.retry([a.id, b.id, c.id], 's2');
    same(prints(retried), ['b']);
    same([retried[0]?.outcome, retried[0]?.appendId], [null, b.appendId]);
    same(prints(await outbox.pending(mine('s2', ['s1']))), ['b']);
    same(prints(await outbox.pending(mine('s2'))), ['b', 'c']);
  });

  check('what was refused without a fingerprint outlives the sweep', async ({ outbox }) => {
    const [a, b, c] = await outbox.enqueue(batch('s1', [item('a'), item(''), item('')]));
    holds(a && b && c);
    await outbox.settle([refused(a.id), refused(b.id), appended(c.id, 1)]);
    await outbox.sweep(9_999);
    same(
      (await outbox.items([a.id, b.id, c.id])).map(({ id }) => id),
      [b.id],
    );
    await outbox.forget([b.id]);
    same(await outbox.unsettled({ limit: 9 }), []);
  });
}
