import assert from 'node:assert/strict';
import { test } from 'node:test';
import { HeliogramError } from '@heliogram/protocol';
import { inviteLink, inviteToken } from './chat-reference.ts';

const origin = 'https://example.org';

test('CLI-3: an invite link is printed in full and read back', () => {
  const link = inviteLink(origin, '-Tok_en1');
  assert.equal(link, 'https://example.org/#+-Tok_en1');
  assert.equal(new URL(link).pathname, '/', 'no server or proxy sees the token');
  assert.equal(inviteToken(link, origin), '-Tok_en1');
  assert.equal(inviteToken('https://example.org/+-Tok_en1', origin), '-Tok_en1');
  assert.equal(inviteToken('https://EXAMPLE.ORG/#+x', origin), 'x');
});

test('CLI-3: what is no link is none, and another server’s link is refused', () => {
  for (const text of [
    '@chat',
    'ab'.repeat(16),
    'https://example.org/x',
    'https://example.org/+a/b',
    'https://example.org/##+a',
    'https://example.org/#a',
  ]) {
    assert.equal(inviteToken(text, origin), undefined);
  }
  assert.throws(() => inviteToken('https://evil.org/+x', origin), HeliogramError);
  assert.throws(() => inviteToken('https://evil.org/#+x', origin), HeliogramError);
});
