import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ChatRow } from '../bridge/contract/chats.ts';
import { arrivalIn } from './arrivals.ts';

const chat = (conversationId: string, unread: number, muted = false): ChatRow => ({
  conversationId,
  kind: 'channel',
  title: conversationId,
  username: '',
  unread,
  muted,
  pinned: false,
  role: 'subscriber',
});

const before = new Map([
  ['a', 1],
  ['b', 0],
]);

test('more unread posts than before are news; fewer, muted, read just now or newly known are none', () => {
  assert.equal(arrivalIn(before, [chat('a', 1), chat('b', 2)], undefined)?.conversationId, 'b');
  assert.equal(arrivalIn(before, [chat('a', 0), chat('b', 0)], undefined), undefined);
  assert.equal(arrivalIn(before, [chat('b', 2, true)], undefined), undefined);
  assert.equal(arrivalIn(before, [chat('b', 2)], 'b'), undefined);
  assert.equal(arrivalIn(before, [chat('new', 9)], undefined), undefined);
});
