import assert from 'node:assert/strict';
import { test } from 'node:test';
import { deviceId } from '@heliogram/protocol';
import type { PushAnswer } from './pushing.ts';
import { sparingSilentHosts } from './silent-hosts.ts';

test('PUSH-10: a host that does not answer is left alone, ever longer, until it answers', async () => {
  let nowMs = 0;
  let dialled = 0;
  const silent: PushAnswer = { kind: 'unreachable' };
  const busy: PushAnswer = { kind: 'answered', status: 503, retryAfter: undefined };
  const answers = new Map<string, PushAnswer>([
    ['silent.example', silent],
    ['other.example', silent],
  ]);
  const push = sparingSilentHosts(
    async ({ endpoint }) => {
      dialled += 1;
      return answers.get(new URL(endpoint).host) ?? assert.fail();
    },
    { monotonicMs: () => nowMs },
  );
  const { signal } = new AbortController();
  const keys = { p256dh: new Uint8Array(), auth: new Uint8Array() };
  const device = deviceId('ab'.repeat(16));
  const dials = async (host: string, times: number) => {
    const before = dialled;
    for (let count = 0; count < times; count += 1) {
      const endpoint = `https://${host}/${count}`;
      const { kind } = await push({ deviceId: device, endpoint, ...keys }, signal);
      assert.equal(kind, answers.get(host)?.kind);
    }
    return dialled - before;
  };
  assert.equal(await dials('silent.example', 20), 3);
  assert.equal(await dials('other.example', 2), 2, 'others are not made to pay');
  nowMs = 14_999;
  assert.equal(await dials('silent.example', 5), 0);
  nowMs = 15_000;
  assert.equal(await dials('silent.example', 5), 1);
  nowMs = 44_999;
  assert.equal(await dials('silent.example', 5), 0, 'twice as long');
  nowMs = 45_000;
  answers.set('silent.example', busy);
  assert.equal(await dials('silent.example', 5), 5);
  answers.set('silent.example', silent);
  assert.equal(await dials('silent.example', 5), 3, 'it starts anew');
});
