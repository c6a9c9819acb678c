import assert from 'node:assert/strict';
import { test } from 'node:test';
import { dayTime, everyDay, subscribersByDay } from './growth.ts';

const day = (followed: number, left: number) => ({
  day: '2026-11-26',
  followed,
  left,
  posts: 0,
  views: 0,
});

test('subscribers are counted back from now, day by day', () => {
  assert.deepEqual(subscribersByDay([day(5, 0), day(0, 2), day(4, 1)], 10), [9, 7, 10]);
  assert.deepEqual(subscribersByDay([], 3), []);
});

test('counts that disagree with the days go no lower than zero', () => {
  assert.deepEqual(subscribersByDay([day(0, 0), day(9, 0)], 4), [0, 4]);
});

test('days are of UTC', () => {
  assert.equal(dayTime('2026-11-26'), Date.UTC(2026, 10, 26));
});

test('days without a count are there, today last, and nothing older than asked for', () => {
  const now = Date.UTC(2026, 10, 26, 23, 59);
  const known = { ...day(2, 1), day: '2026-11-25' };
  const old = { ...day(9, 9), day: '2026-11-01' };
  const days = everyDay([old, known], 3, now);
  assert.deepEqual(
    days.map((each) => each.day),
    ['2026-11-24', '2026-11-25', '2026-11-26'],
  );
  assert.equal(days[1], known);
  assert.equal(days[2]?.followed, 0);
});
