import assert from 'node:assert/strict';
import { test } from 'node:test';
import { backoff, retryDelayMs, unitFrom } from './backoff.ts';

test('SDK-2: delays grow to the cap and use the whole range', () => {
  assert.equal(retryDelayMs(1, 0), 0);
  assert.equal(retryDelayMs(1, 0.5), backoff.firstMs / 2);
  assert.equal(retryDelayMs(4, 0.5), (backoff.firstMs * 8) / 2);
  assert.equal(retryDelayMs(1_000, 0.999_999), backoff.capMs);
});

test('SDK-2: what the server asked for is the least, and a crowd spreads beyond it', () => {
  assert.equal(retryDelayMs(1, 0, 10_000), 10_000);
  assert.equal(retryDelayMs(1, 0.5, 10_000), 12_500);
});

test('SDK-2: random bytes make a number below 1', () => {
  assert.equal(unitFrom(Uint8Array.of(0, 0, 0, 0)), 0);
  assert.equal(unitFrom(Uint8Array.of(128, 0, 0, 0)), 0.5);
  assert.ok(unitFrom(Uint8Array.of(255, 255, 255, 255)) < 1);
});
