import { conversationId } from '@heliogram/protocol';
import type { Timer } from '../runtime.ts';
import type { Room } from './room.ts';

/** Channels brought up to date in one transaction. */
const BATCH = 500;

/**
 * Shows exact counts late: for all channels together, on a fixed grid of time, so that a change does
 * not tell who came or went (CHN-21). The grid and the counts are durable: a restart changes neither.
 */
export class SubscriberCounts {
  readonly #room: Room;
  #timer: Timer | undefined;
  #running = false;

  constructor(room: Room) {
    this.#room = room;
  }

  start(): void {
    this.#running = true;
    this.#sleep(Math.floor(this.#room.runtime.now() / this.#intervalMs) + 1);
  }

  stop(): void {
    this.#running = false;
    this.#timer?.cancel();
  }

  get #intervalMs(): number {
    return this.#room.subscriberCountIntervalMs;
  }

  #sleep(tick: number): void {
    if (!this.#running) return;
    const { runtime } = this.#room;
    const wait = tick * this.#intervalMs - runtime.now();
    // A clock set back must not hold the counts longer than one interval.
    const delayMs = Math.min(Math.max(wait, 0), this.#intervalMs);
    this.#timer = runtime.after(delayMs, () => this.#tick(tick));
  }

  #tick(tick: number): void {
    const { runtime, background } = this.#room;
    const now = runtime.now();
    // Timers may be early by a little: the tick has its place all the same.
    const reached = Math.max(Math.floor(now / this.#intervalMs), tick);
    const jumpedBack = now < (tick - 1) * this.#intervalMs;
    background.run('show subscriber counts', () => this.#show());
    this.#sleep(jumpedBack ? Math.floor(now / this.#intervalMs) + 1 : reached + 1);
  }

  async #show(): Promise<void> {
    for (;;) {
      const shown = await this.#showBatch();
      for (const id of shown) this.#room.notices.conversationChanged(conversationId(id));
      if (shown.length < BATCH) return;
    }
  }

  #showBatch(): Promise<readonly string[]> {
    return this.#room.storage.transaction(async (database) => {
      const due = await database
        .selectFrom('channels')
        .innerJoin('conversations', 'conversations.id', 'channels.conversation')
        .select(['channels.conversation', 'conversations.conversation_id'])
        .whereRef('channels.subscribers', '!=', 'channels.subscribers_shown')
        .limit(BATCH)
        .execute();
      if (due.length === 0) return [];
      await database
        .updateTable('channels')
        .set((row) => ({ subscribers_shown: row.ref('subscribers') }))
        .where(
          'conversation',
          'in',
          due.map(({ conversation }) => conversation),
        )
        .execute();
      return due.map(({ conversation_id }) => conversation_id);
    });
  }
}
