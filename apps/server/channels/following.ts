import { type FollowRequest, limits, ValidationError } from '@heliogram/protocol';
import type { DeviceCaller } from '../gateway/service.ts';
import type { Database } from '../storage/port.ts';
import {
  type ChannelAccess,
  findChannel,
  isOwner,
  isVisible,
  noSuchChannel,
  openChannel,
  requireStanding,
} from './access.ts';
import { deviceOf } from './callers.ts';
import { describeChannel } from './channel-view.ts';
import { headOf } from './heads.ts';
import { findInvite, type InviteFound, useInvite } from './invites.ts';
import { hasRequested, requestToJoin, withdrawRequest } from './join-requests.ts';
import { addFollower, removeMember } from './memberships.ts';
import type { ChannelHandlers, Room } from './room.ts';

export function followingHandlers(
  room: Room,
): Pick<ChannelHandlers, 'follow' | 'leave' | 'setMuted'> {
  return {
    follow: async ({ ref }, context) => {
      const caller = deviceOf(context);
      const target = await findTarget(room, caller, ref);
      const requested = await follow(room, caller, target);
      room.notices.accountChanged(caller.accountId);
      return { channel: await describeChannel(room, caller, target.conversation), requested };
    },
    leave: async ({ conversationId }, context) => {
      const caller = deviceOf(context);
      await leave(room, caller, conversationId);
      room.notices.accountChanged(caller.accountId);
      return {};
    },
    setMuted: async ({ conversationId, muted }, context) => {
      const caller = deviceOf(context);
      await setMuted(room, caller, { conversationId, muted });
      room.notices.accountChanged(caller.accountId);
      return {};
    },
  };
}

type Target = { readonly conversation: number; readonly token?: string };

async function findTarget(
  room: Room,
  caller: DeviceCaller,
  ref: FollowRequest['ref'],
): Promise<Target> {
  const { db } = room.storage;
  if (ref.case === 'inviteToken') {
    const { conversation } = await findInvite(db, ref.value);
    return { conversation, token: ref.value };
  }
  if (ref.case === undefined) throw new ValidationError('invalid_argument', 'channel is required');
  const access = await openChannel(db, caller, { conversationId: ref.value });
  return { conversation: access.conversation.id };
}

/** Whether an admin has to decide first. Following what one follows already changes nothing. */
async function follow(room: Room, caller: DeviceCaller, target: Target): Promise<boolean> {
  const fromSeq = await headOf(room.storage, target.conversation);
  return room.storage.transaction(async (database) => {
    const invite =
      target.token === undefined ? undefined : await findInvite(database, target.token);
    const access = await findChannel(database, caller, { row: target.conversation });
    if (!access || access.channel.owner === 0 || (!invite && !isVisible(access))) {
      throw noSuchChannel();
    }
    requireStanding(access);
    if (access.membership?.follows === 1 || isOwner(access)) return false;
    const entering = { room, database, access, account: caller.account };
    if (invite && (await mustWait(entering, invite))) return true;
    await requireFewFollowed(database, caller.account);
    await withdrawRequest(room, database, entering);
    return enter(entering, fromSeq);
  });
}

type Entering = {
  readonly room: Room;
  readonly database: Database;
  readonly access: ChannelAccess;
  readonly account: number;
};

/** Uses up one use of the invite; where it wants approval, leaves a request. */
async function mustWait(entering: Entering, invite: InviteFound): Promise<boolean> {
  const { room, database, access, account } = entering;
  // Whoever may read already needs nobody's leave, nor the invite.
  if (isVisible(access)) return false;
  const waiting = invite.approval !== 0 && (await hasRequested(database, access, account));
  if (waiting) return true;
  await useInvite(room, database, invite);
  if (invite.approval === 0) return false;
  await requestToJoin(room, database, { invite, account });
  return true;
}

async function enter({ room, database, access, account }: Entering, fromSeq: number) {
  await addFollower(database, {
    conversation: access.conversation.id,
    account,
    fromSeq,
    now: room.runtime.now(),
    intervalMs: room.subscriberCountIntervalMs,
  });
  return false;
}

async function leave(room: Room, caller: DeviceCaller, conversationId: string): Promise<void> {
  const left = await room.storage.transaction(async (database) => {
    const access = await findChannel(database, caller, { conversationId });
    if (!access) throw noSuchChannel();
    const { id: conversation } = access.conversation;
    const { account } = caller;
    if (isOwner(access)) {
      throw new ValidationError('conflict', 'the owner cannot leave: delete the channel instead');
    }
    const withdrew = await withdrawRequest(room, database, { access, account });
    if (!withdrew && !isVisible(access)) throw noSuchChannel();
    const { runtime, subscriberCountIntervalMs: intervalMs } = room;
    await removeMember(database, { conversation, account, now: runtime.now(), intervalMs });
    return access;
  });
  // What is listed may be read on.
  if (left.channel.unlisted !== 0) {
    room.notices.accessEnded(left.conversation.conversationId, caller.accountId);
  }
}

async function setMuted(
  room: Room,
  caller: DeviceCaller,
  { conversationId, muted }: { readonly conversationId: string; readonly muted: boolean },
): Promise<void> {
  const access = await openChannel(room.storage.db, caller, { conversationId });
  if (!access.membership) throw new ValidationError('conflict', 'follow the channel first');
  await room.storage.db
    .updateTable('memberships')
    .set({ muted: Number(muted) })
    .where('conversation', '=', access.conversation.id)
    .where('account', '=', caller.account)
    .execute();
}

async function requireFewFollowed(database: Database, account: number): Promise<void> {
  const { followed } = await database
    .selectFrom('memberships')
    .select((row) => row.fn.countAll<number>().as('followed'))
    .where('account', '=', account)
    .where('follows', '=', 1)
    .executeTakeFirstOrThrow();
  if (followed >= limits.maxFollowedChannels) {
    throw new ValidationError(
      'limit_reached',
      `an account can follow at most ${limits.maxFollowedChannels} channels`,
    );
  }
}
