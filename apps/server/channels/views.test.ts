import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import fc from 'fast-check';
import type { MarkMove } from '../conversations/policy.ts';
import { anonymous, World } from './tests/world.ts';
import { BLOCK, foldViews, viewsOf } from './views.ts';

const world = new World();
after(() => world.close());

const seed = Number(process.env['CHANNELS_SEED'] ?? Math.floor(Math.random() * 2 ** 31));
const LENGTH = 5 * BLOCK;
const seqs = fc.oneof(
  fc.integer({ min: 1, max: LENGTH }),
  // Around the edges of blocks, where sums change hands.
  fc
    .tuple(fc.integer({ min: 1, max: 4 }), fc.integer({ min: -2, max: 2 }))
    .map(([block, offset]) => block * BLOCK + offset),
);

test('CHN-20: views are those of a naive count, whatever marks move and whichever page asks', async (t) => {
  t.diagnostic(`CHANNELS_SEED=${seed}`);
  let conversation = 1_000;
  const history = fc.array(
    fc.array(fc.record({ account: fc.integer({ min: 0, max: 5 }), to: seqs }), { maxLength: 8 }),
    { maxLength: 6 },
  );
  const property = fc.asyncProperty(
    history,
    fc.array(seqs, { maxLength: 12 }),
    async (batches, page) => {
      conversation += 1;
      const marks = new Map<number, number>();
      const views = new Uint32Array(LENGTH + 4);
      for (const batch of batches) {
        const moves: MarkMove[] = [];
        for (const { account, to } of batch) {
          const from = marks.get(account) ?? 0;
          if (to <= from) continue;
          marks.set(account, to);
          for (let seq = from + 1; seq <= to; seq += 1) views[seq] = (views[seq] ?? 0) + 1;
          moves.push({ conversation, account, from, to });
        }
        await world.storage.transaction((database) => foldViews(database, moves));
      }
      const counted = await viewsOf(world.storage.db, conversation, page);
      for (const seq of page) assert.equal(counted.get(seq), views[seq], `seq ${seq}`);
    },
  );
  await fc.assert(property, { seed, numRuns: 60 });
});

test('CHN-20: a view counts once an account, when its mark first passes the post', async () => {
  const owner = await world.account();
  const { id } = await world.channel(owner);
  for (let posts = 0; posts < 3; posts += 1) await world.post(owner, id);
  const first = await world.account();
  const second = await world.account();
  await world.acknowledge(first, id, 2);
  await world.acknowledge(first, id, 1);
  await world.acknowledge(first, id, 2);
  await world.acknowledge(second, id, 3);
  const { entries } = await world.log('read', anonymous, { conversationId: id, listed: true });
  assert.deepEqual(
    entries.map(({ counters }) => counters?.views),
    [2, 2, 1],
  );
});

test('CHN-20: leaving and coming back counts no view again', async () => {
  const owner = await world.account();
  const reader = await world.account();
  const { id } = await world.channel(owner);
  const ref = { case: 'conversationId', value: id } as const;
  await world.post(owner, id);
  await world.call('follow', reader, { ref });
  await world.acknowledge(reader, id, 1);
  await world.call('leave', reader, { conversationId: id });
  await world.call('follow', reader, { ref });
  await world.acknowledge(reader, id, 1);
  await world.post(owner, id);
  await world.acknowledge(reader, id, 2);
  const { entries } = await world.log('read', anonymous, { conversationId: id, listed: true });
  assert.deepEqual(
    entries.map(({ counters }) => counters?.views),
    [1, 1],
  );
});

test('CHN-20: a view leaves no trace of whose it was', async () => {
  const tables = ['view_deltas', 'view_blocks'] as const;
  for (const table of tables) {
    const [row] = await world.storage.db.selectFrom(table).selectAll().limit(1).execute();
    assert.ok(row);
    assert.ok(!Object.keys(row).includes('account'));
  }
});
