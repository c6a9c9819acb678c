export interface ClockReadings {
  /** The system clock, in milliseconds since the epoch. */
  readonly now: () => number;
  /** Milliseconds that pass evenly, also while the machine sleeps, whatever the system clock does. */
  readonly elapsedMs: () => number;
}

/** A smaller step is an ordinary correction. */
const NOTICED_MS = 60_000;
/** After this time a clock that jumped forward is assumed to be right. */
const SETTLES_AFTER_MS = 15 * 60_000;

/**
 * Notices when the system clock jumps. A jump forward that is soon undone must not publish a post that is
 * scheduled for next year, or delete files that would expire before then. So {@link settledNow} follows
 * a jump forward only after 15 minutes.
 */
export class ClockWatch {
  readonly #readings: ClockReadings;
  readonly #jumped: (jumpMs: number) => void;
  #differenceMs: number;
  #aheadMs = 0;
  #aheadSinceMs = 0;
  #jumps = 0;

  /** `jumped` gets the size of each jump in milliseconds, negative for a jump back. */
  constructor(readings: ClockReadings, jumped: (jumpMs: number) => void) {
    this.#readings = readings;
    this.#jumped = jumped;
    this.#differenceMs = readings.now() - readings.elapsedMs();
  }

  /** Number of jumps since the server started. */
  get jumps(): number {
    return this.#jumps;
  }

  /** Whether the clock has jumped forward and is not assumed to be right yet. */
  get isUnsettled(): boolean {
    this.check();
    return this.#aheadMs > 0;
  }

  /** Compares with the time that the last run saved: the clock may have gone back since. */
  lastSeen(seenMs: number): void {
    const jumpMs = this.#readings.now() - seenMs;
    if (jumpMs <= -NOTICED_MS) this.#note(jumpMs, this.#readings.elapsedMs());
  }

  /** The time for work that cannot be undone, in milliseconds since the epoch. */
  settledNow(): number {
    return this.check() - this.#aheadMs;
  }

  /** Notes a jump since the last check, and returns the system clock. */
  check(): number {
    const now = this.#readings.now();
    const elapsedMs = this.#readings.elapsedMs();
    const jumpMs = now - elapsedMs - this.#differenceMs;
    this.#differenceMs += jumpMs;
    if (elapsedMs - this.#aheadSinceMs >= SETTLES_AFTER_MS) this.#aheadMs = 0;
    if (Math.abs(jumpMs) >= NOTICED_MS) this.#note(jumpMs, elapsedMs);
    return now;
  }

  #note(jumpMs: number, elapsedMs: number): void {
    if (jumpMs > 0) this.#aheadSinceMs = elapsedMs;
    const aheadMs = this.#aheadMs + jumpMs;
    this.#aheadMs = aheadMs < NOTICED_MS ? 0 : aheadMs;
    this.#jumps++;
    this.#jumped(jumpMs);
  }
}
