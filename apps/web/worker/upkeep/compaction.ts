import type { ClientStore, EntryStore, Scheduler, Timer } from '@heliogram/client';

/** Erasures in a row are one: the file is written anew when there has been none for so long. */
const quietMs = 30_000;
/** Not oftener, however many there are; and no later, if they never end. */
const atMostEveryMs = 600_000;
/** Writing a larger file anew would hold up whoever reads: what was erased there is overwritten only. */
const maxBytes = 67_108_864;

const space = 'setting';
const key = 'erased';

/**
 * The store, which writes its file anew some time after posts were erased: until then a page that was once
 * rearranged may hold a shred of them (SDK-16). A tab that is closed before leaves it to the next.
 */
export function compacting(store: ClientStore, scheduler: Scheduler): ClientStore {
  const compaction = new Compaction(store, scheduler);
  compaction.start().catch(() => undefined);
  return { ...store, entries: tellingErasures(store.entries, () => compaction.erased()) };
}

class Compaction {
  readonly #store: ClientStore;
  readonly #scheduler: Scheduler;
  #timer: Timer | undefined;
  #lastAt = Number.NEGATIVE_INFINITY;
  /** Of the erasures that the file has not been written anew for. */
  #firstAt: number | undefined;
  #noted = false;

  constructor(store: ClientStore, scheduler: Scheduler) {
    this.#store = store;
    this.#scheduler = scheduler;
  }

  async start(): Promise<void> {
    this.#noted = (await this.#store.records.get(space, [key])).has(key);
    if (this.#noted) this.#wait();
  }

  async erased(): Promise<void> {
    this.#wait();
    if (this.#noted) return;
    this.#noted = true;
    await this.#store.records.put(space, new Map([[key, 'yes']]));
  }

  #wait(): void {
    const now = this.#scheduler.now();
    this.#firstAt ??= now;
    const quietAt = Math.min(now + quietMs, this.#firstAt + atMostEveryMs);
    const dueAt = Math.max(quietAt, this.#lastAt + atMostEveryMs);
    this.#timer?.cancel();
    this.#timer = this.#scheduler.after(dueAt - now, () => {
      this.#run().catch(() => undefined);
    });
  }

  async #run(): Promise<void> {
    this.#lastAt = this.#scheduler.now();
    this.#firstAt = undefined;
    this.#noted = false;
    await this.#store.records.delete(space, [key]);
    const sizes = await this.#store.entries.sizes();
    const bytes = sizes.reduce((sum, size) => sum + size.bytes, 0);
    if (bytes <= maxBytes) await this.#store.compact();
  }
}

/** What is edited or counted is no erasure; a deleted post is one, and a log that is forgotten. */
function tellingErasures(entries: EntryStore, erased: () => Promise<void>): EntryStore {
  return {
    put: (batch) => entries.put(batch),
    range: (query) => entries.range(query),
    search: (query) => entries.search(query),
    trim: (bounds) => entries.trim(bounds),
    sizes: () => entries.sizes(),
    change: async (conversationId, changed) => {
      await entries.change(conversationId, changed);
      if (changed.some(({ text }) => text === '')) await erased();
    },
    remove: async (conversationId, seqs) => {
      await entries.remove(conversationId, seqs);
      if (seqs.length > 0) await erased();
    },
    forget: async (conversationId) => {
      await entries.forget(conversationId);
      await erased();
    },
  };
}
