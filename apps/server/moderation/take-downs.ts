import { ValidationError } from '@heliogram/protocol';
import type { Conversation } from '../conversations/policy.ts';
import { type ActionName, record } from './actions.ts';
import type { ModerationOptions } from './options.ts';
import { channelNamed } from './subjects.ts';

export type TakeDownParts = Pick<ModerationOptions, 'storage' | 'runtime' | 'channels'>;

export type TakeDownTarget = {
  /** Conversation id or @username. */
  readonly channel: string;
  /** 0: the whole channel. */
  readonly seq: number;
};

/**
 * Withholds a channel or one post with the reason, or gives it back with null (MOD-6, MOD-7). Done
 * again it is no change but is written down again. Throws `not_found`.
 */
export async function setTakenDown(
  parts: TakeDownParts,
  { channel, seq }: TakeDownTarget,
  reason: string | null,
): Promise<void> {
  const { storage, runtime } = parts;
  const conversation = await channelNamed(storage.db, channel);
  const done =
    seq === 0
      ? await parts.channels.takeDownChannel(conversation.conversationId, reason)
      : await takeDownPost(parts, { conversation, seq, reason });
  if (!done) throw new ValidationError('not_found', 'there is no such channel or post');
  const deed = { at: runtime.now(), seq, reason: reason ?? '' };
  const action = nameOf(seq, reason);
  await record(storage.db, [{ ...deed, action, subject: conversation.conversationId }]);
}

async function takeDownPost(
  { storage, channels }: TakeDownParts,
  post: {
    readonly conversation: Conversation;
    readonly seq: number;
    readonly reason: string | null;
  },
): Promise<boolean> {
  const { conversation, seq, reason } = post;
  if (!(await storage.log.setTakenDown(conversation.id, seq, reason))) return false;
  channels.postChanged(conversation, seq);
  return true;
}

function nameOf(seq: number, reason: string | null): ActionName {
  if (seq === 0) return reason === null ? 'restore-channel' : 'take-down-channel';
  return reason === null ? 'restore-post' : 'take-down-post';
}
