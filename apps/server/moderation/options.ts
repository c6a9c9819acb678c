import type { ConversationId } from '@heliogram/protocol';
import type { Standings } from '../accounts/index.ts';
import type { Conversation } from '../conversations/policy.ts';
import type { Sessions } from '../gateway/sessions.ts';
import type { Runtime } from '../runtime.ts';
import type { Storage } from '../storage/port.ts';

export type ModerationOptions = {
  readonly storage: Storage;
  readonly runtime: Runtime;
  readonly sessions: Sessions;
  readonly standings: Standings;
  readonly channels: ChannelTakeDowns;
};

/** What moderation asks of the room of channels. */
export interface ChannelTakeDowns {
  /**
   * Withholds the whole channel with the reason, or gives it back with null, and lets live readers and
   * search know. False when there is no such channel.
   */
  takeDownChannel(conversationId: ConversationId, reason: string | null): Promise<boolean>;
  /** A post was withheld or given back in the log: search and live readers must know. */
  postChanged(conversation: Conversation, seq: number): void;
}
