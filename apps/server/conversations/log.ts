import type { AppendCommand, AppendOutcome, StoredEntry } from '../storage/port.ts';
import type { Conversation } from './policy.ts';

/** The log as other rooms write to it: group commit, then delivery to every subscriber. */
export interface ConversationLog {
  /**
   * Resolves once durable. Entries of one call keep their order and are delivered live in log order.
   * `sentAt` and `conversation` are filled in here.
   */
  append(
    conversation: Conversation,
    entries: readonly LogEntry[],
  ): Promise<readonly AppendOutcome[]>;
  /**
   * Sets room aside for payloads of an account until the function that it answers is called. Throws
   * `quota_exceeded` or `storage_full`.
   */
  reserve(account: number, bytes: number): Promise<() => void>;
  /** Finds a conversation by its public id; undefined when there is none. */
  find(conversationId: string): Promise<Conversation | undefined>;
  byRow(id: number): Promise<Conversation | undefined>;
  /** Removes the entries up to a seq below the head; whoever reads finds those after it. */
  trim(conversation: Conversation, upToSeq: number): Promise<void>;
  /** Removes entries and forgets the conversation; live subscriptions end. */
  erase(conversation: Conversation): Promise<void>;
}

export type LogEntry = Omit<AppendCommand, 'conversation' | 'sentAt'>;

export type AppendListener = (conversation: Conversation, entries: readonly StoredEntry[]) => void;
