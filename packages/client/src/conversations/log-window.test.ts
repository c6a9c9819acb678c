import assert from 'node:assert/strict';
import { test } from 'node:test';
import { create } from '@bufbuild/protobuf';
import {
  CountersSchema,
  type Entry,
  EntryCountersSchema,
  EntryKind,
  EntrySchema,
  RevisionSchema,
} from '@heliogram/protocol';
import {
  bound,
  emptyWindow,
  type LogWindow,
  openAt,
  takeCounters,
  takePage,
} from './log-window.ts';

const post = (seq: number): Entry =>
  create(EntrySchema, { seq, kind: EntryKind.POST, payload: Uint8Array.of(seq) });
const revised = (seq: number, by: number): Entry => ({
  ...post(seq),
  revision: create(RevisionSchema, { seq: by, payload: Uint8Array.of(by) }),
});
const page = (entries: readonly Entry[], from: number, to: number) => ({
  entries,
  known: { from, to },
  headSeq: 20,
});
const seqs = (window: LogWindow) => window.entries.map(({ seq }) => seq);

test('SDK-15: a page that was read before an edit or a deletion does not undo it', () => {
  const deleted = create(EntrySchema, { seq: 2, kind: EntryKind.POST, redacted: true });
  const window = openAt(emptyWindow, page([revised(1, 9), deleted, post(3)], 1, 3));
  const counters = create(CountersSchema, { views: 5 });
  const stale = [{ ...post(1), counters }, post(2), post(3)];
  const [after, change] = takePage(window, page(stale, 1, 3));
  assert.deepEqual(after.entries[0], { ...revised(1, 9), counters });
  assert.equal(after.entries[1]?.redacted, true);
  assert.deepEqual(
    change.updated.map(({ seq }) => seq),
    [1],
  );
  const [last] = takePage(after, page([revised(1, 12), post(2), post(3)], 1, 3));
  assert.equal(last.entries[0]?.revision?.seq, 12);
});

test('SDK-15: a page that lies apart leaves no gap in the window', () => {
  const window = openAt(emptyWindow, page([post(5), post(6)], 5, 6));
  const [after, change] = takePage(window, page([post(9)], 8, 9));
  assert.deepEqual([seqs(after), after.span], [[5, 6], { from: 5, to: 6 }]);
  assert.deepEqual(change.inserted, []);
  const [joined] = takePage(window, page([post(9)], 7, 9));
  assert.deepEqual([seqs(joined), joined.span], [[5, 6, 9], { from: 5, to: 9 }]);
});

test('SDK-15: what a page no longer has leaves the window', () => {
  const window = openAt(emptyWindow, page([post(1), post(2), post(3)], 1, 3));
  const [after, change] = takePage(window, page([post(1), post(3)], 1, 3));
  assert.deepEqual([seqs(after), change.removed], [[1, 3], [2]]);
});

test('SDK-15: a bounded window keeps the side where it grew; counters of others change nothing', () => {
  const window = openAt(emptyWindow, page([post(1), post(2), post(5), post(9)], 1, 12));
  const [older, { removed }] = bound(window, 2, 'older');
  assert.deepEqual([seqs(older), older.span, removed], [[1, 2], { from: 1, to: 2 }, [5, 9]]);
  const [newer] = bound(window, 2, 'newer');
  assert.deepEqual([seqs(newer), newer.span], [[5, 9], { from: 5, to: 12 }]);
  const counters = create(CountersSchema, { views: 5 });
  const [same] = takeCounters(window, create(EntryCountersSchema, { seq: 7, counters }));
  assert.equal(same, window);
});
