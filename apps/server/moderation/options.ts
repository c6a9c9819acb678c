import type { Standings } from '../accounts/index.ts';
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

export type TakeDownTarget = {
  /** Conversation id. */
  readonly channel: string;
  /** 0: the whole channel. */
  readonly seq: number;
};

/**
 * What moderation asks of the room of channels: withhold or give back, and let live readers and search
 * know. Done again it is no change. Throws `not_found`.
 */
export interface ChannelTakeDowns {
  takeDown(target: TakeDownTarget & { readonly reason: string }): Promise<void>;
  restore(target: TakeDownTarget): Promise<void>;
}
