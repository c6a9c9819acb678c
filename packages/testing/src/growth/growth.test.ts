import assert from 'node:assert/strict';
import { test } from 'node:test';
import { growthOf, isLinear } from './growth.ts';

function count(steps: number): number {
  let sum = 0;
  for (let i = 0; i < steps; i++) sum = (sum + i * 7) % 1_000_003;
  return sum;
}

test('quadratic work is told from linear work', () => {
  assert.equal(isLinear(growthOf((size) => () => count(size * 4_000))), true);
  assert.equal(isLinear(growthOf((size) => () => count(size * (size / 8)))), false);
});
