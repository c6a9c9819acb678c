import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { heightOf, plotScale } from './plot-scale.ts';

test('ticks are round, even, few, and hold every value between them', () => {
  const values = fc.array(fc.integer({ min: -1_000_000, max: 1_000_000 }), { maxLength: 60 });
  fc.assert(
    fc.property(values, fc.boolean(), (each, fromZero) => {
      const scale = plotScale(each, fromZero);
      assert.ok(scale.ticks.length >= 2 && scale.ticks.length <= 7, `${scale.ticks}`);
      assert.equal(scale.ticks[0], scale.min);
      assert.equal(scale.ticks.at(-1), scale.max);
      for (const value of each) {
        const height = heightOf(value, scale);
        assert.ok(height >= 0 && height <= 1, `${value} at ${height}`);
      }
    }),
  );
});

test('known scales', () => {
  assert.deepEqual(plotScale([120, 720]).ticks, [0, 200, 400, 600, 800]);
  assert.deepEqual(plotScale([812, 1240], false).ticks, [800, 1_000, 1_200, 1_400]);
  assert.deepEqual(plotScale([0.1, 0.3]).ticks, [0, 0.1, 0.2, 0.3]);
});

test('whole things are counted in whole steps', () => {
  assert.deepEqual(plotScale([0, 1, 2, 1]).ticks, [0, 1, 2]);
});

test('nothing, one value and values alike still give a scale', () => {
  assert.deepEqual(plotScale([]).ticks, [0, 1]);
  assert.ok(plotScale([7], false).max > plotScale([7], false).min);
  assert.deepEqual(plotScale([0, 0]).ticks, [0, 1]);
  assert.deepEqual(plotScale([Number.NaN, 3]).ticks, [0, 1, 2, 3]);
});
