import type { Runtime, Timer } from '../runtime.ts';
import type { Storage } from '../storage/port.ts';
import type { Background } from './background.ts';
import { dayOf } from './days.ts';
import { addToDay } from './movements.ts';

const FLUSH_INTERVAL_MS = 1_000;

type Doors = {
  readonly storage: Storage;
  readonly runtime: Runtime;
  readonly background: Background;
};

/** Posts by day, folded in batches: an append waits for no statistics. A crash loses a second of them. */
export class DayPosts {
  readonly #doors: Doors;
  #counts = new Map<number, Map<string, number>>();
  #timer: Timer | undefined;

  constructor(doors: Doors) {
    this.#doors = doors;
  }

  posted(conversation: number, sentAt: number): void {
    const days = this.#counts.get(conversation) ?? new Map<string, number>();
    this.#counts.set(conversation, days);
    const day = dayOf(sentAt);
    days.set(day, (days.get(day) ?? 0) + 1);
    this.#timer ??= this.#doors.runtime.after(FLUSH_INTERVAL_MS, () => {
      this.#doors.background.run('count posts', () => this.flush());
    });
  }

  /** Resolves once what was counted so far is stored. */
  async flush(): Promise<void> {
    this.#timer?.cancel();
    this.#timer = undefined;
    const counts = this.#counts;
    if (counts.size === 0) return;
    this.#counts = new Map();
    await this.#doors.storage.transaction(async (database) => {
      const living = await database
        .selectFrom('channels')
        .select('conversation')
        .where('conversation', 'in', [...counts.keys()])
        .where('owner', '!=', 0)
        .execute();
      for (const { conversation } of living) {
        for (const [day, posts] of counts.get(conversation) ?? []) {
          await addToDay(database, { conversation, day, posts });
        }
      }
    });
  }
}
