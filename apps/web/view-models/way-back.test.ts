import assert from 'node:assert/strict';
import { test } from 'node:test';
import { stepsBack } from './way-back.ts';

test('a place that lies behind is found where it was last', () => {
  const trail = ['#', '#c/a', '#', '#settings'];
  assert.equal(stepsBack(trail, '#settings'), 1);
  assert.equal(stepsBack(trail, '#'), 2);
  assert.equal(stepsBack(trail, '#c/a'), 3);
  assert.equal(stepsBack(trail, '#directory'), undefined);
});
