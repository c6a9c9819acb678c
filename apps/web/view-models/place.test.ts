import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { type Place, parentOf, parsePlace, placeLink } from './place.ts';

const id = 'ab'.repeat(16);
const places: readonly Place[] = [
  { at: 'chats' },
  { at: 'directory' },
  { at: 'settings', page: '' },
  { at: 'settings', page: 'devices' },
  { at: 'name', username: 'morning_news' },
  { at: 'name', username: 'morning_news', seq: 12 },
  { at: 'chat', conversationId: id },
  { at: 'chat', conversationId: id, seq: 7 },
  { at: 'manage', conversationId: id, page: 'links' },
  { at: 'invite', token: 'Ab-_9' },
];

test('WEB-9: every place is read back from its own link', () => {
  for (const place of places) assert.deepEqual(parsePlace(placeLink(place)), place);
});

test('WEB-9: a name is lower case; a post that cannot be is the channel; everything else leads nowhere', () => {
  assert.deepEqual(parsePlace('#@Morning'), { at: 'name', username: 'morning' });
  assert.deepEqual(parsePlace(`#c/${id}/0`), { at: 'chat', conversationId: id });
  const nowhere = [
    '@',
    '@a b',
    '@a/0',
    '@a/1/2',
    '+',
    '+a.b',
    'c/12',
    `c/${id}/A`,
    '//x',
    '%',
    '\0',
  ];
  for (const text of nowhere) assert.deepEqual(parsePlace(text), { at: 'unknown' }, text);
});

test('WEB-9: no fragment breaks the reader, and none leads out of the app', () => {
  const pieces = fc.constantFrom(
    '#',
    '@',
    '+',
    'c/',
    '/',
    '1',
    'settings',
    id,
    'javascript:',
    '\u202e',
  );
  const fragments = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.array(pieces, { maxLength: 8 }).map((parts) => parts.join('')),
  );
  fc.assert(
    fc.property(fragments, (fragment) => {
      const place = parsePlace(fragment);
      assert.match(placeLink(place), /^#[A-Za-z0-9@+/_-]*$/);
      assert.match(placeLink(parentOf(place)), /^#[A-Za-z0-9@+/_-]*$/);
      if (place.at !== 'unknown') assert.deepEqual(parsePlace(placeLink(place)), place);
    }),
  );
});
