import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readMarkEveryMs, sawUpTo, stepReading, unreadState } from './log-reading.ts';

test('the first mark goes out at once, the next waits, and only the newest is told', () => {
  const first = stepReading(sawUpTo(unreadState, 5), 10_000);
  assert.equal(first.mark, 5);
  const seen = sawUpTo(sawUpTo(first.state, 6), 9);
  const soon = stepReading(seen, 10_400);
  assert.deepEqual([soon.mark, soon.waitMs], [undefined, readMarkEveryMs - 400]);
  assert.equal(stepReading(soon.state, 10_000 + readMarkEveryMs).mark, 9);
});

test('nothing new is nothing to tell, and marks never move back', () => {
  const { state } = stepReading(sawUpTo(unreadState, 5), 0);
  assert.deepEqual(stepReading(sawUpTo(state, 3), 60_000), { state });
});
