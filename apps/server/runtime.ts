/** Time, scheduling and randomness as the server sees them: real in production, seeded in simulation. */
export interface Runtime {
  /** Milliseconds since the epoch. May jump: never used to measure durations. */
  now(): number;
  /**
   * As {@link now}, but follows a jump forward only after 15 minutes. Use it for expiry and schedules: a
   * clock that is wrong for a moment must not publish or delete anything for good (OPS-21).
   */
  settledNow(): number;
  /** Milliseconds that only move forward. */
  monotonicMs(): number;
  /** Runs after what is already queued, before timers: collects what one tick produces. */
  soon(run: () => void): void;
  /** Runs once after the delay, in milliseconds. Does not keep the process alive. */
  after(delayMs: number, run: () => void): Timer;
  randomBytes(length: number): Uint8Array<ArrayBuffer>;
}

export interface Timer {
  cancel(): void;
}

/** Hex of fresh random bytes: ids that nobody can guess. */
export function randomHex(runtime: Runtime, bytes: number): string {
  return Buffer.from(runtime.randomBytes(bytes)).toString('hex');
}
