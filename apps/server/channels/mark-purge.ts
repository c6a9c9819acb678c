import type { Timer } from '../runtime.ts';
import { DAY_MS } from './days.ts';
import type { Room } from './room.ts';

/** How long a read mark of somebody who does not follow is kept. */
const KEPT_MS = 30 * DAY_MS;

/**
 * Read positions are kept as short as possible: a member's while it is one, anybody else's for 30 days
 * after it moved last or its account left (CHN-32). Looked through daily, one channel at a time.
 */
export class MarkPurge {
  readonly #room: Room;
  #timer: Timer | undefined;

  constructor(room: Room) {
    this.#room = room;
  }

  start(): void {
    this.#timer = this.#room.runtime.after(DAY_MS, () => this.start());
    this.#room.background.run('purge of read marks', () => purge(this.#room));
  }

  stop(): void {
    this.#timer?.cancel();
  }
}

async function purge({ runtime, storage }: Room): Promise<void> {
  const before = runtime.settledNow() - KEPT_MS;
  const channels = await storage.db.selectFrom('channels').select('conversation').execute();
  for (const { conversation } of channels) {
    await storage.db
      .deleteFrom('read_marks')
      .where('conversation', '=', conversation)
      .where('updated_at', '<', before)
      .where(({ exists, not, selectFrom }) =>
        not(
          exists(
            selectFrom('memberships as m')
              .select('m.account')
              .where('m.conversation', '=', conversation)
              .whereRef('m.account', '=', 'read_marks.account'),
          ),
        ),
      )
      .execute();
  }
}
