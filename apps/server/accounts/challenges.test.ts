import assert from 'node:assert/strict';
import test from 'node:test';
import { limits } from '@heliogram/protocol';
import { Challenges } from './challenges.ts';
import { refusal, TestRuntime } from './tests/world.ts';

test('ACC-1: a challenge is redeemed once', () => {
  const runtime = new TestRuntime();
  const challenges = new Challenges(runtime);
  const { challenge, expiresAt } = challenges.issue();
  assert.equal(expiresAt, runtime.now() + limits.challengeLifetimeMs);
  assert.equal(challenges.redeem(challenge), expiresAt);
  assert.throws(() => challenges.redeem(challenge), refusal('challenge_invalid'));
});

test('ACC-1: a challenge expires, also when the wall clock is set back', () => {
  const runtime = new TestRuntime();
  const challenges = new Challenges(runtime);
  const { challenge } = challenges.issue();
  runtime.monotonic += limits.challengeLifetimeMs;
  assert.throws(() => challenges.redeem(challenge), refusal('challenge_invalid'));
  const late = challenges.issue();
  runtime.wallMs += limits.challengeLifetimeMs;
  assert.throws(() => challenges.redeem(late.challenge), refusal('challenge_invalid'));
});

test('ACC-1: a used challenge stays used for as long as it could be replayed', () => {
  const runtime = new TestRuntime();
  const challenges = new Challenges(runtime);
  // Redeemed just before a generation turns, replayed at every later second of its life.
  runtime.advance(limits.challengeLifetimeMs - 1);
  const { challenge } = challenges.issue();
  challenges.redeem(challenge);
  for (let second = 0; second < limits.challengeLifetimeMs / 1_000; second++) {
    runtime.advance(1_000);
    assert.throws(() => challenges.redeem(challenge), refusal('challenge_invalid'));
    challenges.redeem(challenges.issue().challenge);
  }
});

test('ACC-1: every changed byte, another server and any other length are refused', () => {
  const runtime = new TestRuntime();
  const challenges = new Challenges(runtime);
  const { challenge } = challenges.issue();
  for (let at = 0; at < challenge.length; at++) {
    const changed = Uint8Array.from(challenge);
    changed[at] = (changed[at] ?? 0) ^ 1;
    assert.throws(() => challenges.redeem(changed), refusal('challenge_invalid'), `byte ${at}`);
  }
  for (const length of [0, 1, 63, 65, 256]) {
    assert.throws(() => challenges.redeem(new Uint8Array(length)), refusal('challenge_invalid'));
  }
  const other = new Challenges(new TestRuntime('another server'));
  assert.throws(() => other.redeem(challenge), refusal('challenge_invalid'));
  assert.doesNotThrow(() => challenges.redeem(challenge));
});

test('ACC-1: what is remembered of redeemed challenges is bounded', () => {
  const runtime = new TestRuntime();
  const challenges = new Challenges(runtime, 100);
  const redeem = () => challenges.redeem(challenges.issue().challenge);
  for (let count = 0; count < 100; count++) redeem();
  assert.throws(redeem, refusal('unavailable'));
  runtime.advance(limits.challengeLifetimeMs);
  assert.doesNotThrow(redeem);
});
