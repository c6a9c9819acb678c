import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Call } from './app.tsx';
import { beginJourney, currentJourney, finishJourney, requestedBy } from './journey.ts';
import type { Kept } from './kept.ts';
import type { Place } from './place.ts';

const conversationId = 'ab'.repeat(16);
const invite: Place = { at: 'invite', token: 'TOKEN' };
const directory: Place = { at: 'directory' };

function memory(): Kept {
  const values = new Map<string, string>();
  return {
    get: (key) => values.get(key),
    set: (key, value) => {
      if (value === undefined) values.delete(key);
      else values.set(key, value);
    },
  };
}

function answering(answer: () => unknown) {
  const calls: unknown[] = [];
  const call = (async (name: string, args: unknown) => {
    calls.push([name, args]);
    return answer();
  }) as Call;
  return { call, calls };
}

test('an invite is followed after sign-up, and the way ends at its channel, once', async () => {
  const kept = memory();
  beginJourney({ to: invite, follow: { inviteToken: 'TOKEN' } }, kept);
  const { call, calls } = answering(() => ({ conversationId, requested: false }));
  assert.deepEqual(await finishJourney(call, directory, kept), { at: 'chat', conversationId });
  assert.deepEqual(calls, [['follow', { inviteToken: 'TOKEN' }]]);
  assert.deepEqual(await finishJourney(call, directory, kept), directory);
  assert.equal(calls.length, 1);
});

test('who must be let in first, or could not follow, comes back to the invite', async () => {
  const kept = memory();
  const wish = { to: invite, follow: { inviteToken: 'TOKEN' } };
  beginJourney(wish, kept);
  const asked = answering(() => ({ conversationId, requested: true }));
  assert.deepEqual(await finishJourney(asked.call, directory, kept), invite);
  assert.equal(requestedBy('TOKEN', kept), conversationId);
  assert.equal(requestedBy('OTHER', kept), undefined);
  beginJourney(wish, kept);
  const refused = answering(() => {
    throw new Error('expired');
  });
  assert.deepEqual(await finishJourney(refused.call, directory, kept), invite);
});

test('a way without a wish to follow asks nothing', async () => {
  const kept = memory();
  beginJourney({ to: { at: 'name', username: 'hills' } }, kept);
  const { call, calls } = answering(() => null);
  assert.deepEqual(await finishJourney(call, directory, kept), { at: 'name', username: 'hills' });
  assert.deepEqual(calls, []);
});

test('what was written by something else is no journey', () => {
  for (const text of ['', '{', '7', '{"to":7}', 'null']) {
    assert.equal(currentJourney({ get: () => text, set: () => {} }), undefined, text);
  }
  const odd = '{"to":"#directory","follow":{"conversationId":7}}';
  assert.deepEqual(currentJourney({ get: () => odd, set: () => {} }), { to: directory });
});
