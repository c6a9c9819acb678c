import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { LogEvent, PostView } from '../bridge/contract/log.ts';
import { applyLogEvent, changedSide, type LogState, openingLog, stepsOf } from './log-window.ts';
import { exampleFrame, examplePost, examplePosts } from './tests/log-examples.ts';

type Change = Extract<LogEvent, { kind: 'changed' }>;

function opened(from: number, to: number): LogState {
  const frame = exampleFrame({ hasOlder: from > 1, hasNewer: to < 100 });
  return applyLogEvent(openingLog, { kind: 'opened', frame, posts: examplePosts(from, to) });
}

function change(upserted: readonly PostView[], removed: readonly number[], frame = {}): Change {
  return { kind: 'changed', frame: exampleFrame(frame), upserted, removed, reason: 'older' };
}

function seqs(state: LogState): readonly number[] {
  return state.state === 'ready' ? state.posts.map(({ seq }) => seq) : [];
}

test('posts of an event take their places and replace what they change', () => {
  const edited = examplePost(11, { text: 'edited' });
  const state = applyLogEvent(opened(10, 12), change([examplePost(9), edited], [12]));
  assert.deepEqual(seqs(state), [9, 10, 11]);
  assert.equal(state.state === 'ready' && state.posts[2]?.text, 'edited');
});

test('an opening begins a new generation, and what is not open takes no changes', () => {
  const late = change([examplePost(1)], []);
  assert.equal(applyLogEvent(openingLog, late), openingLog);
  const first = opened(1, 3);
  const again = applyLogEvent(first, { kind: 'opened', frame: exampleFrame(), posts: [] });
  assert.equal(again.generation, first.generation + 1);
});

test('a failure keeps what is here and goes with the next event', () => {
  const failure = { code: 'unavailable', message: '', retry: true };
  const failed = applyLogEvent(opened(1, 3), { kind: 'failed', failure });
  assert.deepEqual(seqs(failed), [1, 2, 3]);
  assert.equal(failed.state === 'ready' && failed.failure, failure);
  const healed = applyLogEvent(failed, change([], []));
  assert.equal(healed.state === 'ready' && healed.failure, undefined);
  const never = applyLogEvent(openingLog, { kind: 'failed', failure });
  assert.equal(never.state, 'failed');
});

test('a page at one end with a trim at the other becomes two steps of one side each', () => {
  const state = opened(50, 90);
  const both = change(examplePosts(40, 49), [85, 86, 87, 88, 89, 90], {
    hasOlder: true,
    hasNewer: true,
  });
  const [start, end, ...more] = stepsOf(state, both);
  assert.ok(start && end && more.length === 0);
  const half = applyLogEvent(state, start);
  assert.equal(changedSide(state, half), 'start');
  assert.equal(changedSide(half, applyLogEvent(half, end)), 'end');
});

test('steps of any event change one side each and end where the event itself does', () => {
  const range = fc.tuple(fc.integer({ min: 1, max: 60 }), fc.integer({ min: 0, max: 39 }));
  const some = fc.uniqueArray(fc.integer({ min: 1, max: 100 }), { maxLength: 40 });
  fc.assert(
    fc.property(range, some, some, ([from, length], added, removed) => {
      const state = opened(from, from + length);
      const gone = removed.filter((seq) => !added.includes(seq));
      const event = change(
        added.map((seq) => examplePost(seq)),
        gone,
        { hasOlder: from > 1, hasNewer: true },
      );
      let stepped = state;
      const sides = stepsOf(state, event).map((step) => {
        const next = applyLogEvent(stepped, step);
        const side = changedSide(stepped, next);
        stepped = next;
        return side;
      });
      assert.deepEqual(stepped, applyLogEvent(state, event));
      const last = stepped.state === 'ready' ? stepped.posts.length : 0;
      if (last > 0 && gone.length < length) assert.ok(sides.length <= 2);
    }),
  );
});
