import assert from 'node:assert/strict';
import { test } from 'node:test';
import { HeliogramError, RateClass } from '@heliogram/protocol';
import fc from 'fast-check';
import { rateKey } from './client-address.ts';
import { defaultLoopbackFactor, defaultRates, RateLimiter, type Rates } from './rate-limiter.ts';
import { ManualRuntime } from './tests/gateway-world.ts';

const RATES: Rates = {
  [RateClass.UNSPECIFIED]: { burst: 1, perSecond: 1 },
  [RateClass.READ]: { burst: 10, perSecond: 4 },
  [RateClass.APPEND]: { burst: 6, perSecond: 0.5 },
};

/** Milliseconds to wait as the limiter says, 0 when the call passes. */
function attempt(
  limiter: RateLimiter,
  call: { rate: RateClass; key: string; cost: number },
): number {
  try {
    limiter.take(call.rate, call.key, { cost: call.cost });
    return 0;
  } catch (error) {
    assert.ok(error instanceof HeliogramError && error.code === 'rate_limited');
    assert.ok((error.retryAfterMs ?? 0) > 0);
    return error.retryAfterMs ?? 0;
  }
}

/** The same rule in whole numbers: time in milliseconds, tokens in thousandths. */
class Oracle {
  readonly #levels = new Map<string, { level: number; at: number }>();

  passes(call: { rate: RateClass; key: string; cost: number }, nowMs: number): boolean {
    const { burst, perSecond } = RATES[call.rate] ?? RATES[RateClass.UNSPECIFIED];
    const id = `${call.rate} ${call.key}`;
    const known = this.#levels.get(id) ?? { level: burst * 1_000, at: nowMs };
    const level = Math.min(burst * 1_000, known.level + (nowMs - known.at) * perSecond);
    const passes = level >= Math.min(call.cost, burst) * 1_000;
    this.#levels.set(id, { level: passes ? level - call.cost * 1_000 : level, at: nowMs });
    return passes;
  }
}

test('GTW-6: any history of calls passes exactly where the bucket rule says', () => {
  const step = fc.record({
    rate: fc.constantFrom(RateClass.READ, RateClass.APPEND, RateClass.WRITE),
    key: fc.constantFrom('a', 'b', '192.0.2.0'),
    cost: fc.integer({ min: 1, max: 20 }),
    waitMs: fc.integer({ min: 0, max: 3_000 }).map((ms) => ms * 2),
  });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      const runtime = new ManualRuntime();
      const limiter = new RateLimiter(runtime, RATES);
      const oracle = new Oracle();
      for (const call of steps) {
        runtime.timeMs += call.waitMs;
        assert.equal(attempt(limiter, call) === 0, oracle.passes(call, runtime.timeMs));
      }
    }),
    { numRuns: 500 },
  );
});

test('GTW-7: the time to wait is true: it passes then, and not a moment earlier', () => {
  const call = fc.record({
    rate: fc.constantFrom(RateClass.READ, RateClass.APPEND),
    cost: fc.integer({ min: 1, max: 12 }),
    drawn: fc.array(fc.integer({ min: 1, max: 12 }), { minLength: 1, maxLength: 8 }),
  });
  fc.assert(
    fc.property(call, ({ rate, cost, drawn }) => {
      const runtime = new ManualRuntime();
      const limiter = new RateLimiter(runtime, RATES);
      for (const one of drawn) attempt(limiter, { rate, key: 'k', cost: one });
      const waitMs = attempt(limiter, { rate, key: 'k', cost });
      if (waitMs === 0) return;
      runtime.timeMs += waitMs - 1;
      assert.ok(attempt(limiter, { rate, key: 'k', cost }) > 0, 'a moment earlier');
      runtime.timeMs += 1;
      assert.equal(attempt(limiter, { rate, key: 'k', cost }), 0, 'after the time told');
    }),
    { numRuns: 500 },
  );
});

test('GTW-8: many callers fill the table, full buckets make room, answers stay the same', () => {
  const runtime = new ManualRuntime();
  const limiter = new RateLimiter(runtime);
  for (let call = 0; call < 59; call += 1) limiter.take(RateClass.PROBE, 'drawn');
  let refused = 0;
  for (let caller = 0; caller < 210_000; caller += 1) {
    try {
      limiter.take(RateClass.PROBE, `caller ${caller}`);
    } catch (error) {
      assert.ok(error instanceof HeliogramError && error.code === 'unavailable');
      refused += 1;
    }
  }
  assert.equal(refused, 210_001 - 200_000, 'a bound that holds');
  runtime.timeMs += 1_000;
  limiter.take(RateClass.PROBE, 'a newcomer');
  limiter.take(RateClass.PROBE, 'drawn');
  limiter.take(RateClass.PROBE, 'drawn');
  assert.throws(() => limiter.take(RateClass.PROBE, 'drawn'), { code: 'rate_limited' });
});

test('GTW-6: an address is a whole IPv4 address or the first 64 bits of IPv6', () => {
  const same: [string, string][] = [
    ['2001:db8:1:2::1', '2001:db8:1:2:ffff::9'],
    ['2001:db8:0:0:1::', '2001:db8::1'],
    ['::ffff:192.0.2.1', '192.0.2.1'],
    ['::FFFF:192.0.2.1', '192.0.2.1'],
    ['2001:DB8::1', '2001:db8::2'],
    ['2001:0db8::1', '2001:db8::2'],
    ['fe80::1%eth0', 'fe80::2'],
  ];
  for (const [a, b] of same) assert.equal(rateKey(a), rateKey(b), `${a} and ${b}`);
  const apart: [string, string][] = [
    ['2001:db8:1:2::1', '2001:db8:1:3::1'],
    ['192.0.2.1', '192.0.2.2'],
    ['2001:db8::1', '2001:db9::1'],
    ['::1', '::2'],
  ];
  for (const [a, b] of apart) assert.notEqual(rateKey(a), rateKey(b), `${a} and ${b}`);
});

test('GTW-6: the loopback addresses stand for a whole machine, an account id never does', () => {
  const runtime = new ManualRuntime();
  const passed = (key: string, limiter = new RateLimiter(runtime)) => {
    let calls = 0;
    while (calls < 5_000 && attempt(limiter, { rate: RateClass.SIGN_UP, key, cost: 1 }) === 0)
      calls += 1;
    return calls;
  };
  const { burst } = defaultRates[RateClass.SIGN_UP] ?? { burst: 0 };
  assert.equal(passed('192.0.2.1'), burst);
  assert.equal(passed('127.0.0.1'), burst * defaultLoopbackFactor);
  assert.equal(passed('127.0.0.1', new RateLimiter(runtime, defaultRates, 1)), burst);
  assert.equal(passed('::1'), burst * defaultLoopbackFactor);
  assert.equal(passed(rateKey('::1234')), burst);
  assert.equal(passed('ab'.repeat(32)), burst);
});
