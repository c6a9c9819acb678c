import { DependencyError, RateClass, ValidationError } from '@heliogram/protocol';
import type { Runtime } from '../runtime.ts';
import { isLoopback } from './client-address.ts';

/** A bucket holds `burst` calls and refills at `perSecond`. */
export type Rate = { readonly burst: number; readonly perSecond: number };

export type Rates = Readonly<Record<number, Rate>> & { readonly [RateClass.UNSPECIFIED]: Rate };

/** Per account when signed in, per address otherwise. Sign-up, sign-in and probes are always per address. */
export const defaultRates: Rates = {
  [RateClass.UNSPECIFIED]: { burst: 100, perSecond: 10 },
  [RateClass.READ]: { burst: 1_000, perSecond: 100 },
  [RateClass.WRITE]: { burst: 200, perSecond: 5 },
  [RateClass.APPEND]: { burst: 5_000, perSecond: 500 },
  [RateClass.SIGN_UP]: { burst: 10, perSecond: 0.05 },
  [RateClass.SIGN_IN]: { burst: 60, perSecond: 2 },
  [RateClass.SEARCH]: { burst: 60, perSecond: 5 },
  [RateClass.SIGNAL]: { burst: 60, perSecond: 5 },
  [RateClass.UPLOAD]: { burst: 60, perSecond: 1 },
  [RateClass.PROBE]: { burst: 60, perSecond: 1 },
};

/** Everybody on this machine shares a loopback address: allowed this many times the rates of one. */
export const defaultLoopbackFactor = 200;
const MAX_BUCKETS = 200_000;
const SWEEP_EVERY_CALLS = 50_000;
/** A full table is looked through at most so often: a flood of newcomers must not cost more than itself. */
const SWEEP_PAUSE_MS = 1_000;
/** Sums of fractions end up this close to a whole token. */
const ROUNDING = 1e-6;

type Bucket = { tokens: number; atMs: number; readonly rate: Rate };

/** Token buckets in memory, bounded: full buckets are forgotten, they say nothing. */
export class RateLimiter {
  readonly #runtime: Runtime;
  readonly #rates: Rates;
  readonly #loopbackFactor: number;
  readonly #buckets = new Map<string, Bucket>();
  #calls = 0;
  #sweptAtMs = Number.NEGATIVE_INFINITY;

  constructor(
    runtime: Runtime,
    rates: Rates = defaultRates,
    loopbackFactor = defaultLoopbackFactor,
  ) {
    this.#runtime = runtime;
    this.#rates = rates;
    this.#loopbackFactor = loopbackFactor;
  }

  /**
   * Takes `cost` tokens, less those that this call `paid` already. Throws `rate_limited` with the time after
   * which the whole cost is there.
   */
  take(rateClass: RateClass, key: string, { cost = 1, paid = 0 } = {}): void {
    const bucket = this.#bucket(`${rateClass}:${key}`, rateClass, key);
    const nowMs = this.#runtime.monotonicMs();
    const { burst, perSecond } = bucket.rate;
    bucket.tokens = Math.min(burst, bucket.tokens + ((nowMs - bucket.atMs) / 1_000) * perSecond);
    bucket.atMs = nowMs;
    // A call larger than the whole bucket passes when the bucket is full, and leaves a debt.
    if (bucket.tokens + paid + ROUNDING < Math.min(cost, burst)) {
      const missing = Math.min(cost, burst) - bucket.tokens;
      throw new ValidationError('rate_limited', 'too many calls: try again later', {
        retryAfterMs: Math.ceil((missing / perSecond) * 1_000),
      });
    }
    bucket.tokens -= cost - paid;
  }

  #bucket(id: string, rateClass: RateClass, key: string): Bucket {
    this.#calls += 1;
    if (this.#calls % SWEEP_EVERY_CALLS === 0) this.#sweep();
    const known = this.#buckets.get(id);
    if (known) return known;
    if (this.#buckets.size >= MAX_BUCKETS) {
      if (this.#runtime.monotonicMs() - this.#sweptAtMs >= SWEEP_PAUSE_MS) this.#sweep();
      if (this.#buckets.size >= MAX_BUCKETS) {
        throw new DependencyError('unavailable', 'the server is busy', { retryAfterMs: 5_000 });
      }
    }
    const rate = this.#rateFor(rateClass, key);
    const bucket = { tokens: rate.burst, atMs: this.#runtime.monotonicMs(), rate };
    this.#buckets.set(id, bucket);
    return bucket;
  }

  #rateFor(rateClass: RateClass, key: string): Rate {
    const rate = this.#rates[rateClass] ?? this.#rates[RateClass.UNSPECIFIED];
    if (!isLoopback(key)) return rate;
    const factor = this.#loopbackFactor;
    return { burst: rate.burst * factor, perSecond: rate.perSecond * factor };
  }

  #sweep(): void {
    const nowMs = this.#runtime.monotonicMs();
    this.#sweptAtMs = nowMs;
    for (const [id, { tokens, atMs, rate }] of this.#buckets) {
      if (tokens + ((nowMs - atMs) / 1_000) * rate.perSecond >= rate.burst)
        this.#buckets.delete(id);
    }
  }
}
