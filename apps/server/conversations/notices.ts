import type { MessageInitShape } from '@bufbuild/protobuf';
import type { AccountId, ConversationId, EntryCountersSchema } from '@heliogram/protocol';

/** Hints to live connections that something beside the log changed. May be lost; never carries content. */
export interface Notices {
  conversationChanged(conversationId: ConversationId): void;
  accountChanged(accountId: AccountId): void;
  countersChanged(
    conversationId: ConversationId,
    entries: readonly MessageInitShape<typeof EntryCountersSchema>[],
  ): void;
  /** Ends live subscriptions to a conversation: of one account, or everybody's. */
  accessEnded(conversationId: ConversationId, accountId: AccountId | 'everybody'): void;
}
