import assert from 'node:assert/strict';
import { test } from 'node:test';
import { BoundedCache } from './bounded-cache.ts';

test('what was used last stays, and the whole never weighs more than it may', () => {
  const cache = new BoundedCache<string>(10);
  cache.set('a', 'A', 4);
  cache.set('b', 'B', 4);
  assert.equal(cache.get('a'), 'A');
  cache.set('c', 'C', 4);
  assert.deepEqual(
    ['a', 'b', 'c'].map((key) => cache.get(key)),
    ['A', undefined, 'C'],
  );
  cache.set('a', 'A2', 2);
  cache.set('d', 'D', 4);
  assert.deepEqual(
    ['a', 'c', 'd'].map((key) => cache.get(key)),
    ['A2', 'C', 'D'],
  );
  cache.set('huge', 'H', 11);
  assert.equal(cache.get('huge'), undefined);
  assert.equal(cache.get('d'), 'D');
});
