import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  accountUri,
  addresses,
  composePost,
  conversationUri,
  mediaUri,
  parseHouseUri,
} from './index.ts';

const accountId = '0123456789abcdef'.repeat(4);
const conversationId = '00ff'.repeat(8);

test('CNT-7: URIs name what they were made of', () => {
  assert.equal(accountUri(accountId), `mimi:///u/${accountId}`);
  assert.deepEqual(parseHouseUri(accountUri(accountId)), { kind: 'account', accountId });
  for (const id of [conversationId, accountId]) {
    const expected = { kind: 'conversation', conversationId: id };
    assert.deepEqual(parseHouseUri(conversationUri(id)), expected);
  }
  for (const name of [conversationId, accountId]) {
    assert.deepEqual(parseHouseUri(mediaUri(name)), { kind: 'media', name });
  }
});

test('CNT-7: an id that is not lower-case hex of the right length makes no URI', () => {
  const wrong = [
    '',
    accountId.toUpperCase(),
    accountId.slice(1),
    `${accountId}00`,
    `${accountId}\n`,
  ];
  for (const id of [...wrong, '../x'.padEnd(64, '0')]) {
    assert.throws(() => accountUri(id), { code: 'content-invalid-uri' });
    assert.throws(() => mediaUri(id), { code: 'content-invalid-uri' });
    assert.equal(parseHouseUri(`mimi:///u/${id}`), null);
  }
  for (const id of [...wrong, '00'.repeat(15)]) {
    assert.throws(() => conversationUri(id), { code: 'content-invalid-uri' });
  }
});

test('CNT-7: other URIs are not of the house', () => {
  const others = [
    `mimi://example.com/u/${accountId}`,
    `mimi:///d/${accountId}`,
    `MIMI:///u/${accountId}`,
    `mimi:///u/${accountId}/`,
    `mimi:///u/${accountId}\n`,
    ` mimi:///u/${accountId}`,
    `https:///u/${accountId}`,
  ];
  for (const uri of others) assert.equal(parseHouseUri(uri), null, uri);
});

test('CNT-8: an unsigned channel post is sent by the channel and names no account', () => {
  const channel = conversationUri(conversationId);
  const unsigned = composePost({
    ...{ text: 'news', salt: new Uint8Array(16), senderUri: channel, roomUri: channel },
  });
  assert.deepEqual(addresses(unsigned), { senderUri: channel, roomUri: channel });
  assert.throws(() => addresses({ ...unsigned, extensions: new Map() }), {
    code: 'content-schema',
  });
});
