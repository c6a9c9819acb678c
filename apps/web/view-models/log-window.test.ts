import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { LogEvent, PostView } from '../bridge/contract/log.ts';
import { applyLogEvent, type LogState, openingLog } from './log-window.ts';
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
