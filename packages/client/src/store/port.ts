/**
 * What the SDK keeps on a device besides its secrets. Asynchronous and batch-shaped: SQLite on Node,
 * memory in tests, a worker's database in the browser. Every promise resolves once its effect is
 * durable; several processes may hold the same store open.
 */
export interface ClientStore {
  readonly outbox: OutboxStore;
  readonly records: RecordStore;
  close(): Promise<void>;
}

/** Entries on their way into a log. What is enqueued is sent with these bytes and this id, or not at all. */
export interface OutboxStore {
  /**
   * Adds at the end, all or none. An item whose fingerprint was left behind by a dead session is not
   * added: the item of then is taken over, appended or not yet, and the settled ones before it go.
   * What was refused then is a new attempt.
   */
  enqueue(batch: EnqueueBatch): Promise<readonly OutboxItem[]>;
  /** Unsettled items of a conversation that these sessions do not hold back, oldest first. */
  pending(query: PendingQuery): Promise<readonly OutboxItem[]>;
  /** Conversations with unsettled items of sessions for which `isAlive` is false, or of `session`. */
  conversations(owner: OwnerFilter): Promise<readonly string[]>;
  /** Records outcomes of items that are not settled yet. */
  settle(outcomes: readonly SettledItem[]): Promise<void>;
  items(ids: readonly number[]): Promise<readonly OutboxItem[]>;
  /** Removes items whose outcome has been told to whoever posted them. */
  forget(ids: readonly number[]): Promise<void>;
  /** Removes settled items enqueued before `time`, milliseconds since the epoch. */
  sweep(time: number): Promise<void>;
}

export interface OwnerFilter {
  readonly session: string;
  readonly isAlive: (session: string) => boolean;
}

export interface EnqueueBatch extends OwnerFilter {
  readonly conversationId: string;
  readonly enqueuedAt: number;
  readonly items: readonly NewOutboxItem[];
}

export interface NewOutboxItem {
  /** 16 bytes. */
  readonly appendId: Uint8Array;
  /** Encoded content. */
  readonly payload: Uint8Array;
  /** Of an edit; 0 otherwise. */
  readonly targetSeq: number;
  readonly silent: boolean;
  /** Same for the same intent of a person: text, files, reply. */
  readonly fingerprint: string;
}

export interface PendingQuery extends OwnerFilter {
  readonly conversationId: string;
  readonly limit: number;
}

export interface OutboxItem extends NewOutboxItem {
  /** Ascending in the order of enqueueing. */
  readonly id: number;
  readonly conversationId: string;
  readonly outcome: OutboxOutcome | null;
}

export type OutboxOutcome =
  | { readonly kind: 'appended'; readonly seq: number; readonly sentAt: number }
  | { readonly kind: 'failed'; readonly code: string; readonly message: string };

export interface SettledItem {
  readonly id: number;
  readonly outcome: OutboxOutcome;
}

/** Small values by name: known usernames, uploads that can be resumed, heads that were seen. */
export interface RecordStore {
  get(space: RecordSpace, keys: readonly string[]): Promise<ReadonlyMap<string, string>>;
  put(space: RecordSpace, entries: ReadonlyMap<string, string>): Promise<void>;
  /** Stores those that are absent and answers what stands for each key now. */
  putIfAbsent(
    space: RecordSpace,
    entries: ReadonlyMap<string, string>,
  ): Promise<ReadonlyMap<string, string>>;
  delete(space: RecordSpace, keys: readonly string[]): Promise<void>;
}

export type RecordSpace = 'account' | 'name' | 'upload';
