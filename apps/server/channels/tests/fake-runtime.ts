import type { Runtime } from '../../runtime.ts';

type Alarm = { readonly at: number; readonly run: () => void };

/** A clock that stands until it is moved, and randomness that repeats. */
export class FakeRuntime implements Runtime {
  /** How far the clock is ahead through a jump that may be undone. */
  aheadMs = 0;
  #now: number;
  #random: number;
  #alarms: Alarm[] = [];

  constructor({ now, seed }: { readonly now: number; readonly seed: number }) {
    this.#now = now;
    this.#random = seed;
  }

  now(): number {
    return this.#now;
  }

  settledNow(): number {
    return this.now() - this.aheadMs;
  }

  monotonicMs(): number {
    return this.#now;
  }

  soon(run: () => void): void {
    setImmediate(run);
  }

  after(delayMs: number, run: () => void) {
    const alarm = { at: this.#now + delayMs, run };
    this.#alarms.push(alarm);
    return {
      cancel: () => {
        this.#alarms = this.#alarms.filter((other) => other !== alarm);
      },
    };
  }

  randomBytes(length: number): Uint8Array<ArrayBuffer> {
    return Uint8Array.from({ length }, () => {
      // xorshift32
      this.#random ^= this.#random << 13;
      this.#random ^= this.#random >>> 17;
      this.#random ^= this.#random << 5;
      return this.#random & 0xff;
    });
  }

  /** Moves the clock, running what falls due in order; `settle` waits for what that began. */
  async advance(ms: number, settle: () => Promise<void>): Promise<void> {
    const until = this.#now + ms;
    for (;;) {
      await settle();
      const [next] = this.#alarms.filter(({ at }) => at <= until).sort((a, b) => a.at - b.at);
      if (!next) break;
      this.#alarms = this.#alarms.filter((alarm) => alarm !== next);
      this.#now = Math.max(this.#now, next.at);
      next.run();
    }
    this.#now = until;
    await settle();
  }
  /** Moves the clock in one step, as on a machine that slept: what fell due meanwhile runs once. */
  async leap(ms: number, settle: () => Promise<void>): Promise<void> {
    this.#now += ms;
    const due = this.#alarms.filter(({ at }) => at <= this.#now).sort((a, b) => a.at - b.at);
    this.#alarms = this.#alarms.filter((alarm) => !due.includes(alarm));
    for (const { run } of due) run();
    await settle();
  }
}
