import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isOrigin } from '@heliogram/crypto/verify';
import { HeliogramError } from '@heliogram/protocol';
import { parseOrigin, socketUrl } from './origin.ts';

const good: readonly (readonly [string, string])[] = [
  ['https://Example.org', 'https://example.org'],
  ['https://example.org/', 'https://example.org'],
  ['https://example.org:443', 'https://example.org'],
  ['http://127.0.0.1:8080', 'http://127.0.0.1:8080'],
  ['http://localhost:80/', 'http://localhost'],
  ['http://[::1]:8080', 'http://[::1]:8080'],
  ['example.org', 'https://example.org'],
];

for (const [typed, origin] of good) {
  test(`SDK-3: “${typed}” is the origin ${origin}, in the form that is signed`, () => {
    assert.equal(parseOrigin(typed), origin);
    assert.ok(isOrigin(parseOrigin(typed)));
  });
}

for (const typed of [
  '',
  'ftp://x',
  'https://a/b',
  'https://u@h',
  'https://h?q',
  'https://h:99999999',
  'h h',
]) {
  test(`SDK-3: “${typed}” is refused`, () => {
    assert.throws(
      () => parseOrigin(typed),
      (error) => error instanceof HeliogramError && error.code === 'invalid_argument',
    );
  });
}

test('SDK-3: the socket is dialled at the same host', () => {
  assert.equal(socketUrl('https://example.org'), 'wss://example.org/connect');
  assert.equal(socketUrl('http://127.0.0.1:8080'), 'ws://127.0.0.1:8080/connect');
});
