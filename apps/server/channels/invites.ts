import type { MessageInitShape } from '@bufbuild/protobuf';
import { type Timestamp, timestampFromMs, timestampMs } from '@bufbuild/protobuf/wkt';
import { avatarHue } from '@heliogram/content';
import { type InviteSchema, limits, ValidationError, VerificationError } from '@heliogram/protocol';
import { randomHex } from '../runtime.ts';
import type { Database } from '../storage/port.ts';
import type { ChannelInviteRow } from '../storage/schema.ts';
import { findChannel, isReadable, openChannel, requireRight, requireStanding } from './access.ts';
import { deviceOf } from './callers.ts';
import { changeUses, shownUses } from './invite-uses.ts';
import type { ChannelHandlers, Room } from './room.ts';

export function inviteHandlers(
  room: Room,
): Pick<ChannelHandlers, 'createInvite' | 'listInvites' | 'revokeInvite' | 'previewInvite'> {
  const { db } = room.storage;
  return {
    createInvite: async (request, context) => {
      const caller = deviceOf(context);
      const expiresAt = futureMs(room, request.expiresAt);
      const invite = await room.storage.transaction(async (database) => {
        const access = await openChannel(database, caller, request);
        requireRight(access, 'invite');
        const { id: conversation } = access.conversation;
        await requireFewInvites(room, database, conversation);
        const terms = { expiresAt, useLimit: request.useLimit, approval: request.approval };
        return insertInvite(room, database, { conversation, account: caller.account, ...terms });
      });
      return { invite: inviteView(room, invite) };
    },
    listInvites: async (request, context) => {
      const access = await openChannel(db, deviceOf(context), request);
      requireRight(access, 'invite');
      const rows = await db
        .selectFrom('channel_invites')
        .selectAll()
        .where('conversation', '=', access.conversation.id)
        .orderBy('created_at', 'desc')
        .orderBy('invite_id')
        .execute();
      return { invites: rows.map((row) => inviteView(room, row)) };
    },
    revokeInvite: async (request, context) => {
      const access = await openChannel(db, deviceOf(context), request);
      requireRight(access, 'invite');
      const { numDeletedRows } = await db
        .deleteFrom('channel_invites')
        .where('invite_id', '=', request.inviteId)
        .where('conversation', '=', access.conversation.id)
        .executeTakeFirst();
      if (numDeletedRows === 0n) throw new ValidationError('not_found', 'invite link not found');
      return {};
    },
    previewInvite: async ({ inviteToken }, { caller }) => {
      const invite = await findInvite(db, inviteToken);
      const access = await findChannel(db, caller, { row: invite.conversation });
      if (!access || access.channel.owner === 0) throw inviteInvalid();
      requireStanding(access);
      if (!isReadable(access)) requireUsable(room, invite);
      const { channel, conversation, membership } = access;
      return {
        title: channel.title,
        description: channel.description,
        avatarMediaId: channel.avatar_media_id,
        subscribers: channel.subscribers_shown,
        approval: invite.approval !== 0 && !isReadable(access),
        avatarHue: avatarHue(conversation.conversationId),
        conversationId: membership ? conversation.conversationId : '',
      };
    },
  };
}

/** A row as found by its token; whether it may still be used is another question. */
export type InviteFound = ChannelInviteRow;

/** Throws `invite_invalid`, whatever is wrong with the token. */
export async function findInvite(database: Database, token: string): Promise<InviteFound> {
  const invite = await database
    .selectFrom('channel_invites')
    .selectAll()
    .where('token', '=', token)
    .executeTakeFirst();
  if (!invite) throw inviteInvalid();
  return invite;
}

/** Takes one use. Within the transaction of whoever comes: the limit is exact. */
export async function useInvite(
  room: Room,
  database: Database,
  invite: InviteFound,
): Promise<void> {
  requireUsable(room, invite);
  await changeUses(database, { inviteId: invite.invite_id, by: 1, ...gridOf(room) });
}

/** Gives a use back; an invite that is gone stays gone. */
export async function giveBackUse(room: Room, database: Database, inviteId: string): Promise<void> {
  await changeUses(database, { inviteId, by: -1, ...gridOf(room) });
}

/** Inserts an invite with a token of 160 random bits. */
export async function insertInvite(
  room: Room,
  database: Database,
  invite: {
    readonly conversation: number;
    readonly account: number;
    readonly expiresAt?: number | null;
    readonly useLimit?: number;
    readonly approval?: boolean;
  },
): Promise<ChannelInviteRow> {
  const row = {
    invite_id: randomHex(room.runtime, 16),
    conversation: invite.conversation,
    token: Buffer.from(room.runtime.randomBytes(20)).toString('base64url'),
    created_by: invite.account,
    created_at: room.runtime.now(),
    expires_at: invite.expiresAt ?? null,
    use_limit: invite.useLimit ?? 0,
    uses: 0,
    uses_before: 0,
    uses_changed_at: 0,
    approval: Number(invite.approval ?? false),
  };
  await database.insertInto('channel_invites').values(row).execute();
  return row;
}

/** Throws `invite_invalid` once it has expired or is used up. */
function requireUsable({ runtime }: Room, invite: InviteFound): void {
  const expired = invite.expires_at !== null && invite.expires_at <= runtime.settledNow();
  const usedUp = invite.use_limit > 0 && invite.uses >= invite.use_limit;
  if (expired || usedUp) throw inviteInvalid();
}

function inviteInvalid(): VerificationError {
  return new VerificationError(
    'invite_invalid',
    'this invite link is unknown, used up, expired or revoked',
  );
}

function gridOf({ runtime, subscriberCountIntervalMs: intervalMs }: Room) {
  return { now: runtime.now(), intervalMs };
}

/** Expired ones make room first. */
async function requireFewInvites(
  room: Room,
  database: Database,
  conversation: number,
): Promise<void> {
  await database
    .deleteFrom('channel_invites')
    .where('conversation', '=', conversation)
    .where('expires_at', '<=', room.runtime.settledNow())
    .execute();
  const { open } = await database
    .selectFrom('channel_invites')
    .select((row) => row.fn.countAll<number>().as('open'))
    .where('conversation', '=', conversation)
    .executeTakeFirstOrThrow();
  if (open >= limits.maxInvitesPerChannel) {
    throw new ValidationError(
      'limit_reached',
      `a channel can have at most ${limits.maxInvitesPerChannel} invite links`,
    );
  }
}

function inviteView(room: Room, row: ChannelInviteRow): MessageInitShape<typeof InviteSchema> {
  return {
    inviteId: row.invite_id,
    token: row.token,
    createdAt: timestampFromMs(row.created_at),
    ...(row.expires_at === null ? {} : { expiresAt: timestampFromMs(row.expires_at) }),
    useLimit: row.use_limit,
    uses: shownUses(row, gridOf(room)),
    approval: row.approval !== 0,
  };
}

function futureMs({ runtime }: Room, at: Timestamp | undefined): number | null {
  if (at === undefined) return null;
  const ms = timestampMs(at);
  if (ms > runtime.now() && ms <= LAST_INSTANT_MS) return ms;
  throw new ValidationError(
    'invalid_argument',
    'the expiry of an invite link must be in the future',
  );
}

/** End of the year 9999: what a protobuf timestamp may say. */
const LAST_INSTANT_MS = 253_402_300_799_999;
