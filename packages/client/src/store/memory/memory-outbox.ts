import { ValidationError } from '@heliogram/protocol';
import { toHex } from '../../hex.ts';
import type {
  EnqueueBatch,
  NewOutboxItem,
  OutboxItem,
  OutboxStore,
  OwnerFilter,
  PendingQuery,
  SettledItem,
  UnsettledQuery,
} from '../port.ts';

type Held = OutboxItem & { readonly session: string };

export class MemoryOutbox implements OutboxStore {
  #items: Held[] = [];
  #lastId = 0;

  async enqueue(batch: EnqueueBatch): Promise<readonly OutboxItem[]> {
    const before = { items: this.#items, lastId: this.#lastId };
    try {
      return batch.items.map((item) => {
        return this.#known(batch, item) ?? this.#adopt(batch, item) ?? this.#add(batch, item);
      });
    } catch (error) {
      this.#items = before.items;
      this.#lastId = before.lastId;
      throw error;
    }
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

  async unsettled({ conversationId, limit }: UnsettledQuery): Promise<readonly OutboxItem[]> {
    return this.#items
      .filter((item) => conversationId === undefined || item.conversationId === conversationId)
      .filter((item) => item.outcome?.kind !== 'appended')
      .slice(0, limit);
  }

  async retry(ids: readonly number[], session: string): Promise<readonly OutboxItem[]> {
    const wanted = (item: Held) => ids.includes(item.id) && item.outcome?.kind === 'failed';
    const retried = this.#items.filter(wanted).map(({ id }) => id);
    this.#items = this.#items.map((item) =>
      wanted(item) ? { ...item, session, outcome: null } : item,
    );
    return this.items(retried);
  }

  async forget(ids: readonly number[]): Promise<void> {
    this.#items = this.#items.filter((item) => !ids.includes(item.id));
  }

  async sweep(time: number): Promise<void> {
    this.#items = this.#items.filter(
      ({ outcome, enqueuedAt, fingerprint }) =>
        outcome === null || enqueuedAt >= time || (outcome.kind === 'failed' && fingerprint === ''),
    );
  }

  clear(): void {
    this.#items = [];
  }

  #known({ conversationId, session }: EnqueueBatch, item: NewOutboxItem): OutboxItem | undefined {
    const id = toHex(item.appendId);
    const known = this.#items.find(({ appendId }) => toHex(appendId) === id);
    if (!known) return undefined;
    if (known.conversationId !== conversationId) {
      throw new ValidationError('already_exists', 'this append id is of another conversation');
    }
    const held = { ...known, session };
    this.#items = this.#items.map((each) => (each === known ? held : each));
    return held;
  }

  #adopt(batch: EnqueueBatch, { fingerprint }: NewOutboxItem): OutboxItem | undefined {
    if (fingerprint === '') return undefined;
    const left = (item: Held) =>
      item.conversationId === batch.conversationId &&
      item.session !== batch.session &&
      !batch.isAlive(item.session);
    const found = this.#items.find(
      (item) => left(item) && item.fingerprint === fingerprint && item.outcome?.kind !== 'failed',
    );
    if (!found) return undefined;
    const adopted = { ...found, session: batch.session };
    const isPast = (item: Held) =>
      left(item) && item.outcome !== null && item.id < found.id && item.fingerprint !== '';
    this.#items = this.#items
      .filter((item) => !isPast(item))
      .map((item) => (item.id === found.id ? adopted : item));
    return adopted;
  }

  #add({ conversationId, session, enqueuedAt }: EnqueueBatch, item: NewOutboxItem): OutboxItem {
    this.#lastId++;
    const place = { id: this.#lastId, conversationId, session, enqueuedAt, outcome: null };
    const held = { ...item, ...place };
    this.#items = [...this.#items, held];
    return held;
  }
}

function isSendable(item: Held, { session, isAlive }: OwnerFilter): boolean {
  return item.outcome === null && (item.session === session || !isAlive(item.session));
}
