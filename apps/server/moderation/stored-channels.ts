import { ValidationError } from '@heliogram/protocol';
import type { Storage } from '../storage/port.ts';
import type { ChannelTakeDowns, TakeDownTarget } from './options.ts';
import { channelNamed } from './subjects.ts';

/**
 * Take-downs on the storage alone, while no server runs (MOD-11): nobody is connected, and a search holds
 * every hit against the stored rows again, so nothing else is told.
 */
export function storedChannels(storage: Storage): ChannelTakeDowns {
  const decide = async ({ channel, seq }: TakeDownTarget, reason: string | null) => {
    const { id } = await channelNamed(storage.db, channel);
    const done =
      seq === 0
        ? await setChannel(storage, id, reason)
        : await storage.log.setTakenDown(id, seq, reason);
    if (!done) throw new ValidationError('not_found', 'channel or post not found');
  };
  return {
    takeDown: ({ reason, ...target }) => decide(target, reason),
    restore: (target) => decide(target, null),
  };
}

async function setChannel(
  storage: Storage,
  conversation: number,
  reason: string | null,
): Promise<boolean> {
  const result = await storage.db
    .updateTable('channels')
    .set({ taken_down_reason: reason })
    .where('conversation', '=', conversation)
    .executeTakeFirst();
  return result.numUpdatedRows === 1n;
}
