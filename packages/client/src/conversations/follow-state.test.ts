import assert from 'node:assert/strict';
import { test } from 'node:test';
import { create } from '@bufbuild/protobuf';
import { type Entry, EntrySchema } from '@heliogram/protocol';
import { timestampOf } from '../timestamps.ts';
import {
  type FollowEffect,
  type FollowEvent,
  type FollowState,
  maxEntriesAhead,
  startFollowing,
  stepFollow,
} from './follow-state.ts';

const entry = (seq: number, sentAt = seq * 1_000): Entry =>
  create(EntrySchema, { seq, sentAt: timestampOf(sentAt) });
const entries = (...seqs: number[]) => seqs.map((seq) => entry(seq));

/** "deliver 1 2", "read after 2", "live 2" */
function told(effects: readonly FollowEffect[]): string[] {
  return effects.map((effect) => {
    if (effect.type === 'deliver')
      return `deliver ${effect.entries.map(({ seq }) => seq).join(' ')}`;
    if (effect.type === 'rewound') return `rewound from ${effect.fromSeq} to ${effect.toSeq}`;
    if (effect.type === 'trace') return `trace before ${effect.beforeSeq}`;
    return effect.type === 'read' ? `read after ${effect.afterSeq}` : `live ${effect.head.seq}`;
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
  head: { seq: head },
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
];

const rewound = (head: number): FollowEvent => ({
  type: 'subscribed',
  head: { seq: head },
  backlog: [],
  rewound: true,
});
const traced = (more: boolean, ...found: Entry[]): FollowEvent => ({
  type: 'traced',
  entries: found,
  more,
});
/** Sent after the restore, which was after everything else here. */
const later = (seq: number) => entry(seq, 1_000_000 + seq);

const restored: readonly { name: string; events: readonly FollowEvent[]; told: string[] }[] = [
  {
    name: 'goes on from the end of a log that went back',
    events: [rewound(4), traced(false, ...entries(1, 2, 3, 4)), pushed(5), pushed(6)],
    told: ['trace before 5', 'rewound from 9 to 4', 'deliver 5', 'deliver 6'],
  },
  {
    name: 'delivers what came after the restore, below the old end',
    events: [rewound(6), traced(false, ...entries(3, 4), later(5), later(6)), page(6, 5, 6)],
    told: ['trace before 7', 'rewound from 9 to 4', 'read after 4', 'deliver 5 6'],
  },
  {
    name: 'delivers what came after the restore, beyond the old end',
    events: [
      rewound(12),
      traced(true, ...[9, 10, 11, 12].map(later)),
      traced(true, ...entries(6, 7), later(8)),
      page(12, 8, 9, 10, 11, 12),
    ],
    told: [
      'trace before 13',
      'trace before 9',
      'rewound from 9 to 7',
      'read after 7',
      'deliver 8 9 10 11 12',
    ],
  },
  {
    name: 'delivers all of a log that shares nothing with the one of before',
    events: [rewound(2), traced(false, later(1), later(2)), page(2, 1, 2)],
    told: ['trace before 3', 'rewound from 9 to 0', 'read after 0', 'deliver 1 2'],
  },
  {
    name: 'delivers what is pushed while it traces, once and in order',
    events: [pushed(5), rewound(4), pushed(6), traced(false, ...entries(3, 4))],
    told: ['trace before 6', 'rewound from 9 to 4', 'deliver 5 6'],
  },
  {
    name: 'takes nothing for its own that is pushed before the subscription is answered',
    events: [pushed(10), rewound(10), traced(false, ...entries(7), later(8)), page(10, 8, 9)],
    told: ['trace before 11', 'rewound from 9 to 7', 'read after 7', 'deliver 8 9', 'deliver 10'],
  },
  {
    name: 'traces again when the trace was lost with the connection',
    events: [rewound(4), { type: 'disconnected' }, traced(false), rewound(4), traced(false)],
    told: ['trace before 5', 'trace before 5', 'rewound from 9 to 0', 'read after 0'],
  },
  {
    name: 'traces again after a failed read',
    events: [rewound(4), { type: 'read-failed' }, { type: 'retry' }, traced(false, entry(4))],
    told: ['trace before 5', 'trace before 5', 'rewound from 9 to 4'],
  },
];

for (const { name, events, told: expected } of restored) {
  test(`SDK-20: a follower ${name}`, () => {
    const known = page(9, 6, 7, 8, 9);
    const { state } = run(startFollowing({ seq: 5, sentAt: 5_000 }), subscribed(9), known);
    const [lost] = stepFollow(state, { type: 'disconnected' });
    assert.deepEqual(run(lost, ...events).told, expected);
  });
}

test('SDK-20: a follower that begins at the end tells what went back since it was there', () => {
  const start = startFollowing(null, { seq: 9, sentAt: 9_000 });
  assert.deepEqual(run(start, rewound(4), pushed(5)).told, [
    'live 4',
    'rewound from 9 to 4',
    'deliver 5',
  ]);
  assert.deepEqual(run(start, subscribed(12), pushed(13)).told, ['live 12', 'deliver 13']);
});

test('SDK-20: a restore that goes back beyond what is remembered is traced by time', () => {
  const { state } = run(startFollowing({ seq: 5, sentAt: 5_000 }), { type: 'disconnected' });
  const events = [rewound(4), traced(false, ...entries(1, 2), later(3), later(4))];
  assert.deepEqual(run(state, ...events).told, [
    'live 4',
    'trace before 5',
    'rewound from 5 to 2',
    'read after 2',
  ]);
});

for (const row of table) {
  test(`SDK-4: a follower ${row.name}`, () => {
    assert.deepEqual(
      run(startFollowing(row.after === null ? null : { seq: row.after }), ...row.events).told,
      row.told,
    );
  });
}

test('SDK-4: what is held beyond a gap is bounded', () => {
  const far = Array.from({ length: maxEntriesAhead + 50 }, (_, i) => pushed(i + 2));
  const { state } = run(startFollowing({ seq: 0 }), subscribed(0), ...far);
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
  let state = startFollowing({ seq: 0 });
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
