import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readInstant } from './instant.ts';

test('an instant is read as RFC 3339 writes it', () => {
  for (const text of [
    '2027-02-28T10:00:00Z',
    '2028-02-29t10:00:00.250z',
    '2027-03-01T00:30:00+05:45',
    '1999-12-31T23:59:59-08:00',
  ]) {
    assert.equal(readInstant(text), Date.parse(text.toUpperCase()), text);
  }
  assert.equal(readInstant('2027-02-28 10:00Z'), Date.parse('2027-02-28T10:00:00Z'));
  assert.equal(readInstant('2000-02-29T00:00:00Z'), Date.parse('2000-02-29T00:00:00Z'));
});

test('a day or hour that does not exist is refused', () => {
  const wrong = [
    ...[
      '2027-02-30T10:00:00Z',
      '2027-02-29T10:00:00Z',
      '2100-02-29T10:00:00Z',
      '2027-04-31T10:00:00Z',
      '2027-13-01T10:00:00Z',
    ],
    ...[
      '2027-00-10T10:00:00Z',
      '2027-01-00T10:00:00Z',
      '2027-01-01T24:00:00Z',
      '2027-01-01T10:60:00Z',
      '2027-01-01T10:00:60Z',
    ],
    ...[
      '2027-01-01T10:00:00+24:00',
      '2027-01-01T10:00:00+01:60',
      '2027-01-01T10:00:00',
      '2027-01-01',
      'tomorrow',
      '',
    ],
  ];
  for (const text of wrong) assert.equal(readInstant(text), undefined, text);
});
