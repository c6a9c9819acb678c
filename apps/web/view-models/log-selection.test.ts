import assert from 'node:assert/strict';
import { test } from 'node:test';
import { maxSelected, selectUpTo, textOfSelected, toggleSelected } from './log-selection.ts';
import { examplePost, examplePosts } from './tests/log-examples.ts';

test('a press chooses, another takes back, and the limit holds', () => {
  assert.deepEqual([...toggleSelected(new Set([1]), 2)], [1, 2]);
  assert.deepEqual([...toggleSelected(new Set([1, 2]), 2)], [1]);
  const full = new Set(Array.from({ length: maxSelected }, (_, i) => i));
  assert.equal(toggleSelected(full, 1_000), full);
});

test('a range goes either way and leaves out what cannot be chosen', () => {
  const posts = [...examplePosts(1, 3), examplePost(4, { deleted: true }), examplePost(5)];
  assert.deepEqual([...selectUpTo(new Set([5]), posts, { from: 5, to: 2 })], [5, 2, 3]);
});

test('the text of several posts is in their order', () => {
  const posts = [examplePost(1), examplePost(2, { text: '' }), examplePost(3)];
  assert.equal(textOfSelected(new Set([3, 2, 1]), posts), 'post 1\n\npost 3');
});
