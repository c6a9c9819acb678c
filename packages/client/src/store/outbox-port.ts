/** Entries on their way into a log. What is enqueued is sent with these bytes and this id, or not at all. */
export interface OutboxStore {
  /**
   * Adds at the end, all or none. An item whose fingerprint was left behind by a dead session is not
   * added: the item of then is taken over, appended or not yet, and the settled ones before it go.
   * What was refused then is a new attempt. An append id that is here already is the item of then,
   * with its outcome; `already_exists` when it is here for another conversation.
   */
  enqueue(batch: EnqueueBatch): Promise<readonly OutboxItem[]>;
  /** Unsettled items of a conversation that these sessions do not hold back, oldest first. */
  pending(query: PendingQuery): Promise<readonly OutboxItem[]>;
  /** Conversations with unsettled items of sessions for which `isAlive` is false, or of `session`. */
  conversations(owner: OwnerFilter): Promise<readonly string[]>;
  /** Records outcomes of items that are not settled yet. */
  settle(outcomes: readonly SettledItem[]): Promise<void>;
  items(ids: readonly number[]): Promise<readonly OutboxItem[]>;
  /** What of all sessions waits or was refused, oldest first: what a person still sees as unsent. */
  unsettled(query: UnsettledQuery): Promise<readonly OutboxItem[]>;
  /** Makes refused items wait again, in their old place, as items of `session`; answers those it did. */
  retry(ids: readonly number[], session: string): Promise<readonly OutboxItem[]>;
  /** Removes items whose outcome has been told to whoever posted them, or that are taken back. */
  forget(ids: readonly number[]): Promise<void>;
  /**
   * Removes settled items enqueued before `time`, milliseconds since the epoch, but no refused one
   * without a fingerprint: it stays on somebody's screen until retried or forgotten.
   */
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
  /** Same for the same intent of a person: text, files, reply. Empty: never taken over. */
  readonly fingerprint: string;
}

export interface PendingQuery extends OwnerFilter {
  readonly conversationId: string;
  readonly limit: number;
}

export interface UnsettledQuery {
  /** Absent: of all conversations. */
  readonly conversationId?: string | undefined;
  readonly limit: number;
}

export interface OutboxItem extends NewOutboxItem {
  /** Ascending in the order of enqueueing. */
  readonly id: number;
  readonly conversationId: string;
  /** Milliseconds since the epoch. */
  readonly enqueuedAt: number;
  readonly outcome: OutboxOutcome | null;
}

export type OutboxOutcome =
  | { readonly kind: 'appended'; readonly seq: number; readonly sentAt: number }
  | { readonly kind: 'failed'; readonly code: string; readonly message: string };

export interface SettledItem {
  readonly id: number;
  readonly outcome: OutboxOutcome;
}
