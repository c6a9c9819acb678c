import assert from 'node:assert/strict';
import { test } from 'node:test';
import { create } from '@bufbuild/protobuf';
import { type Entry, EntrySchema } from '@heliogram/protocol';
import {
  type FollowEffect,
  type FollowEvent,
  type FollowState,
  maxEntriesAhead,
  startFollowing,
  stepFollow,
} from './follow-state.ts';

const entry = (seq: number): Entry => create(EntrySchema, { seq });
const entries = (...seqs: number[]) => seqs.map(entry);

/** "deliver 1 2", "read after 2", "live 2" */
function told(effects: readonly FollowEffect[]): string[] {
  return effects.map((effect) => {
    if (effect.type === 'deliver')
      return `deliver ${effect.entries.map(({ seq }) => seq).join(' ')}`;
    return effect.type === 'read' ? `read after ${effect.afterSeq}` : `live ${effect.head}`;
  });
}

function run(start: FollowState, ...events: FollowEvent[]): { state: FollowState; told: string[] } {
  let state = start;
  const all: FollowEffect[] = [];
  for (const event of events) {
    const [next, effects] = stepFollow(state, event);
    state = next;
    all.push(...effects);
  }
  return { state, told: told(all) };
}

const subscribed = (head: number, ...backlog: number[]): FollowEvent => ({
  type: 'subscribed',
  head,
  backlog: entries(...backlog),
});
const pushed = (seq: number): FollowEvent => ({ type: 'pushed', entry: entry(seq) });
const page = (head: number, ...seqs: number[]): FollowEvent => ({
  type: 'page',
  entries: entries(...seqs),
  head,
});

const table: readonly {
  name: string;
  after: number | null;
  events: readonly FollowEvent[];
  told: readonly string[];
}[] = [
  {
    name: 'without a past begins at the end of the log',
    after: null,
    events: [subscribed(7), pushed(8)],
    told: ['live 7', 'deliver 8'],
  },
  {
    name: 'takes the backlog that comes with the answer',
    after: 5,
    events: [subscribed(7, 6, 7)],
    told: ['live 7', 'deliver 6 7'],
  },
  {
    name: 'reads a backlog that is too long to come along',
    after: 5,
    events: [subscribed(9), page(9, 6, 7), page(9, 8, 9)],
    told: ['live 9', 'read after 5', 'deliver 6 7', 'read after 7', 'deliver 8 9'],
  },
  {
    name: 'drops what it has',
    after: 5,
    events: [subscribed(5), pushed(4), pushed(5), pushed(6), pushed(6)],
    told: ['live 5', 'deliver 6'],
  },
  {
    name: 'holds what lies beyond a gap until the gap is read',
    after: 0,
    events: [subscribed(0), pushed(1), pushed(3), pushed(4), page(4, 2)],
    told: ['live 0', 'deliver 1', 'read after 1', 'deliver 2', 'deliver 3 4'],
  },
  {
    name: 'fills a gap from a push that was late',
    after: 0,
    events: [subscribed(0), pushed(2), pushed(1), page(2, 1, 2)],
    told: ['live 0', 'read after 0', 'deliver 1 2'],
  },
  {
    name: 'catches up after a lag notice',
    after: 3,
    events: [subscribed(3), { type: 'lag', head: 6 }, page(6, 4, 5, 6)],
    told: ['live 3', 'read after 3', 'deliver 4 5 6'],
  },
  {
    name: 'keeps a push that overtakes the answer to its subscription',
    after: null,
    events: [pushed(8), subscribed(7)],
    told: ['live 7', 'deliver 8'],
  },
  {
    name: 'resumes after a loss without repeating',
    after: 0,
    events: [subscribed(0), pushed(1), { type: 'disconnected' }, subscribed(3, 2, 3), pushed(4)],
    told: ['live 0', 'deliver 1', 'deliver 2 3', 'deliver 4'],
  },
  {
    name: 'reads again when a read was lost with the connection',
    after: 0,
    events: [subscribed(0), pushed(2), { type: 'disconnected' }, subscribed(2), page(2, 1, 2)],
    told: ['live 0', 'read after 0', 'read after 0', 'deliver 1 2'],
  },
  {
    name: 'reads again after a failed read',
    after: 0,
    events: [subscribed(1), { type: 'read-failed' }, { type: 'retry' }, page(1, 1)],
    told: ['live 1', 'read after 0', 'read after 0', 'deliver 1'],
  },
  {
    name: 'lets a slow consumer catch up by reading',
    after: 0,
    events: [
      subscribed(0),
      pushed(1),
      { type: 'congested' },
      pushed(2),
      pushed(3),
      { type: 'relieved' },
      page(3, 2, 3),
    ],
    told: ['live 0', 'deliver 1', 'read after 1', 'deliver 2 3'],
  },
  {
    name: 'does not read for ever what the log does not have',
    after: 0,
    events: [subscribed(5), page(0)],
    told: ['live 5', 'read after 0'],
  },
  {
    name: 'replays nothing when the log ends before what it knows',
    after: 9,
    events: [subscribed(4), pushed(5), pushed(10)],
    told: ['live 4', 'deliver 10'],
  },
];

for (const row of table) {
  test(`SDK-4: a follower ${row.name}`, () => {
    assert.deepEqual(run(startFollowing(row.after), ...row.events).told, row.told);
  });
}

test('SDK-4: what is held beyond a gap is bounded', () => {
  const far = Array.from({ length: maxEntriesAhead + 50 }, (_, i) => pushed(i + 2));
  const { state } = run(startFollowing(0), subscribed(0), ...far);
  assert.equal(state.ahead.size, maxEntriesAhead);
  assert.equal(state.head, maxEntriesAhead + 51);
});

test('SDK-4: every entry once and in order under random loss, repetition and reordering', () => {
  for (let seed = 1; seed <= 200; seed++) {
    const delivered = simulate(seed);
    const expected = delivered.map((_, i) => i + 1);
    assert.deepEqual(delivered, expected, `seed ${seed}`);
    assert.equal(delivered.length, logLength, `seed ${seed}`);
  }
});

const logLength = 60;

/** A log that grows while its pushes are dropped, doubled and shuffled, and the link breaks. */
function simulate(seed: number): number[] {
  const random = seeded(seed);
  const delivered: number[] = [];
  let state = startFollowing(0);
  let head = 0;
  let reads: number[] = [];
  const take = (event: FollowEvent) => {
    const [next, effects] = stepFollow(state, event);
    state = next;
    for (const effect of effects) {
      if (effect.type === 'deliver') delivered.push(...effect.entries.map(({ seq }) => seq));
      if (effect.type === 'read') reads.push(effect.afterSeq);
    }
  };
  const answerRead = () => {
    const after = reads.shift();
    if (after === undefined) return;
    const last = Math.min(head, after + 1 + Math.floor(random() * 8));
    const seqs = Array.from({ length: Math.max(0, last - after) }, (_, i) => after + 1 + i);
    take(page(head, ...seqs));
  };
  take(subscribed(0));
  while (head < logLength) {
    head++;
    for (let copies = Math.floor(random() * 3); copies > 0; copies--) {
      take(pushed(Math.max(1, head - Math.floor(random() * 4))));
    }
    if (random() < 0.1) {
      take({ type: 'disconnected' });
      reads = [];
      take(subscribed(head));
    }
    if (random() < 0.1) take({ type: random() < 0.5 ? 'congested' : 'relieved' });
    if (random() < 0.6) answerRead();
  }
  take({ type: 'relieved' });
  take({ type: 'lag', head });
  while (reads.length > 0) answerRead();
  return delivered;
}

function seeded(seed: number): () => number {
  let state = seed * 2_654_435_761;
  return () => {
    state = (Math.imul(state ^ (state >>> 15), 2_246_822_519) + 0x9e37_79b9) | 0;
    return ((state >>> 8) & 0xffffff) / 0x1000000;
  };
}
