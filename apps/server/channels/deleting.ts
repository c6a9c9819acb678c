import { releaseUsername } from '../accounts/index.ts';
import type { Conversation } from '../conversations/policy.ts';
import type { Database } from '../storage/port.ts';
import type { ChannelRow } from '../storage/schema.ts';
import { openChannel, requireOwner } from './access.ts';
import { deviceOf } from './callers.ts';
import type { ChannelHandlers, Room } from './room.ts';

export function deletingHandlers(room: Room): Pick<ChannelHandlers, 'deleteChannel'> {
  return {
    deleteChannel: async (request, context) => {
      const caller = deviceOf(context);
      const access = await openChannel(room.storage.db, caller, request);
      requireOwner(access);
      await deleteChannel(room, access);
      room.notices.accountChanged(caller.accountId);
      return {};
    },
  };
}

/**
 * Deletes in three steps, each of which may be the last before a crash: from the first on nobody sees
 * the channel, and `finishDeletions` does what is left.
 */
export async function deleteChannel(
  room: Room,
  target: { readonly conversation: Conversation; readonly channel: ChannelRow },
): Promise<void> {
  const { conversation, channel } = target;
  await room.storage.transaction((database) => hide(room, database, channel));
  room.notices.conversationChanged(conversation.conversationId);
  await finish(room, conversation);
}

/** Completes deletions that a crash cut off. */
export async function finishDeletions(room: Room): Promise<void> {
  const cut = await room.storage.db
    .selectFrom('channels')
    .select('conversation')
    .where('owner', '=', NOBODY)
    .execute();
  for (const row of cut) {
    const conversation = await room.log.byRow(row.conversation);
    if (conversation) await finish(room, conversation);
  }
}

/** Owner of a channel that is being deleted. */
const NOBODY = 0;

async function hide(room: Room, database: Database, channel: ChannelRow): Promise<void> {
  const { conversation, owner, username } = channel;
  if (username !== null) {
    await releaseUsername(database, { username, by: owner, now: room.runtime.settledNow() });
  }
  await database
    .updateTable('channels')
    .set({ owner: NOBODY, unlisted: 1, username: null, title: '', description: '' })
    .where('conversation', '=', conversation)
    .execute();
  for (const table of OWN_TABLES) {
    await database.deleteFrom(table).where('conversation', '=', conversation).execute();
  }
}

async function finish(room: Room, conversation: Conversation): Promise<void> {
  await room.media.detachAll(conversation.id);
  await room.log.erase(conversation);
  room.search.feed.channelRemoved(conversation);
  await room.storage.transaction(async (database) => {
    // Again: what was on its way when the channel was hidden may have written since.
    for (const table of OWN_TABLES) {
      await database.deleteFrom(table).where('conversation', '=', conversation.id).execute();
    }
    await database.deleteFrom('channels').where('conversation', '=', conversation.id).execute();
    await database.deleteFrom('conversations').where('id', '=', conversation.id).execute();
  });
}

/** Every table with rows of one channel, but its own and its log's. */
const OWN_TABLES = [
  'memberships',
  'read_marks',
  'view_deltas',
  'view_blocks',
  'reactions',
  'reaction_counts',
  'pins',
  'channel_invites',
  'join_requests',
  'scheduled_posts',
  'channel_days',
] as const;
