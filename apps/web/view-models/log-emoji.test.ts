import assert from 'node:assert/strict';
import { test } from 'node:test';
import { emoji as arabic } from '../language/ar/emoji.ts';
import { emoji as english } from '../language/en/emoji.ts';
import { emojiGroups, findEmoji, quickReactions } from './log-emoji.ts';

test('every emoji has words in every language, and none stands twice', () => {
  const all = emojiGroups.flatMap(([, row]) => row.split(' '));
  assert.equal(new Set(all).size, all.length);
  for (const words of [english, arabic]) {
    assert.deepEqual(Object.keys(words).sort(), all.toSorted());
    assert.ok(Object.values(words).every((said) => said.trim() !== ''));
  }
  for (const each of quickReactions) assert.ok(all.includes(each), each);
});

test('emoji are found by the beginnings of their words', () => {
  assert.deepEqual(findEmoji('rock', english), ['🚀']);
  assert.ok(findEmoji('قلب', arabic).includes('❤️'));
  assert.deepEqual(findEmoji('heart fi', english), ['❤️‍🔥']);
  assert.deepEqual(findEmoji('nothing like that', english), []);
});
