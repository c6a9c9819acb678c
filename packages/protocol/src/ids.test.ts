import assert from 'node:assert/strict';
import { test } from 'node:test';
import { accountId, conversationId, isAccountId, username } from './ids.ts';

test('ids are lower-case hex of their exact length', () => {
  const id = 'a0'.repeat(32);
  assert.equal(accountId(id), id);
  for (const wrong of ['', id.slice(1), `${id}0`, id.toUpperCase(), `${id}\n`, 'g'.repeat(64)]) {
    assert.equal(isAccountId(wrong), false, wrong);
    assert.throws(() => accountId(wrong), { code: 'invalid_argument' });
  }
  assert.throws(() => conversationId(id), { code: 'invalid_argument' });
});

test('usernames are taken as people type them', () => {
  assert.equal(username('@Daily_News'), 'daily_news');
  for (const wrong of [
    'four',
    '@',
    'a'.repeat(33),
    'with space',
    'émile',
    'dash-ed',
    '@@twice',
    'line\n',
  ]) {
    assert.throws(() => username(wrong), { code: 'username_invalid' }, wrong);
  }
});
