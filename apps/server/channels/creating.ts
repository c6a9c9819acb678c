import {
  type ChannelSettings,
  ConversationKind,
  type CreateChannelRequest,
  limits,
  ValidationError,
} from '@heliogram/protocol';
import { claimUsername } from '../accounts/index.ts';
import type { DeviceCaller } from '../gateway/service.ts';
import { randomHex } from '../runtime.ts';
import type { Database } from '../storage/port.ts';
import { deviceOf } from './callers.ts';
import { describeChannel } from './channel-view.ts';
import { insertInvite } from './invites.ts';
import { ALL_RIGHTS, ROLE } from './rights.ts';
import type { ChannelHandlers, Room } from './room.ts';
import { channelDescription, channelTitle } from './texts.ts';

export function creatingHandlers(room: Room): Pick<ChannelHandlers, 'createChannel'> {
  return {
    createChannel: async (request, context) => {
      const caller = deviceOf(context);
      requireConsistent(request.username, request.settings?.unlisted ?? false);
      const { conversation, inviteToken } = await room.storage.transaction((database) =>
        createChannel(room, database, { request, caller }),
      );
      const found = await room.log.byRow(conversation);
      if (found) room.search.feed.channelChanged(found);
      room.notices.accountChanged(caller.accountId);
      return { channel: await describeChannel(room, caller, conversation), inviteToken };
    },
  };
}

/** Throws `invalid_argument`: what has a username is found by anyone who guesses it. */
export function requireConsistent(username: string | null, unlisted: boolean): void {
  if (unlisted && username) {
    throw new ValidationError('invalid_argument', 'an invite-only channel cannot have a username');
  }
}

/** Settings as columns; what is not said is off. */
export function settingColumns(settings: ChannelSettings | undefined) {
  return {
    unlisted: Number(settings?.unlisted ?? false),
    forbid_forwarding: Number(settings?.forbidForwarding ?? false),
    sign_posts: Number(settings?.signPosts ?? false),
    no_index: Number(settings?.noIndex ?? false),
    forbid_reactions: Number(settings?.forbidReactions ?? false),
  };
}

type Creation = { readonly request: CreateChannelRequest; readonly caller: DeviceCaller };

async function createChannel(room: Room, database: Database, { request, caller }: Creation) {
  const title = channelTitle(request.title);
  const description = channelDescription(request.description);
  const settings = settingColumns(request.settings);
  const now = room.runtime.settledNow();
  await requireFewOwned(database, caller.account);
  const conversation = await insertConversation(room, database);
  const username = request.username
    ? await claimUsername(database, {
        username: request.username,
        holder: { conversation },
        by: caller.account,
        now,
      })
    : null;
  const row = { conversation, owner: caller.account, title, username, description };
  await insertChannel(database, { ...row, ...settings });
  await insertOwner(database, { conversation, account: caller.account, now });
  const inviteToken = settings.unlisted
    ? (await insertInvite(room, database, { conversation, account: caller.account })).token
    : '';
  return { conversation, inviteToken };
}

async function requireFewOwned(database: Database, account: number): Promise<void> {
  const { owned } = await database
    .selectFrom('channels')
    .select((row) => row.fn.countAll<number>().as('owned'))
    .where('owner', '=', account)
    .executeTakeFirstOrThrow();
  if (owned >= limits.maxOwnedChannels) {
    throw new ValidationError(
      'limit_reached',
      `an account can own at most ${limits.maxOwnedChannels} channels`,
    );
  }
}

async function insertConversation(room: Room, database: Database): Promise<number> {
  const { id } = await database
    .insertInto('conversations')
    .values({
      conversation_id: randomHex(room.runtime, 16),
      kind: ConversationKind.CHANNEL,
      created_at: room.runtime.now(),
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
}

async function insertChannel(
  database: Database,
  row: ReturnType<typeof settingColumns> & {
    readonly conversation: number;
    readonly owner: number;
    readonly title: string;
    readonly username: string | null;
    readonly description: string;
  },
): Promise<void> {
  await database
    .insertInto('channels')
    .values({
      ...row,
      avatar_media_id: '',
      subscribers: 0,
      subscribers_shown: 0,
      taken_down_reason: null,
    })
    .execute();
}

async function insertOwner(
  database: Database,
  owner: { readonly conversation: number; readonly account: number; readonly now: number },
): Promise<void> {
  await database
    .insertInto('memberships')
    .values({
      conversation: owner.conversation,
      account: owner.account,
      role: ROLE.owner,
      rights: ALL_RIGHTS,
      follows: 0,
      muted: 0,
      from_seq: 0,
      joined_at: owner.now,
    })
    .execute();
}
