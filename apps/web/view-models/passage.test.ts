import assert from 'node:assert/strict';
import { test } from 'node:test';
import { passageOf } from './passage.ts';

test('whoever signs up or in comes, whoever was here before is back', () => {
  assert.equal(passageOf('signed-out', 'signed-in'), 'came');
  assert.equal(passageOf('starting', 'signed-in'), 'back');
});

test('only who was here leaves, however it came about', () => {
  assert.equal(passageOf('signed-in', 'signed-out'), 'left');
  assert.equal(passageOf('starting', 'signed-out'), undefined);
  assert.equal(passageOf('signed-in', 'signed-in'), undefined);
  assert.equal(passageOf('signed-in', 'starting'), undefined);
});
