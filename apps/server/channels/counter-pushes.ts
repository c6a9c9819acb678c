import type { ConversationLog } from '../conversations/log.ts';
import type { Notices } from '../conversations/notices.ts';
import type { MarkMove } from '../conversations/policy.ts';
import type { Runtime, Timer } from '../runtime.ts';
import type { Storage } from '../storage/port.ts';
import type { Background } from './background.ts';
import { countersOf } from './counters.ts';

/** Counters of one channel are pushed at most so often. */
const PUSH_INTERVAL_MS = 2_000;
/** Newest changed posts of a channel that a push carries; older ones show when they are read. */
const MAX_POSTS = 50;
/** Beyond so many channels in one interval the rest wait for their next change. */
const MAX_CHANNELS = 10_000;

type Doors = {
  readonly storage: Storage;
  readonly log: ConversationLog;
  readonly notices: Notices;
  readonly runtime: Runtime;
  readonly background: Background;
};

/** Tells live readers of changed counters, batched. A lost push costs nothing: reading shows them too. */
export class CounterPushes {
  readonly #doors: Doors;
  #changed = new Map<number, Set<number>>();
  #timer: Timer | undefined;
  #stopped = false;

  constructor(doors: Doors) {
    this.#doors = doors;
  }

  changed(conversation: number, seqs: readonly number[]): void {
    if (this.#stopped) return;
    const known = this.#changed.get(conversation) ?? new Set<number>();
    if (known.size === 0 && this.#changed.size >= MAX_CHANNELS) return;
    for (const seq of seqs) known.add(seq);
    if (known.size > 2 * MAX_POSTS) keepNewest(known);
    this.#changed.set(conversation, known);
    this.#timer ??= this.#doors.runtime.after(PUSH_INTERVAL_MS, () => this.#push());
  }

  moved(moves: readonly MarkMove[]): void {
    for (const { conversation, from, to } of moves) {
      const first = Math.max(from + 1, to - MAX_POSTS + 1);
      if (first > to) continue;
      this.changed(
        conversation,
        Array.from({ length: to - first + 1 }, (_, index) => first + index),
      );
    }
  }

  stop(): void {
    this.#stopped = true;
    this.#timer?.cancel();
    this.#timer = undefined;
  }

  #push(): void {
    this.#timer = undefined;
    const changed = this.#changed;
    this.#changed = new Map();
    this.#doors.background.run('push counters', async () => {
      for (const [conversation, seqs] of changed) await this.#pushOne(conversation, seqs);
    });
  }

  async #pushOne(row: number, changed: Set<number>): Promise<void> {
    const { storage, log, notices } = this.#doors;
    const conversation = await log.byRow(row);
    if (!conversation) return;
    keepNewest(changed);
    const seqs = [...changed].sort((a, b) => a - b);
    const counters = await countersOf(storage.db, row, seqs);
    notices.countersChanged(
      conversation.conversationId,
      seqs.map((seq) => ({ seq, counters: counters.get(seq) ?? {} })),
    );
  }
}

function keepNewest(seqs: Set<number>): void {
  const old = [...seqs].sort((a, b) => b - a).slice(MAX_POSTS);
  for (const seq of old) seqs.delete(seq);
}
