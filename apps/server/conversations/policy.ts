import type { MessageInitShape } from '@bufbuild/protobuf';
import type {
  ConversationId,
  ConversationKind,
  CountersSchema,
  NewEntry,
  ProfileSchema,
} from '@heliogram/protocol';
import type { Caller, DeviceCaller } from '../gateway/service.ts';
import type { Database, StoredEntry } from '../storage/port.ts';

/** A conversation as every room refers to it: row id inside, public id outside. */
export type Conversation = {
  readonly id: number;
  readonly conversationId: ConversationId;
  readonly kind: ConversationKind;
};

/**
 * What one kind of conversation allows. The log asks before it acts and tells after it acted.
 * Refusals are thrown: `forbidden`, `taken_down`, or `not_found` where the caller must not even learn
 * that the conversation exists.
 */
export interface ConversationPolicy {
  mayRead(caller: Caller, conversation: Conversation): Promise<void>;
  /** One verdict per entry, in order. Throws when nothing of the call may pass. */
  admit(
    caller: DeviceCaller,
    conversation: Conversation,
    entries: readonly NewEntry[],
  ): Promise<readonly Admission[]>;
  /** Asked right before the redaction. Answers the content id that stays of it; null where it has none. */
  mayRedact(
    caller: DeviceCaller,
    conversation: Conversation,
    target: StoredEntry,
  ): Promise<Uint8Array | null>;
  maySignal(caller: DeviceCaller, conversation: Conversation): Promise<void>;
  mayAcknowledge(caller: DeviceCaller, conversation: Conversation): Promise<void>;
  /** Entries up to here were there before the account came; undefined: nothing is unread for it. */
  joinedAt(account: number, conversation: Conversation): Promise<number | undefined>;
  /** Told after entries are durable, in log order. Must not throw and must not block. */
  appended(conversation: Conversation, entries: readonly StoredEntry[]): void;
  /** Told within the transaction that moves read marks forward, so that counts fold with them. */
  marksMoved(database: Database, moves: readonly MarkMove[]): Promise<void>;
  /** Counters of listed entries, by seq; absent means none. */
  counters(
    conversation: Conversation,
    seqs: readonly number[],
  ): Promise<ReadonlyMap<number, MessageInitShape<typeof CountersSchema>>>;
  /** Conversations of this kind on an account's list, by conversation id, after the given one. */
  list(account: number, page: { after: string; limit: number }): Promise<readonly Listing[]>;
}

export type Admission =
  | {
      readonly kind: 'admitted';
      readonly entryKind: EntryKindOfClient;
      /** Readers may be told who wrote it. */
      readonly signed: boolean;
    }
  | { readonly kind: 'refused'; readonly error: Error };

/** `post`, `edit` or `state` as the contract numbers them: the only kinds that clients append. */
export type EntryKindOfClient = 1 | 2 | 5;

export type MarkMove = {
  readonly conversation: number;
  readonly account: number;
  /** Exclusive: read before. */
  readonly from: number;
  /** Inclusive: read now. */
  readonly to: number;
};

export type Listing = {
  readonly conversation: Conversation;
  readonly title: string;
  readonly username: string;
  readonly avatarMediaId: string;
  readonly role: 'owner' | 'admin' | 'subscriber' | 'requested';
  readonly muted: boolean;
  /** Entries up to here were there before the account came: not unread. */
  readonly fromSeq: number;
};

/** Public profiles of accounts, by row id. Accounts that are gone are absent. */
export interface ProfileSource {
  profiles(
    accounts: readonly number[],
  ): Promise<ReadonlyMap<number, MessageInitShape<typeof ProfileSchema>>>;
}
