import type { ChatStore } from './chat-port.ts';
import type { EntryStore } from './entry-port.ts';
import type { OutboxStore } from './outbox-port.ts';
import type { OwnStateStore } from './own-state-port.ts';

export type * from './chat-port.ts';
export type * from './entry-port.ts';
export type * from './outbox-port.ts';
export type * from './own-state-port.ts';

/**
 * What the SDK keeps on a device besides its secrets. Asynchronous and batch-shaped: SQLite on Node and
 * in the browser, memory in tests. Every promise resolves once its effect is durable, where the store
 * is persistent. On Node several processes may hold the same store open, in a browser one worker.
 * Calls throw `storage_full`, or StoreDamagedError where the file itself no longer holds.
 */
export interface ClientStore {
  readonly outbox: OutboxStore;
  readonly records: RecordStore;
  readonly entries: EntryStore;
  readonly chats: ChatStore;
  readonly ownState: OwnStateStore;
  /** False: it ends with its process, because the platform has no place to keep it. */
  readonly persistent: boolean;
  /** Forgets what can be fetched again: entries, summaries, profiles. Outbox, drafts, own state, settings stay. */
  clearCache(): Promise<void>;
  /** Forgets everything, as if it had never been used. */
  wipe(): Promise<void>;
  /**
   * Writes the file anew: what was changed or removed then stands in no byte of it. Before, it was
   * overwritten where it stood, but a page that was once rearranged can keep a shred.
   */
  compact(): Promise<void>;
  close(): Promise<void>;
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
  all(space: RecordSpace): Promise<ReadonlyMap<string, string>>;
}

/**
 * `setting`: what a person chose on this device. `profile`: what was last known of other accounts.
 * `dispatch`: posts and deletions that wait for files or for their time.
 */
export type RecordSpace = 'account' | 'name' | 'upload' | 'setting' | 'profile' | 'dispatch';
