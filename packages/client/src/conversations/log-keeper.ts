import { create } from '@bufbuild/protobuf';
import { type Counters, type Entry, EntryKind, EntrySchema } from '@heliogram/protocol';
import { asHeliogramError } from '../errors.ts';
import type { Scheduler } from '../ports.ts';
import type { EntryStore } from '../store/entry-port.ts';
import { fold, fromCached, toCached } from './cached-entries.ts';

export interface LogKeeperParts {
  readonly conversationId: string;
  readonly entries: EntryStore;
  readonly scheduler: Pick<Scheduler, 'now'>;
  readonly onUnkept: (error: unknown) => void;
}

/** Entries in one transaction; whoever brings more waits. */
const maxAtOnce = 500;
const maxWaiting = 2_000;

/** Writes what is followed into the store, all that waits in one go, behind what is shown. */
export class LogKeeper {
  readonly #parts: LogKeeperParts;
  #waiting: Entry[] = [];
  #counters = new Map<number, Counters>();
  #writing: Promise<void> | undefined;

  constructor(parts: LogKeeperParts) {
    this.#parts = parts;
  }

  /** Entries of the log in its order, none left out. Resolves early while there is room to wait. */
  async keep(entry: Entry): Promise<void> {
    this.#waiting.push(entry);
    this.#start();
    if (this.#waiting.length >= maxWaiting) await this.#writing;
  }

  count(seq: number, counters: Counters): void {
    this.#counters.set(seq, counters);
    this.#start();
  }

  /** Resolves once nothing waits. */
  async flush(): Promise<void> {
    await this.#writing;
  }

  #start(): void {
    this.#writing ??= this.#writeAll().finally(() => {
      this.#writing = undefined;
    });
  }

  async #writeAll(): Promise<void> {
    // What comes in the same turn is written together.
    await Promise.resolve();
    while (this.#waiting.length > 0 || this.#counters.size > 0) {
      const entries = this.#waiting.splice(0, maxAtOnce);
      const counters = this.#counters;
      this.#counters = new Map();
      try {
        await this.#write(entries, counters);
      } catch (error) {
        this.#parts.onUnkept(asHeliogramError(error));
      }
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
    const [from, to] = [log[0]?.seq, log.at(-1)?.seq];
    if (from === undefined || to === undefined) return;
    const cached = [...added.values()].map(toCached);
    const known = { from, to };
    const usedAt = scheduler.now();
    await entries.put({ conversationId, entries: cached, known, seenSeq: to, usedAt });
  }

  async #kept(seq: number): Promise<Entry | undefined> {
    const { conversationId, entries } = this.#parts;
    const query = { conversationId, afterSeq: seq - 1, beforeSeq: seq + 1, limit: 1 };
    const [cached] = (await entries.range(query)).entries;
    return cached && fromCached(cached);
  }
}
