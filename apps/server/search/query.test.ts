import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseQuery } from './query.ts';

test('SRC-5: a query without a word is refused', () => {
  for (const query of ['', '   ', '"', '""', '*', '!?', '🎉']) {
    assert.throws(() => parseQuery(query), { code: 'invalid_argument' });
  }
  assert.deepEqual(parseQuery('sun '), [{ words: ['sun'], prefix: false }]);
});
