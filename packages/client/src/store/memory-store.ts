import type {
  ClientStore,
  EnqueueBatch,
  OutboxItem,
  OutboxStore,
  OwnerFilter,
  PendingQuery,
  RecordSpace,
  RecordStore,
  SettledItem,
} from './port.ts';

/** A store that lives as long as its process: for tests, and for browsers without a database yet. */
export function createMemoryStore(): ClientStore {
  return {
    outbox: new MemoryOutbox(),
    records: new MemoryRecords(),
    close: async () => {
      // Nothing is held.
    },
  };
}

type Held = OutboxItem & { readonly session: string; readonly enqueuedAt: number };

class MemoryOutbox implements OutboxStore {
  #items: Held[] = [];
  #lastId = 0;

  async enqueue(batch: EnqueueBatch): Promise<readonly OutboxItem[]> {
    return batch.items.map((item) => {
      const adopted = this.#adopt(batch, item.fingerprint);
      if (adopted) return adopted;
      this.#lastId++;
      const { conversationId, session, enqueuedAt } = batch;
      const place = { id: this.#lastId, conversationId, session, enqueuedAt, outcome: null };
      const held = { ...item, ...place };
      this.#items.push(held);
      return held;
    });
  }

  async pending({ conversationId, limit, ...owner }: PendingQuery): Promise<readonly OutboxItem[]> {
    return this.#items
      .filter((item) => item.conversationId === conversationId && isSendable(item, owner))
      .slice(0, limit);
  }

  async conversations(owner: OwnerFilter): Promise<readonly string[]> {
    const sendable = this.#items.filter((item) => isSendable(item, owner));
    return [...new Set(sendable.map((item) => item.conversationId))];
  }

  async settle(outcomes: readonly SettledItem[]): Promise<void> {
    const byId = new Map(outcomes.map(({ id, outcome }) => [id, outcome]));
    this.#items = this.#items.map((item) => {
      const outcome = item.outcome ?? byId.get(item.id) ?? null;
      return { ...item, outcome };
    });
  }

  async items(ids: readonly number[]): Promise<readonly OutboxItem[]> {
    return this.#items.filter((item) => ids.includes(item.id));
  }

  async forget(ids: readonly number[]): Promise<void> {
    this.#items = this.#items.filter((item) => !ids.includes(item.id));
  }

  async sweep(time: number): Promise<void> {
    this.#items = this.#items.filter((item) => item.outcome === null || item.enqueuedAt >= time);
  }

  #adopt(batch: EnqueueBatch, fingerprint: string): OutboxItem | undefined {
    const left = (item: Held) =>
      item.conversationId === batch.conversationId &&
      item.session !== batch.session &&
      !batch.isAlive(item.session);
    const found = this.#items.find(
      (item) => left(item) && item.fingerprint === fingerprint && item.outcome?.kind !== 'failed',
    );
    if (!found) return undefined;
    const adopted = { ...found, session: batch.session };
    this.#items = this.#items
      .filter((item) => !(left(item) && item.outcome !== null && item.id < found.id))
      .map((item) => (item.id === found.id ? adopted : item));
    return adopted;
  }
}

function isSendable(item: Held, { session, isAlive }: OwnerFilter): boolean {
  return item.outcome === null && (item.session === session || !isAlive(item.session));
}

class MemoryRecords implements RecordStore {
  readonly #spaces = new Map<RecordSpace, Map<string, string>>();

  async get(space: RecordSpace, keys: readonly string[]): Promise<ReadonlyMap<string, string>> {
    const values = this.#space(space);
    const found = keys.map((key) => [key, values.get(key)] as const);
    return new Map(
      found.filter((pair): pair is readonly [string, string] => pair[1] !== undefined),
    );
  }

  async put(space: RecordSpace, entries: ReadonlyMap<string, string>): Promise<void> {
    for (const [key, value] of entries) this.#space(space).set(key, value);
  }

  async putIfAbsent(
    space: RecordSpace,
    entries: ReadonlyMap<string, string>,
  ): Promise<ReadonlyMap<string, string>> {
    const values = this.#space(space);
    for (const [key, value] of entries) if (!values.has(key)) values.set(key, value);
    return this.get(space, [...entries.keys()]);
  }

  async delete(space: RecordSpace, keys: readonly string[]): Promise<void> {
    for (const key of keys) this.#space(space).delete(key);
  }

  #space(space: RecordSpace): Map<string, string> {
    const values = this.#spaces.get(space) ?? new Map<string, string>();
    this.#spaces.set(space, values);
    return values;
  }
}
