import assert from 'node:assert/strict';
import { test } from 'node:test';
import { misspellings, withWord } from './phrase-spelling.ts';

const known = new Set(['abandon', 'ability', 'able', 'zoo', 'letter', 'better']);

test('a word that no phrase has is pointed out with what may have been meant', () => {
  assert.deepEqual(misspellings('abandon abilty zoo ', known), [
    { place: 2, word: 'abilty', suggestions: ['ability'] },
  ]);
  assert.deepEqual(misspellings('etter ', known)[0]?.suggestions, ['letter', 'better']);
  assert.deepEqual(misspellings('zoo abnadon ', known).at(-1)?.suggestions, ['abandon']);
  assert.deepEqual(misspellings('xylophone ', known)[0]?.suggestions, []);
});

test('a word that is still being typed is left alone as long as it can become one', () => {
  assert.deepEqual(misspellings('abandon abil', known), []);
  assert.equal(misspellings('abandon abilx', known).length, 1);
  assert.equal(misspellings('abandon abil,', known).length, 1);
});

test('a suggestion takes the place of its word and of nothing else', () => {
  const typed = '1. Abandon, 2. abilty\n3. zoo';
  assert.equal(withWord(typed, 2, 'ability'), '1. Abandon, 2. ability\n3. zoo');
});
