import { limits, ValidationError } from '@heliogram/protocol';
import type { Caller } from '../gateway/service.ts';
import type { Database } from '../storage/port.ts';
import { type ChannelAccess, openChannel, requireRight } from './access.ts';
import { findAccount } from './account-ids.ts';
import { deviceOf } from './callers.ts';
import { headOf } from './heads.ts';
import { giveBackUse, type InviteFound } from './invites.ts';
import { addFollower } from './memberships.ts';
import type { ChannelHandlers, Room } from './room.ts';

/** Requests of one answer, the oldest first. */
const PAGE = 200;

export function joinRequestHandlers(
  room: Room,
): Pick<ChannelHandlers, 'listJoinRequests' | 'decideJoinRequest'> {
  return {
    listJoinRequests: async (request, context) => {
      const { id } = await inviting(room.storage.db, deviceOf(context), request);
      return requestersAfter(room, id, positionIn(request.after));
    },
    decideJoinRequest: async (request, context) => {
      const caller = deviceOf(context);
      const { id: conversation } = await inviting(room.storage.db, caller, request);
      const fromSeq = await headOf(room.storage, conversation);
      const requester = await room.storage.transaction(async (database) => {
        await inviting(database, caller, request);
        return decide(room, database, { ...request, conversation, fromSeq });
      });
      room.notices.accountChanged(requester);
      return {};
    },
  };
}

/** Names the account to those who may decide, until they do. */
export async function requestToJoin(
  room: Room,
  database: Database,
  { invite, account }: { readonly invite: InviteFound; readonly account: number },
): Promise<void> {
  const { conversation, invite_id } = invite;
  const { open } = await database
    .selectFrom('join_requests')
    .select((row) => row.fn.countAll<number>().as('open'))
    .where('conversation', '=', conversation)
    .executeTakeFirstOrThrow();
  if (open >= limits.maxJoinRequestsPerChannel) {
    throw new ValidationError(
      'limit_reached',
      'this channel has too many join requests: try again later',
    );
  }
  const requested_at = room.runtime.now();
  await database
    .insertInto('join_requests')
    .values({ conversation, account, invite_id, requested_at })
    .execute();
}

/** Takes a request back, and with it the use of its invite. False when there was none. */
export async function withdrawRequest(
  room: Room,
  database: Database,
  { access, account }: { readonly access: ChannelAccess; readonly account: number },
): Promise<boolean> {
  const taken = await takeRequest(database, access.conversation.id, account);
  if (taken) await giveBackUse(room, database, taken.invite_id);
  return taken !== undefined;
}

export async function hasRequested(
  database: Database,
  access: ChannelAccess,
  account: number,
): Promise<boolean> {
  const request = await database
    .selectFrom('join_requests')
    .select('account')
    .where('conversation', '=', access.conversation.id)
    .where('account', '=', account)
    .executeTakeFirst();
  return request !== undefined;
}

async function inviting(
  database: Database,
  caller: Caller,
  request: { readonly conversationId: string },
) {
  const access = await openChannel(database, caller, request);
  requireRight(access, 'invite');
  return access.conversation;
}

/** The last request of a page: what was decided meanwhile moves nothing. */
type Position = { readonly requestedAt: number; readonly accountId: string };

const START: Position = { requestedAt: -1, accountId: '' };

function positionIn(cursor: string): Position {
  if (cursor === '') return START;
  const [, at = '', accountId = ''] = /^(\d{1,15})-([0-9a-f]{64})$/.exec(cursor) ?? [];
  if (accountId !== '') return { requestedAt: Number(at), accountId };
  throw new ValidationError('invalid_argument', 'after must be the cursor of an earlier answer');
}

async function requestersAfter(room: Room, conversation: number, after: Position) {
  const { requestedAt, accountId } = after;
  const rows = await room.storage.db
    .selectFrom('join_requests')
    .innerJoin('accounts', 'accounts.id', 'join_requests.account')
    .select(['join_requests.account', 'join_requests.requested_at', 'accounts.account_id'])
    .where('join_requests.conversation', '=', conversation)
    .where(({ eb, and, or }) =>
      or([
        eb('requested_at', '>', requestedAt),
        and([eb('requested_at', '=', requestedAt), eb('account_id', '>', accountId)]),
      ]),
    )
    .orderBy('requested_at')
    .orderBy('account_id')
    .limit(PAGE + 1)
    .execute();
  const page = rows.slice(0, PAGE);
  const last = page.at(-1);
  const profiles = await room.profiles.profiles(page.map(({ account }) => account));
  return {
    accounts: page.flatMap(({ account }) => profiles.get(account) ?? []),
    more: rows.length > PAGE,
    cursor: last ? `${last.requested_at}-${last.account_id}` : '',
  };
}

type Decision = {
  readonly conversation: number;
  readonly accountId: string;
  readonly accept: boolean;
  readonly fromSeq: number;
};

/** The request goes either way and nothing tells how it was decided. Answers whose it was. */
async function decide(room: Room, database: Database, decision: Decision) {
  const { conversation, accept, fromSeq } = decision;
  const requester = await findAccount(database, decision.accountId);
  const taken = requester && (await takeRequest(database, conversation, requester.id));
  if (!taken) throw new ValidationError('not_found', 'join request not found');
  if (accept) {
    const { runtime, subscriberCountIntervalMs: intervalMs } = room;
    const change = { conversation, account: requester.id, now: runtime.now(), intervalMs };
    await addFollower(database, { ...change, fromSeq });
  } else {
    await giveBackUse(room, database, taken.invite_id);
  }
  return requester.accountId;
}

async function takeRequest(database: Database, conversation: number, account: number) {
  const request = await database
    .selectFrom('join_requests')
    .select('invite_id')
    .where('conversation', '=', conversation)
    .where('account', '=', account)
    .executeTakeFirst();
  if (!request) return undefined;
  await database
    .deleteFrom('join_requests')
    .where('conversation', '=', conversation)
    .where('account', '=', account)
    .execute();
  return request;
}
