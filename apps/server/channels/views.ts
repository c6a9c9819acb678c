import type { MarkMove } from '../conversations/policy.ts';
import type { Database, LogStore } from '../storage/port.ts';

/** Seqs that one row of `view_blocks` sums. */
export const BLOCK = 1_024;

/**
 * Counts a view of every seq that a read mark passes, and keeps nothing of who passed: each move adds
 * one where it begins and takes one after it ends, so that views of a seq are the sum up to it.
 */
export async function foldViews(database: Database, moves: readonly MarkMove[]): Promise<void> {
  const deltas = new Map<number, Map<number, number>>();
  for (const { conversation, from, to } of moves) {
    if (to <= from) continue;
    const own = deltas.get(conversation) ?? new Map<number, number>();
    deltas.set(conversation, own);
    add(own, from + 1, 1);
    add(own, to + 1, -1);
  }
  for (const [conversation, own] of deltas) await write(database, conversation, own);
}

/** Views of each seq, in one query however many there are and however long the log is. */
export async function viewsOf(
  database: Database,
  conversation: number,
  seqs: readonly number[],
): Promise<ReadonlyMap<number, number>> {
  if (seqs.length === 0) return new Map();
  const ascending = seqs.toSorted((a, b) => a - b);
  const { before, deltas } = await load(database, conversation, ascending);
  const views = new Map<number, number>();
  let next = 0;
  let block = -1;
  let sum = 0;
  for (const seq of ascending) {
    if (blockOf(seq) !== block) {
      block = blockOf(seq);
      sum = before.get(block) ?? 0;
      while ((deltas[next]?.at ?? Infinity) < block * BLOCK) next += 1;
    }
    for (let row = deltas[next]; row && row.at <= seq; row = deltas[next]) {
      sum += row.delta;
      next += 1;
    }
    views.set(seq, sum);
  }
  return views;
}

/** How far behind the newest entry what a mark passes is counted exactly. */
const COUNTED = 1_000;

/**
 * Posts and notes that marks passed, by conversation, for the figures of the day. A mark that comes
 * from farther behind counts every entry that it passes, edits too.
 */
export async function countPassed(
  log: LogStore,
  moves: readonly MarkMove[],
): Promise<ReadonlyMap<number, number>> {
  const edges = new Map<string, { readonly conversation: number; readonly seq: number }>();
  for (const { conversation, from, to } of moves) {
    for (const seq of [from, to]) edges.set(`${conversation}:${seq}`, { conversation, seq });
  }
  const counts = await log.countPosts([...edges.values()], COUNTED);
  const after = new Map([...edges.keys()].map((key, index) => [key, counts[index] ?? 0]));
  const passed = new Map<number, number>();
  for (const { conversation, from, to } of moves) {
    const ahead = after.get(`${conversation}:${from}`) ?? 0;
    const left = after.get(`${conversation}:${to}`) ?? 0;
    add(passed, conversation, ahead < COUNTED ? ahead - left : to - from);
  }
  return passed;
}

function blockOf(seq: number): number {
  return Math.floor(seq / BLOCK);
}

function add(sums: Map<number, number>, key: number, by: number): void {
  sums.set(key, (sums.get(key) ?? 0) + by);
}

async function write(
  database: Database,
  conversation: number,
  deltas: ReadonlyMap<number, number>,
): Promise<void> {
  const blocks = new Map<number, number>();
  for (const [seq, delta] of deltas) add(blocks, blockOf(seq), delta);
  for (const [seq, delta] of nonZero(deltas)) {
    await database
      .insertInto('view_deltas')
      .values({ conversation, seq, delta })
      .onConflict((conflict) =>
        conflict
          .columns(['conversation', 'seq'])
          .doUpdateSet((row) => ({ delta: row('view_deltas.delta', '+', delta) })),
      )
      .execute();
  }
  for (const [block, delta] of nonZero(blocks)) {
    await database
      .insertInto('view_blocks')
      .values({ conversation, block, delta })
      .onConflict((conflict) =>
        conflict
          .columns(['conversation', 'block'])
          .doUpdateSet((row) => ({ delta: row('view_blocks.delta', '+', delta) })),
      )
      .execute();
  }
}

function nonZero(sums: ReadonlyMap<number, number>): readonly (readonly [number, number])[] {
  return [...sums].filter(([, delta]) => delta !== 0);
}

/** One statement, so that blocks and their deltas are of the same instant. */
async function load(database: Database, conversation: number, seqs: readonly number[]) {
  const wanted = [...new Set(seqs.map(blockOf))];
  const rows = await blocksBefore(database, conversation, wanted)
    .unionAll(deltasIn(database, conversation, seqs))
    .orderBy('kind')
    .orderBy('at')
    .execute();
  const blocks = rows.filter(({ kind }) => kind === KIND.block);
  const before = new Map<number, number>();
  let next = 0;
  let sum = 0;
  for (const block of wanted) {
    for (let row = blocks[next]; row && row.at < block; row = blocks[next]) {
      sum += row.delta;
      next += 1;
    }
    before.set(block, sum);
  }
  return { before, deltas: rows.filter(({ kind }) => kind === KIND.delta) };
}

const KIND = { block: 0, delta: 1 } as const;

/** Sums of the blocks below the last wanted one; all those below the first in one row, at -1. */
function blocksBefore(database: Database, conversation: number, wanted: readonly number[]) {
  const [first = 0] = wanted;
  return database
    .selectFrom('view_blocks')
    .select((row) => [
      row.lit(KIND.block).$castTo<number>().as('kind'),
      row.case().when('block', '<', first).then(-1).else(row.ref('block')).end().as('at'),
      row.fn.sum<number>('delta').as('delta'),
    ])
    .where('conversation', '=', conversation)
    .where('block', '<', wanted.at(-1) ?? first)
    .groupBy('at');
}

/**
 * Deltas from the start of each wanted block up to its last wanted seq; neighbouring blocks are one
 * range. What lies before the first seq of all is summed there.
 */
function deltasIn(database: Database, conversation: number, seqs: readonly number[]) {
  const ranges: { from: number; to: number }[] = [];
  for (const seq of seqs) {
    const from = blockOf(seq) * BLOCK;
    const range = ranges.at(-1);
    if (range && from <= range.to + BLOCK) range.to = seq;
    else ranges.push({ from, to: seq });
  }
  const [first = 0] = seqs;
  return database
    .selectFrom('view_deltas')
    .select((row) => [
      row.lit(KIND.delta).$castTo<number>().as('kind'),
      row.case().when('seq', '<', first).then(first).else(row.ref('seq')).end().as('at'),
      row.fn.sum<number>('delta').as('delta'),
    ])
    .where('conversation', '=', conversation)
    .where((row) =>
      row.or(ranges.map(({ from, to }) => row.and([row('seq', '>=', from), row('seq', '<=', to)]))),
    )
    .groupBy('at');
}
