import assert from 'node:assert/strict';
import { test } from 'node:test';
import { HeliogramError } from '@heliogram/protocol';
import { inviteLink, inviteToken } from './chat-reference.ts';

const origin = 'https://example.org';

test('CLI-3: an invite link is printed in full and read back', () => {
  const link = inviteLink(origin, '-Tok_en1');
  assert.equal(link, 'https://example.org/+-Tok_en1');
  assert.equal(inviteToken(link, origin), '-Tok_en1');
  assert.equal(inviteToken('HTTPS://EXAMPLE.ORG/+x'.replace('HTTPS', 'https'), origin), 'x');
});

test('CLI-3: what is no link is none, and another server’s link is refused', () => {
  for (const text of [
    '@chat',
    'ab'.repeat(16),
    'https://example.org/x',
    'https://example.org/+a/b',
  ]) {
    assert.equal(inviteToken(text, origin), undefined);
  }
  assert.throws(() => inviteToken('https://evil.org/+x', origin), HeliogramError);
});
