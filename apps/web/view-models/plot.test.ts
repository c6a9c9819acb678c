import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { gridValues, linePath, runningSums } from './plot.ts';

test('lines stand at round whole numbers, and none of the values is above the last', () => {
  assert.deepEqual(gridValues(0), [0, 1]);
  assert.deepEqual(gridValues(3), [0, 1, 2, 3]);
  assert.deepEqual(gridValues(97), [0, 50, 100]);
  assert.deepEqual(gridValues(1_200), [0, 500, 1_000, 1_500]);
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 10_000_000 }), (max) => {
      const values = gridValues(max);
      assert.ok((values.at(-1) ?? 0) >= max);
      assert.ok(values.length >= 2 && values.length <= 6);
      assert.ok(values.every(Number.isInteger));
    }),
  );
});

test('a line goes from edge to edge with its highest value at the top', () => {
  const box = { width: 100, height: 50, max: 10 };
  assert.equal(linePath([0, 10, 5], box), 'M0 50L50 0L100 25');
  assert.equal(linePath([4], box), 'M0 30');
});

test('sums run from where they started', () => {
  assert.deepEqual(runningSums([2, -1, 3], 10), [12, 11, 14]);
});
