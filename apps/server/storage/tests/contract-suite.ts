import assert from 'node:assert/strict';
import { test } from 'node:test';
import { EntryKind, limits } from '@heliogram/protocol';
import type { AppendCommand, LogStore, ReadRange, StoredEntry } from '../port.ts';
import { trimming } from './trimming.ts';
import type { Check, StorageUnderTest } from './under-test.ts';
import { wideBatches } from './wide-batches.ts';

let lastId = 0;

function appendId(): Uint8Array {
  lastId += 1;
  const id = new Uint8Array(16);
  new DataView(id.buffer).setUint32(12, lastId);
  return id;
}

const text = (words: string): Uint8Array => new TextEncoder().encode(words);

function post(change: Partial<AppendCommand> = {}): AppendCommand {
  return {
    conversation: 1,
    kind: EntryKind.POST,
    author: 7,
    sentAt: 1_000,
    appendId: appendId(),
    payload: text('post'),
    silent: false,
    signed: false,
    targetSeq: 0,
    ...change,
  };
}

const edit = (targetSeq: number, words: string): AppendCommand =>
  post({ kind: EntryKind.EDIT, targetSeq, payload: text(words) });

const redaction = (targetSeq: number, tombstone?: Uint8Array): AppendCommand =>
  post({
    kind: EntryKind.REDACTION,
    targetSeq,
    payload: null,
    ...(tombstone && { tombstone }),
  });

const everything: ReadRange = {
  conversation: 1,
  afterSeq: 0,
  beforeSeq: limits.maxSeq + 1,
  limit: 500,
  from: 'start',
  listed: false,
  maxBytes: limits.maxReadBytes,
};

async function all(
  log: LogStore,
  change: Partial<ReadRange> = {},
): Promise<readonly StoredEntry[]> {
  return (await log.read({ ...everything, ...change })).entries;
}

const seqs = (entries: readonly StoredEntry[]): number[] => entries.map(({ seq }) => seq);

/** Every backend of the storage port passes these; nothing above the port asks for more. */
export function storageContract(name: string, open: () => Promise<StorageUnderTest>): void {
  const check = (title: string, run: (under: StorageUnderTest) => Promise<void>) =>
    test(`${title} [${name}]`, async () => {
      const under = await open();
      try {
        await run(under);
      } finally {
        await under.dispose();
      }
    });
  appending(check);
  changing(check);
  reading(check);
  transactions(check);
  trimming(check);
  wideBatches(check);
}

function appending(check: Check): void {
  check('LOG-1: what was answered is there after reopening', async ({ storage, reopen }) => {
    await storage.log.append([post(), post(), post({ conversation: 2 })]);
    const { storage: again, dispose } = await reopen();
    assert.deepEqual(seqs(await all(again.log)), [1, 2]);
    const [next] = await again.log.append([post()]);
    assert.equal(next?.kind === 'appended' && next.entry.seq, 3);
    await dispose();
  });

  check(
    'LOG-2: seqs have no gap, and a clock that jumped dates only what came meanwhile',
    async ({ storage }) => {
      const times = [500, 900_000, 501, 1];
      for (const sentAt of times) await storage.log.append([post({ sentAt }), post({ sentAt })]);
      const entries = await all(storage.log);
      assert.deepEqual(seqs(entries), [1, 2, 3, 4, 5, 6, 7, 8]);
      assert.deepEqual(
        entries.map(({ sentAt }) => sentAt),
        [500, 500, 900_000, 900_000, 501, 501, 1, 1],
      );
      assert.equal((await storage.log.heads([1])).get(1)?.headSentAt, 1);
    },
  );

  check('LOG-3: an append id is appended once, also within one batch', async ({ storage }) => {
    const first = post({ payload: text('first') });
    const again = { ...first, payload: text('changed'), conversation: 2 };
    const outcomes = await storage.log.append([first, again]);
    assert.deepEqual(
      outcomes.map(({ kind }) => kind),
      ['appended', 'duplicate'],
    );
    const [later] = await storage.log.append([again]);
    assert.ok(later?.kind === 'duplicate');
    assert.equal(later.conversation, 1);
    assert.deepEqual(later.entry.payload, text('first'));
    assert.deepEqual(await all(storage.log, { conversation: 2 }), []);
    const [found, missing] = await storage.log.find([first.appendId, appendId()]);
    assert.equal(found?.entry.seq, 1);
    assert.equal(missing, undefined);
  });

  check('LOG-4: conversations are numbered apart within one batch', async ({ storage }) => {
    const outcomes = await storage.log.append(
      [1, 2, 1, 2, 2].map((conversation) => post({ conversation })),
    );
    const numbers = outcomes.map((outcome) => outcome.kind === 'appended' && outcome.entry.seq);
    assert.deepEqual(numbers, [1, 1, 2, 2, 3]);
    const heads = await storage.log.heads([1, 2, 3]);
    assert.deepEqual(
      [...heads.values()].map(({ headSeq }) => headSeq),
      [2, 3, 0],
    );
  });

  check('LOG-10: erasing takes one conversation only', async ({ storage }) => {
    const mine = post();
    await storage.log.append([mine, post({ conversation: 2 }), edit(1, 'edit')]);
    await storage.log.erase(1);
    assert.deepEqual(await all(storage.log), []);
    assert.deepEqual(seqs(await all(storage.log, { conversation: 2 })), [1]);
    const [again] = await storage.log.append([mine]);
    assert.equal(again?.kind === 'appended' && again.entry.seq, 1);
  });
}

function changing(check: Check): void {
  check('LOG-5: the newest edit is folded into its post', async ({ storage }) => {
    await storage.log.append([post({ payload: text('old') }), post()]);
    await storage.log.append([edit(1, 'newer'), edit(1, 'newest')]);
    const [first, second] = await all(storage.log);
    assert.deepEqual(first?.payload, text('old'));
    assert.deepEqual(first?.revision?.payload, text('newest'));
    assert.equal(first?.revision?.seq, 4);
    assert.equal(second?.revision, null);
  });

  check('LOG-5: edits and redactions of nothing are refused', async ({ storage }) => {
    await storage.log.append([post(), edit(1, 'edit'), post(), redaction(3)]);
    const outcomes = await storage.log.append([
      edit(99, 'missing'),
      edit(2, 'an edit'),
      edit(3, 'redacted'),
      redaction(3),
      redaction(4),
    ]);
    assert.deepEqual(new Set(outcomes.map(({ kind }) => kind)), new Set(['bad-target']));
    assert.equal((await storage.log.heads([1])).get(1)?.headSeq, 4);
  });

  check('LOG-6: a redaction empties the post and its edits', async ({ storage }) => {
    const target = post({ payload: text('regret') });
    await storage.log.append([target, edit(1, 'regret too'), post()]);
    const again = redaction(1, text('remains'));
    await storage.log.append([again]);
    const [repeated] = await storage.log.append([again]);
    assert.equal(repeated?.kind, 'duplicate');
    const entries = await all(storage.log);
    assert.deepEqual(seqs(entries), [1, 2, 3, 4]);
    assert.deepEqual(
      entries.map(({ redacted }) => redacted),
      [true, true, false, false],
    );
    assert.deepEqual(
      entries.map(({ payload }) => payload === null),
      [true, true, false, true],
    );
    assert.deepEqual(
      entries.map(({ tombstone }) => tombstone),
      [text('remains'), null, null, null],
    );
    assert.equal(entries[0]?.revision, null);
    assert.equal((await storage.log.heads([1])).get(1)?.posts, 1);
  });

  check('LOG-7: a takedown is remembered and undone', async ({ storage }) => {
    await storage.log.append([
      post({ payload: text('disputed') }),
      edit(1, 'disputed too'),
      post(),
    ]);
    assert.equal(await storage.log.setTakenDown(1, 1, 'because'), true);
    const reasons = (await all(storage.log)).map(({ takenDownReason }) => takenDownReason);
    assert.deepEqual(reasons, ['because', 'because', null]);
    await storage.log.setTakenDown(1, 1, null);
    const restored = await storage.log.entry(1, 1);
    assert.equal(restored?.takenDownReason, null);
    assert.deepEqual(restored?.payload, text('disputed'));
    assert.equal(await storage.log.setTakenDown(1, 9, 'nothing there'), false);
  });
}

function reading(check: Check): void {
  check('LOG-8: pages from either end, bounded by count', async ({ storage }) => {
    await storage.log.append(Array.from({ length: 10 }, () => post()));
    const { log } = storage;
    const last = await log.read({ ...everything, from: 'end', limit: 3 });
    assert.deepEqual([seqs(last.entries), last.more], [[8, 9, 10], true]);
    const first = await log.read({ ...everything, limit: 3 });
    assert.deepEqual([seqs(first.entries), first.more], [[1, 2, 3], true]);
    const middle = await log.read({ ...everything, afterSeq: 4, beforeSeq: 7 });
    assert.deepEqual([seqs(middle.entries), middle.more], [[5, 6], false]);
    const whole = await log.read({ ...everything, from: 'end', limit: 10 });
    assert.deepEqual([whole.entries.length, whole.more], [10, false]);
    assert.deepEqual(await log.read({ ...everything, afterSeq: 10 }), { entries: [], more: false });
    assert.deepEqual(await all(log, { conversation: 404 }), []);
  });

  check('LOG-8: pages are bounded by bytes, but never empty', async ({ storage }) => {
    const big = new Uint8Array(1_000);
    await storage.log.append(Array.from({ length: 5 }, () => post({ payload: big })));
    const two = await storage.log.read({ ...everything, maxBytes: 2_500 });
    assert.deepEqual([seqs(two.entries), two.more], [[1, 2], true]);
    const one = await storage.log.read({ ...everything, maxBytes: 1, from: 'end' });
    assert.deepEqual([seqs(one.entries), one.more], [[5], true]);
  });

  check(
    'LOG-8, LOG-22: a listed page leaves out edits and redactions; counts are of posts',
    async ({ storage }) => {
      const note = post({ kind: EntryKind.NOTE });
      await storage.log.append([post(), edit(1, 'x'), post(), note, redaction(3), post()]);
      assert.deepEqual(seqs(await all(storage.log, { listed: true })), [1, 3, 4, 6]);
      assert.deepEqual(seqs(await all(storage.log, { listed: true, standing: true })), [1, 4, 6]);
      const counts = await storage.log.countPosts(
        [
          { conversation: 1, seq: 0 },
          { conversation: 1, seq: 4 },
          { conversation: 2, seq: 0 },
        ],
        2,
      );
      assert.deepEqual(counts, [2, 1, 0]);
      assert.deepEqual(await storage.log.countPosts([{ conversation: 1, seq: 3 }], 9), [1]);
      const others = [7, 8].map((exceptBy) => ({ conversation: 1, seq: 0, exceptBy }));
      assert.deepEqual(await storage.log.countPosts(others, 10), [0, 2]);
    },
  );
}

function transactions(check: Check): void {
  check('a transaction that throws leaves nothing behind', async ({ storage }) => {
    const failing = storage.transaction(async (database) => {
      await database.insertInto('settings').values({ key: 'a', value: '1' }).execute();
      throw new Error('no');
    });
    await assert.rejects(failing, /no/);
    assert.deepEqual(await storage.db.selectFrom('settings').selectAll().execute(), []);
  });

  check('transactions, lone writes and appends take turns', async ({ storage }) => {
    const increments = Array.from({ length: 20 }, () =>
      storage.transaction(async (database) => {
        const row = await database
          .selectFrom('settings')
          .select('value')
          .where('key', '=', 'n')
          .executeTakeFirst();
        const value = String(Number(row?.value ?? 0) + 1);
        await database
          .insertInto('settings')
          .values({ key: 'n', value })
          .onConflict((conflict) => conflict.column('key').doUpdateSet({ value }))
          .execute();
      }),
    );
    const appends = Array.from({ length: 20 }, () => storage.log.append([post()]));
    await Promise.all([...increments, ...appends]);
    const row = await storage.db.selectFrom('settings').select('value').executeTakeFirst();
    assert.equal(row?.value, '20');
    assert.equal((await storage.log.heads([1])).get(1)?.headSeq, 20);
  });

  check(
    'inside a transaction the outer database is refused, not waited for',
    async ({ storage }) => {
      const failing = storage.transaction(async () => {
        await storage.log.append([post()]);
      });
      await assert.rejects(failing, { code: 'internal' });
      await storage.log.append([post()]);
    },
  );
}
