import assert from 'node:assert/strict';
import { test } from 'node:test';
import { anchorOf, keepPlace, keptPlace } from './kept-place.ts';

function keptInMemory() {
  const values = new Map<string, string>();
  return {
    get: (key: string) => values.get(key),
    set: (key: string, value: string | undefined) => {
      if (value === undefined) values.delete(key);
      else values.set(key, value);
    },
  };
}

const conversationId = 'ab'.repeat(16);

test('a log opens where one was reading, until one read to its end', () => {
  const kept = keptInMemory();
  assert.deepEqual(anchorOf({ conversationId }, false, kept), { kind: 'unread' });
  keepPlace(conversationId, { seq: 40, abovePx: 12.5 }, kept);
  assert.deepEqual(keptPlace(conversationId, kept), { seq: 40, abovePx: 12.5 });
  assert.deepEqual(anchorOf({ conversationId }, false, kept), { kind: 'place', seq: 40 });
  keepPlace(conversationId, undefined, kept);
  assert.deepEqual(anchorOf({ conversationId }, false, kept), { kind: 'unread' });
});

test('a new link leads to its post; one that was read leads to where one was', () => {
  const kept = keptInMemory();
  const link = { conversationId, seq: 7 };
  assert.deepEqual(anchorOf(link, true, kept), { kind: 'post', seq: 7 });
  keepPlace(conversationId, { seq: 40, abovePx: 0 }, kept);
  assert.deepEqual(anchorOf(link, false, kept), { kind: 'post', seq: 7 });
  assert.deepEqual(anchorOf(link, true, kept), { kind: 'place', seq: 40 });
});

test('what is no place is none', () => {
  const kept = keptInMemory();
  for (const text of ['', '{', '3', '{"seq":0,"abovePx":0}', '{"seq":4,"abovePx":"a"}']) {
    kept.set(`place.${conversationId}`, text);
    assert.equal(keptPlace(conversationId, kept), undefined);
  }
});
