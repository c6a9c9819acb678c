import { createHmac, timingSafeEqual } from 'node:crypto';
import { DependencyError, limits, VerificationError } from '@heliogram/protocol';
import type { Runtime } from '../runtime.ts';

const NONCE_BYTES = 16;
const TERMS_BYTES = NONCE_BYTES + 8 + 8;
const MAC_BYTES = 32;
/** Redeemed challenges remembered at the same time, in each of two generations. */
const MAX_REMEMBERED = 131_072;

export type IssuedChallenge = {
  readonly challenge: Uint8Array;
  /** Milliseconds since the epoch. */
  readonly expiresAt: number;
};

/**
 * Challenges that are worth one answer within their lifetime (ACC-1). Issuing one keeps nothing: it
 * carries its own terms under a MAC whose key lives and dies with the process. Memory grows with what
 * is redeemed, and is bounded.
 */
export class Challenges {
  readonly #runtime: Runtime;
  readonly #key: Uint8Array;
  readonly #maxRemembered: number;
  #redeemed = new Set<string>();
  #redeemedBefore = new Set<string>();
  #turnedAt: number;

  constructor(runtime: Runtime, maxRemembered = MAX_REMEMBERED) {
    this.#runtime = runtime;
    this.#maxRemembered = maxRemembered;
    this.#key = runtime.randomBytes(32);
    this.#turnedAt = runtime.monotonicMs();
  }

  issue(): IssuedChallenge {
    const expiresAt = this.#runtime.now() + limits.challengeLifetimeMs;
    const terms = Buffer.alloc(TERMS_BYTES);
    terms.set(this.#runtime.randomBytes(NONCE_BYTES));
    terms.writeBigUInt64BE(BigInt(expiresAt), NONCE_BYTES);
    terms.writeDoubleBE(this.#runtime.monotonicMs(), NONCE_BYTES + 8);
    return { challenge: Uint8Array.from(Buffer.concat([terms, this.#mac(terms)])), expiresAt };
  }

  /** Uses the challenge up and returns when it expires. Throws `challenge_invalid` or `unavailable`. */
  redeem(challenge: Uint8Array): number {
    const { id, expiresAt, issuedAt } = this.#open(challenge);
    // Both clocks: a wall clock that is set back makes no old challenge young again.
    const age = this.#runtime.monotonicMs() - issuedAt;
    if (this.#runtime.now() >= expiresAt || age >= limits.challengeLifetimeMs) throw invalid();
    this.#turn();
    if (this.#redeemed.has(id) || this.#redeemedBefore.has(id)) throw invalid();
    if (this.#redeemed.size >= this.#maxRemembered) {
      throw new DependencyError('unavailable', 'too many sign-ins at once: try again later', {
        retryAfterMs: limits.challengeLifetimeMs,
      });
    }
    this.#redeemed.add(id);
    return expiresAt;
  }

  #open(challenge: Uint8Array) {
    if (challenge.byteLength !== TERMS_BYTES + MAC_BYTES) throw invalid();
    const bytes = Buffer.from(challenge);
    const terms = bytes.subarray(0, TERMS_BYTES);
    if (!timingSafeEqual(this.#mac(terms), bytes.subarray(TERMS_BYTES))) throw invalid();
    return {
      id: terms.toString('latin1', 0, NONCE_BYTES),
      expiresAt: Number(terms.readBigUInt64BE(NONCE_BYTES)),
      issuedAt: terms.readDoubleBE(NONCE_BYTES + 8),
    };
  }

  /** Each generation lasts a lifetime, so what both have forgotten has expired. */
  #turn(): void {
    const since = this.#runtime.monotonicMs() - this.#turnedAt;
    if (since < limits.challengeLifetimeMs) return;
    this.#redeemedBefore = since < 2 * limits.challengeLifetimeMs ? this.#redeemed : new Set();
    this.#redeemed = new Set();
    this.#turnedAt = this.#runtime.monotonicMs();
  }

  #mac(terms: Uint8Array): Uint8Array {
    return createHmac('sha256', this.#key).update('heliogram challenge v1').update(terms).digest();
  }
}

function invalid(): VerificationError {
  return new VerificationError(
    'challenge_invalid',
    'the challenge is unknown, used or expired: request a new one',
  );
}
