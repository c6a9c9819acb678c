import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Maybe } from './maybe.ts';

test('something may have been so from when it was asked for until its end was acknowledged', () => {
  const maybe = new Maybe();
  assert.equal(maybe.within(0, 1e9), false);
  maybe.begin(10);
  maybe.begin(12);
  maybe.end(20);
  maybe.begin(30);
  const seen = [
    [0, 9],
    [0, 10],
    [15, 16],
    [20, 25],
    [21, 29],
    [21, 30],
    [99, 99],
  ].map(([from = 0, to = 0]) => maybe.within(from, to));
  assert.deepEqual(seen, [false, true, true, true, false, true, true]);
});
