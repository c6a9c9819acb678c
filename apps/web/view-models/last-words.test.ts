import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Call } from './app.tsx';
import { KeptWords, saveLastWords } from './last-words.ts';

function keptWords() {
  const values = new Map<string, string>();
  return new KeptWords({
    get: (key) => values.get(key),
    set: (key, value) => void (value === undefined ? values.delete(key) : values.set(key, value)),
    keys: (start) => [...values.keys()].filter((key) => key.startsWith(start)),
  });
}

const words = { conversationId: 'c', text: 'half a', writtenAt: 5 };

test('OWN-14: what a page has left is said to the worker once, with its time', async () => {
  const kept = keptWords();
  kept.keep('ada', { ...words, text: 'half' });
  kept.keep('ada', words);
  const asked: unknown[] = [];
  const call = (async (name: string, args: unknown) => {
    asked.push([name, args]);
    return null;
  }) as Call;
  await saveLastWords(call, 'ada', kept);
  await saveLastWords(call, 'ada', kept);
  assert.deepEqual(asked, [['saveDraft', words]]);
});

test('OWN-14: what could not be said stays, and nobody takes what another account has left', async () => {
  const kept = keptWords();
  kept.keep('ada', words);
  const refuse = (async () => {
    throw new Error('no');
  }) as Call;
  await saveLastWords(refuse, 'ada', kept).catch(() => undefined);
  assert.deepEqual(kept.all('ada'), [words]);
  assert.deepEqual(kept.all('ben'), []);
  assert.deepEqual(kept.all('ada'), []);
});
