import assert from 'node:assert/strict';
import { test } from 'node:test';
import { neighbour, rowAfter } from './neighbours.ts';

test('the next chat ends where the list ends, and begins at its ends from nowhere', () => {
  const ids = ['a', 'b', 'c'];
  assert.equal(neighbour(ids, 'a', 1), 'b');
  assert.equal(neighbour(ids, 'c', 1), undefined);
  assert.equal(neighbour(ids, 'a', -1), undefined);
  assert.equal(neighbour(ids, undefined, 1), 'a');
  assert.equal(neighbour(ids, 'gone', -1), 'c');
  assert.equal(neighbour([], undefined, 1), undefined);
});

test('keys stay within the list', () => {
  assert.equal(rowAfter('ArrowDown', 2, 3), 2);
  assert.equal(rowAfter('ArrowUp', 0, 3), 0);
  assert.equal(rowAfter('PageDown', 1, 30), 9);
  assert.equal(rowAfter('End', 0, 3), 2);
  assert.equal(rowAfter('Home', 2, 3), 0);
  assert.equal(rowAfter('a', 1, 3), undefined);
});
