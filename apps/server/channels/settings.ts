import type { UpdateChannelRequest } from '@heliogram/protocol';
import { claimUsername, releaseUsername } from '../accounts/index.ts';
import type { DeviceCaller } from '../gateway/service.ts';
import type { Database } from '../storage/port.ts';
import { type ChannelAccess, openChannel, requireRight } from './access.ts';
import { deviceOf } from './callers.ts';
import { describeChannel } from './channel-view.ts';
import { requireConsistent, settingColumns } from './creating.ts';
import { appendNote } from './notes.ts';
import type { ChannelHandlers, Room } from './room.ts';
import { channelDescription, channelTitle } from './texts.ts';

export function settingsHandlers(room: Room): Pick<ChannelHandlers, 'updateChannel'> {
  return {
    updateChannel: async (request, context) => {
      const change = { request, caller: deviceOf(context) };
      await claimAvatar(room, change);
      const before = await room.storage.transaction((database) => update(room, database, change));
      await settleAvatar(room, before, request.avatarMediaId);
      await announce(room, before);
      return { channel: await describeChannel(room, change.caller, before.conversation.id) };
    },
  };
}

type Change = { readonly request: UpdateChannelRequest; readonly caller: DeviceCaller };

/** Answers the channel as it stood before. */
async function update(room: Room, database: Database, change: Change): Promise<ChannelAccess> {
  const { request, caller } = change;
  const before = await openChannel(database, caller, request);
  requireRight(before, 'manage');
  const { channel } = before;
  const settings = request.settings ? settingColumns(request.settings) : {};
  const unlisted = request.settings ? request.settings.unlisted : channel.unlisted === 1;
  requireConsistent(request.username ?? channel.username, unlisted);
  const username = await changeUsername(room, database, { before, wanted: request.username });
  await database
    .updateTable('channels')
    .set({
      ...settings,
      username,
      title: request.title === undefined ? channel.title : channelTitle(request.title),
      description:
        request.description === undefined
          ? channel.description
          : channelDescription(request.description),
      avatar_media_id: request.avatarMediaId ?? channel.avatar_media_id,
    })
    .where('conversation', '=', channel.conversation)
    .execute();
  return before;
}

/**
 * Names are claimed and released in the owner's name: whichever admin released one, the owner can
 * take it back during quarantine.
 */
async function changeUsername(
  room: Room,
  database: Database,
  { before, wanted }: { readonly before: ChannelAccess; readonly wanted: string | undefined },
): Promise<string | null> {
  const { conversation, owner, username: held } = before.channel;
  if (wanted === undefined) return held;
  const acting = { by: owner, now: room.runtime.settledNow() };
  const claimed = wanted
    ? await claimUsername(database, { username: wanted, holder: { conversation }, ...acting })
    : null;
  if (held !== null && held !== claimed) {
    await releaseUsername(database, { username: held, ...acting });
  }
  return claimed;
}

/** Before the transaction: the media room writes to the same storage. */
async function claimAvatar(room: Room, { request, caller }: Change): Promise<void> {
  if (!request.avatarMediaId) return;
  requireRight(await openChannel(room.storage.db, caller, request), 'manage');
  await room.media.claimAvatar({ account: caller.account, mediaId: request.avatarMediaId });
}

async function settleAvatar(
  room: Room,
  { channel }: ChannelAccess,
  mediaId: string | undefined,
): Promise<void> {
  if (mediaId === undefined || mediaId === channel.avatar_media_id) return;
  const use = { conversation: channel.conversation, seq: 0 };
  await room.media.detach(use);
  if (mediaId !== '') await room.media.attach({ ...use, mediaIds: [mediaId] });
}

async function announce(room: Room, { channel, conversation }: ChannelAccess): Promise<void> {
  const { title, unlisted } = await room.storage.db
    .selectFrom('channels')
    .select(['title', 'unlisted'])
    .where('conversation', '=', conversation.id)
    .executeTakeFirstOrThrow();
  if (title !== channel.title) {
    await appendNote(room, conversation, { case: 'renamedTo', value: title });
  }
  // Whoever is in comes back by subscribing again; whoever is not must not stay.
  if (unlisted !== channel.unlisted && unlisted === 1) {
    room.notices.accessEnded(conversation.conversationId, 'everybody');
  }
  room.search.feed.channelChanged(conversation);
  room.notices.conversationChanged(conversation.conversationId);
}
