import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { askedPlaces, isWholePhrase, wordsOf, wrongAnswers } from './phrase.ts';

const words = Array.from({ length: 24 }, (_, index) => `word${'abcdefghijklmnopqrstuvwx'[index]}`);

test('a phrase may be pasted as a list with numbers, commas and capitals', () => {
  const pasted = words.map((word, index) => `${index + 1}. ${word.toUpperCase()},\r\n`).join('');
  assert.deepEqual(wordsOf(pasted), words);
  assert.equal(isWholePhrase(pasted), true);
  assert.equal(isWholePhrase(words.slice(1).join(' ')), false);
  assert.equal(isWholePhrase(`${words.join(' ')} more`), false);
});

test('three different places are asked for, in order, whatever the chance', () => {
  const chances = fc.infiniteStream(fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }));
  fc.assert(
    fc.property(chances, (chance) => {
      const places = askedPlaces(() => chance.next().value ?? 0);
      assert.equal(new Set(places).size, 3);
      assert.deepEqual(
        places,
        [...places].sort((a, b) => a - b),
      );
      assert.ok(places.every((place) => Number.isInteger(place) && place >= 0 && place < 24));
    }),
  );
});

test('the places of wrong words are named', () => {
  const places = [0, 7, 23];
  assert.deepEqual(wrongAnswers(words, places, [' WORDA ', 'wordh', 'wordx']), []);
  assert.deepEqual(wrongAnswers(words, places, ['worda', 'wordx', '']), [7, 23]);
});
