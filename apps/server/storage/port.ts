import type { EntryKind } from '@heliogram/protocol';
import type { Kysely } from 'kysely';
import type { Tables } from './schema.ts';

/**
 * What the server asks of a database. Asynchronous and batch-shaped: an implementation may be a file
 * or a cluster. Every promise resolves only once its effect is durable.
 */
export interface Storage {
  /** Queries off the append path. A lone writing statement is its own transaction. */
  readonly db: Database;
  readonly log: LogStore;
  /** Serialisable; rolls back when `run` throws. Keep it short: other writers wait. */
  transaction<T>(run: (database: Database) => Promise<T>): Promise<T>;
  /**
   * What was removed until now is in no file any more, journals included. False while a reader is in
   * the way: ask again later.
   */
  forgetRemoved(): Promise<boolean>;
  close(): Promise<void>;
}

export type Database = Kysely<Tables>;

/** The append path and its readers. Throws DependencyError `storage_full` or `unavailable`. */
export interface LogStore {
  /**
   * Appends all in one durable transaction, in order, numbering each conversation without gaps.
   * An append id seen before is not appended again: the outcome carries the entry of that time.
   */
  append(batch: readonly AppendCommand[]): Promise<readonly AppendOutcome[]>;
  read(range: ReadRange): Promise<LogPage>;
  entry(conversation: number, seq: number): Promise<StoredEntry | undefined>;
  heads(conversations: readonly number[]): Promise<ReadonlyMap<number, LogHead>>;
  /** What earlier appends of these ids came to, in order; undefined for ids never appended. */
  find(appendIds: readonly Uint8Array[]): Promise<readonly (FoundEntry | undefined)[]>;
  /**
   * How many posts that still stand lie after each seq, counting no further than `cap`;
   * those of `exceptBy` are not counted.
   */
  countPosts(after: readonly CountFrom[], cap: number): Promise<readonly number[]>;
  /** Withholds or gives back an entry and its edits; null restores. False when there is no such entry. */
  setTakenDown(conversation: number, seq: number, reason: string | null): Promise<boolean>;
  /** What lies after a seq, together. */
  weight(conversation: number, afterSeq: number): Promise<LogWeight>;
  /** Removes the entries up to a seq below the head, and their append ids; seqs go on as they were. */
  trim(conversation: number, upToSeq: number): Promise<void>;
  /** Removes the whole log. */
  erase(conversation: number): Promise<void>;
}

export type CountFrom = {
  readonly conversation: number;
  readonly seq: number;
  /** Row id of an account. */
  readonly exceptBy?: number;
};

export type LogWeight = { readonly entries: number; readonly bytes: number };

export type LogHead = {
  readonly headSeq: number;
  readonly posts: number;
  /** Of the entry at `headSeq`; 0 for an empty log. */
  readonly headSentAt: number;
};

export type AppendCommand = {
  readonly conversation: number;
  readonly kind: EntryKind;
  readonly author: number | null;
  /** Milliseconds since the epoch. */
  readonly sentAt: number;
  /** 16 bytes. */
  readonly appendId: Uint8Array;
  readonly payload: Uint8Array | null;
  readonly silent: boolean;
  /** Readers may be told the author. */
  readonly signed: boolean;
  /** Of an edit: becomes the target's newest revision. Of a redaction: the target and its edits lose their payload. */
  readonly targetSeq: number;
  /** Of a redaction: stays in the place of the target's payload. */
  readonly tombstone?: Uint8Array | null;
};

export type AppendOutcome =
  | { readonly kind: 'appended'; readonly entry: StoredEntry }
  | ({ readonly kind: 'duplicate' } & FoundEntry)
  /** The target of an edit or redaction is missing, redacted, or no post. */
  | { readonly kind: 'bad-target' }
  /** Every seq is taken. */
  | { readonly kind: 'log-full' };

export type FoundEntry = { readonly entry: StoredEntry; readonly conversation: number };

export type StoredEntry = {
  readonly seq: number;
  readonly kind: EntryKind;
  readonly author: number | null;
  readonly sentAt: number;
  /** Null once redacted, and for kinds without one. */
  readonly payload: Uint8Array | null;
  readonly targetSeq: number;
  readonly silent: boolean;
  /** Readers may be told the author; otherwise `author` never leaves the server. */
  readonly signed: boolean;
  readonly redacted: boolean;
  /** What its redaction left in the place of the payload. */
  readonly tombstone: Uint8Array | null;
  readonly takenDownReason: string | null;
  /** Newest edit of a post, folded in. */
  readonly revision: {
    readonly seq: number;
    readonly payload: Uint8Array;
    readonly editedAt: number;
  } | null;
};

export type LogPage = {
  /** Ascending by seq. */
  readonly entries: readonly StoredEntry[];
  /** Entries remain in the direction asked. */
  readonly more: boolean;
};

export type ReadRange = {
  readonly conversation: number;
  /** Exclusive bounds. */
  readonly afterSeq: number;
  readonly beforeSeq: number;
  readonly limit: number;
  /** From the lower bound up, or the last ones below the upper bound. */
  readonly from: 'start' | 'end';
  /** Only kinds that a person reads: posts and notes. */
  readonly listed: boolean;
  /** Leaves out what was deleted. */
  readonly standing?: boolean;
  /** Stops once so many payload bytes are collected; at least one entry. */
  readonly maxBytes: number;
};
