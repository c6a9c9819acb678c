import type { Runtime, Timer } from '../runtime.ts';
import type { Database } from '../storage/port.ts';
import type { ClockWatch } from './clock-watch.ts';

const LOOK_EVERY_MS = 10_000;
const SAVE_EVERY_LOOKS = 60;
const KEY = 'clock-last-seen';

interface ClockMarkParts {
  readonly database: Database;
  readonly runtime: Pick<Runtime, 'now' | 'after'>;
  readonly clock: ClockWatch;
  readonly report: (error: unknown) => void;
}

/** Checks the clock every 10 s, and saves the time so that the next start can compare (OPS-21). */
export class ClockMark {
  readonly #parts: ClockMarkParts;
  #timer: Timer | undefined;
  #looks = 0;

  constructor(parts: ClockMarkParts) {
    this.#parts = parts;
  }

  async start(): Promise<void> {
    const row = await this.#parts.database
      .selectFrom('settings')
      .select('value')
      .where('key', '=', KEY)
      .executeTakeFirst();
    if (row) this.#parts.clock.lastSeen(Number(row.value));
    await this.#save();
    this.#wait();
  }

  async stop(): Promise<void> {
    this.#timer?.cancel();
    this.#parts.clock.check();
    await this.#save();
  }

  #wait(): void {
    this.#timer = this.#parts.runtime.after(LOOK_EVERY_MS, () => {
      this.#parts.clock.check();
      this.#looks++;
      if (this.#looks % SAVE_EVERY_LOOKS === 0) void this.#save();
      this.#wait();
    });
  }

  /** A full disk must not stop the server here, so errors are only reported. */
  async #save(): Promise<void> {
    const value = String(this.#parts.runtime.now());
    await this.#parts.database
      .insertInto('settings')
      .values({ key: KEY, value })
      .onConflict((conflict) => conflict.column('key').doUpdateSet({ value }))
      .execute()
      .catch(this.#parts.report);
  }
}
