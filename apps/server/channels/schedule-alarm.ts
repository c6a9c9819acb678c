import type { Runtime, Timer } from '../runtime.ts';
import type { Background } from './background.ts';

/** Looks again at least so often: the clock may jump. */
const MAX_SLEEP_MS = 60_000;
/** After a round that could not be finished. */
const RETRY_MS = 5_000;

/** Fires what is due and answers when the next is; undefined when nothing waits. */
export type FireDue = () => Promise<number | undefined>;

/** Wakes when scheduled posts are due. Rounds never overlap. */
export class ScheduleAlarm {
  readonly #runtime: Runtime;
  readonly #background: Background;
  #fire: FireDue | undefined;
  #timer: Timer | undefined;
  #firing = false;
  #again = false;

  constructor(runtime: Runtime, background: Background) {
    this.#runtime = runtime;
    this.#background = background;
  }

  start(fire: FireDue): void {
    this.#fire = fire;
    this.wake();
  }

  stop(): void {
    this.#fire = undefined;
    this.#timer?.cancel();
    this.#timer = undefined;
  }

  /** What waits has changed. */
  wake(): void {
    if (this.#firing) {
      this.#again = true;
      return;
    }
    this.#timer?.cancel();
    this.#timer = undefined;
    const fire = this.#fire;
    if (!fire) return;
    this.#firing = true;
    this.#background.run('scheduled posts', () => this.#round(fire));
  }

  async #round(fire: FireDue): Promise<void> {
    let sleepMs = RETRY_MS;
    try {
      const next = await fire();
      sleepMs = next === undefined ? MAX_SLEEP_MS : Math.max(0, next - this.#runtime.settledNow());
    } finally {
      this.#firing = false;
      const again = this.#again;
      this.#again = false;
      if (again) this.wake();
      else this.#sleep(Math.min(sleepMs, MAX_SLEEP_MS));
    }
  }

  #sleep(delayMs: number): void {
    if (this.#fire) this.#timer = this.#runtime.after(delayMs, () => this.wake());
  }
}
