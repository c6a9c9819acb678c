import { type ActionName, record } from './actions.ts';
import type { ModerationOptions } from './options.ts';
import { channelNamed } from './subjects.ts';

export type TakeDownParts = Pick<ModerationOptions, 'storage' | 'runtime' | 'channels'>;

/**
 * Withholds a channel (`seq` 0) or one post with the reason, or gives it back with null (MOD-6,
 * MOD-7). `channel` is a conversation id or a @username. Throws `not_found`.
 */
export async function setTakenDown(
  { storage, runtime, channels }: TakeDownParts,
  named: { readonly channel: string; readonly seq: number },
  reason: string | null,
): Promise<void> {
  const { conversationId } = await channelNamed(storage.db, named.channel);
  const target = { channel: conversationId, seq: named.seq };
  if (reason === null) await channels.restore(target);
  else await channels.takeDown({ ...target, reason });
  const deed = { at: runtime.now(), seq: target.seq, reason: reason ?? '' };
  const action = nameOf(target.seq, reason);
  await record(storage.db, [{ ...deed, action, subject: conversationId }]);
}

function nameOf(seq: number, reason: string | null): ActionName {
  if (seq === 0) return reason === null ? 'restore-channel' : 'take-down-channel';
  return reason === null ? 'restore-post' : 'take-down-post';
}
