import { create } from '@bufbuild/protobuf';
import { type Counters, type Entry, EntryKind, EntrySchema } from '@heliogram/protocol';
import { asHeliogramError } from '../errors.ts';
import type { Scheduler, Timer } from '../ports.ts';
import type { EntryBatch, EntryStore } from '../store/entry-port.ts';
import { msOf } from '../timestamps.ts';
import { fold, fromCached, toCached } from './cached-entries.ts';

export interface LogKeeperParts {
  readonly conversationId: string;
  readonly entries: EntryStore;
  readonly scheduler: Scheduler;
  readonly onUnkept: (error: unknown) => void;
}

/** Entries in one transaction; so many are not gathered any longer. */
const maxAtOnce = 500;
/** Whoever brings more waits. */
const maxWaiting = 2_000;
const maxPagesWaiting = 20;
/** A transaction takes a browser tens of milliseconds whatever is in it, and nothing else runs meanwhile. */
const gatherMs = 250;

/**
 * Writes what is read and followed into the store, what is followed all of a while in one go, behind what is
 * shown. What was not written yet when a device dies was not seen either: it is followed, and so written, again.
 */
export class LogKeeper {
  readonly #parts: LogKeeperParts;
  #pages: EntryBatch[] = [];
  #waiting: Entry[] = [];
  #counters = new Map<number, Counters>();
  #gathering: Timer | undefined;
  #writing: Promise<void> | undefined;

  constructor(parts: LogKeeperParts) {
    this.#parts = parts;
  }

  /** Entries of the log in its order, none left out. Resolves early while there is room to wait. */
  async keep(entry: Entry): Promise<void> {
    this.#waiting.push(entry);
    this.#gather();
    if (this.#waiting.length >= maxWaiting) await this.#writing;
  }

  /**
   * Entries as the server shows them, with what of the log is known by them: written before all that was followed
   * and is not written yet, which is newer. Resolves early while there is room to wait.
   */
  async keepPage(page: EntryBatch): Promise<void> {
    this.#pages.push(page);
    this.#gather(0);
    if (this.#pages.length >= maxPagesWaiting) await this.#writing;
  }

  count(seq: number, counters: Counters): void {
    this.#counters.set(seq, counters);
    this.#gather();
  }

  /** Writes what waits. Resolves once nothing does. */
  async flush(): Promise<void> {
    do {
      this.#start();
      await this.#writing;
    } while (this.#waits);
  }

  get #waits(): boolean {
    return this.#pages.length > 0 || this.#waiting.length > 0 || this.#counters.size > 0;
  }

  #gather(withinMs = gatherMs): void {
    if (this.#isFull) return this.#start();
    if (withinMs < gatherMs) this.#gathering?.cancel();
    else if (this.#gathering) return;
    this.#gathering = this.#parts.scheduler.after(withinMs, () => this.#start());
  }

  get #isFull(): boolean {
    return this.#waiting.length >= maxAtOnce || this.#pages.length >= maxPagesWaiting;
  }

  #start(): void {
    this.#gathering?.cancel();
    this.#gathering = undefined;
    this.#writing ??= this.#writeAll().finally(() => {
      this.#writing = undefined;
      if (this.#waits) this.#gather();
    });
  }

  async #writeAll(): Promise<void> {
    do {
      for (const page of this.#pages.splice(0))
        await this.#keptOrTold(this.#parts.entries.put(page));
      const entries = this.#waiting.splice(0, maxAtOnce);
      const counters = this.#counters;
      this.#counters = new Map();
      await this.#keptOrTold(this.#write(entries, counters));
    } while (this.#isFull);
  }

  async #keptOrTold(writing: Promise<void>): Promise<void> {
    try {
      await writing;
    } catch (error) {
      this.#parts.onUnkept(asHeliogramError(error));
    }
  }

  /** Changes of older posts first: what says that they were seen comes after them. */
  async #write(log: readonly Entry[], counters: ReadonlyMap<number, Counters>): Promise<void> {
    const { conversationId, entries, scheduler } = this.#parts;
    const added = new Map<number, Entry>();
    const changed = new Map<number, Entry>();
    const change = async (seq: number, by: (post: Entry) => Entry) => {
      const fresh = added.get(seq);
      if (fresh) return added.set(seq, by(fresh));
      const post = changed.get(seq) ?? (await this.#kept(seq));
      return post && changed.set(seq, by(post));
    };
    for (const entry of log) {
      if (entry.kind === EntryKind.POST || entry.kind === EntryKind.NOTE)
        added.set(entry.seq, entry);
      else await change(entry.targetSeq, (post) => fold(post, entry));
    }
    for (const [seq, each] of counters) {
      await change(seq, (post) => create(EntrySchema, { ...post, counters: each }));
    }
    if (changed.size > 0) await entries.change(conversationId, [...changed.values()].map(toCached));
    const [first, last] = [log[0], log.at(-1)];
    if (!first || !last) return;
    const cached = [...added.values()].map(toCached);
    const known = { from: first.seq, to: last.seq };
    const seen = { seenSeq: last.seq, seenSentAt: msOf(last.sentAt) };
    const usedAt = scheduler.now();
    await entries.put({ conversationId, entries: cached, known, ...seen, usedAt });
  }

  async #kept(seq: number): Promise<Entry | undefined> {
    const { conversationId, entries } = this.#parts;
    const query = { conversationId, afterSeq: seq - 1, beforeSeq: seq + 1, limit: 1 };
    const [cached] = (await entries.range(query)).entries;
    return cached && fromCached(cached);
  }
}
