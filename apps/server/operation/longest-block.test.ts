import assert from 'node:assert/strict';
import { test } from 'node:test';
import { LongestBlock } from './longest-block.ts';

/** What the event loop did since the last look, in milliseconds, as the histogram tells it. */
function world() {
  const histogram = {
    max: 0,
    reset: () => {
      histogram.max = 0;
    },
  };
  let nowMs = 0;
  const longest = new LongestBlock(() => nowMs, histogram);
  return {
    longest,
    block: (ms: number) => {
      histogram.max = Math.max(histogram.max, (ms + 10) * 1e6);
    },
    wait: (ms: number) => {
      nowMs += ms;
    },
  };
}

test('OPS-20: every reader sees the longest block of the last minute, and none of before', () => {
  const { longest, block, wait } = world();
  assert.equal(longest.seconds(), 0);
  block(2_600);
  assert.equal(longest.seconds(), 2.6);
  wait(15_000);
  block(300);
  assert.equal(longest.seconds(), 2.6, 'a second reader sees it, too');
  wait(44_000);
  assert.equal(longest.seconds(), 2.6);
  wait(2_000);
  assert.equal(longest.seconds(), 0.3);
  wait(60_000);
  assert.equal(longest.seconds(), 0);
});

test('OPS-20: a real block is seen', async () => {
  const longest = new LongestBlock(() => performance.now());
  await new Promise((resolve) => setTimeout(resolve, 50));
  const until = performance.now() + 300;
  while (performance.now() < until);
  await new Promise((resolve) => setTimeout(resolve, 50));
  assert.ok(longest.seconds() >= 0.25);
});
