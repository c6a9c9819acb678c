import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { ChannelCard, ChatRow, PostHitView } from '../bridge/contract/chats.ts';
import type { Kept } from './kept.ts';
import { forgetSearches, recentSearches, rememberSearch } from './search-history.ts';
import {
  mergeChats,
  otherChannels,
  ownMatches,
  snippetPieces,
  withPage,
} from './search-matches.ts';

const chat = (conversationId: string, title: string, username = ''): ChatRow => ({
  conversationId,
  kind: 'channel',
  title,
  username,
  unread: 0,
  muted: false,
  pinned: false,
  role: 'subscriber',
});

const hit = (conversationId: string, seq: number): PostHitView => ({
  conversationId,
  seq,
  title: '',
  at: 0,
  snippet: '',
  highlights: [],
});

const chats = [
  chat('a', 'Éclair of the Day', 'eclair'),
  chat('b', 'أخبار المدينة'),
  chat('c', 'Weather for hills', 'hillweather'),
];

test('own chats are found by the beginning of every word, in any order and script', () => {
  const found = (query: string) => ownMatches(chats, query).map((each) => each.conversationId);
  assert.deepEqual(found('day ecl'), ['a']);
  assert.deepEqual(found('ECLAIR'), ['a']);
  assert.deepEqual(found('المد'), ['b']);
  assert.deepEqual(found('أَخبار'), ['b']);
  assert.deepEqual(found('@hillw'), ['c']);
  assert.deepEqual(found('eather'), []);
  assert.deepEqual(found(' @ '), []);
});

test('nothing is shown twice, and what was found here stays in front', () => {
  const [a, b, c] = chats as [ChatRow, ChatRow, ChatRow];
  assert.deepEqual(mergeChats([b], [a, b]), [b, a]);
  const card = (conversationId: string): ChannelCard => ({
    ...chat(conversationId, ''),
    description: '',
    subscribers: 0,
    posts: 0,
  });
  assert.deepEqual(
    otherChannels([card('a'), card('z')], [a, c]).map((each) => each.conversationId),
    ['z'],
  );
  const posts = withPage([hit('a', 1), hit('a', 2)], [hit('a', 2), hit('b', 2)]);
  assert.deepEqual(
    posts.map((each) => [each.conversationId, each.seq]),
    [
      ['a', 1],
      ['a', 2],
      ['b', 2],
    ],
  );
});

test('the pieces of a snippet are the snippet, whatever the ranges', () => {
  assert.deepEqual(snippetPieces({ snippet: 'the sun rises', highlights: [4, 7] }), [
    { text: 'the ', found: false, at: 0 },
    { text: 'sun', found: true, at: 4 },
    { text: ' rises', found: false, at: 7 },
  ]);
  const ranges = fc.array(fc.integer({ min: -3, max: 20 }));
  fc.assert(
    fc.property(fc.string({ maxLength: 16 }), ranges, (snippet, highlights) => {
      const pieces = snippetPieces({ snippet, highlights });
      assert.equal(pieces.map((piece) => piece.text).join(''), snippet);
      assert.ok(pieces.every((piece) => piece.text !== ''));
    }),
  );
});

test('searches are kept newest first, once each, eight at most', () => {
  const values = new Map<string, string>();
  const kept: Kept = {
    get: (key) => values.get(key),
    set: (key, value) => void (value === undefined ? values.delete(key) : values.set(key, value)),
  };
  for (let index = 0; index < 10; index++) rememberSearch(`word ${index}`, kept);
  rememberSearch('  word 5 ', kept);
  rememberSearch('   ', kept);
  assert.deepEqual(
    recentSearches(kept),
    [5, 9, 8, 7, 6, 4, 3, 2].map((n) => `word ${n}`),
  );
  forgetSearches(kept);
  assert.deepEqual(recentSearches(kept), []);
  kept.set('searches', '{"0":"x"}');
  assert.deepEqual(recentSearches(kept), []);
});
