import type { MessageInitShape } from '@bufbuild/protobuf';
import {
  type AdminRights,
  conversationId,
  limits,
  type ProfileSchema,
  ValidationError,
} from '@heliogram/protocol';
import type { DeviceCaller } from '../gateway/service.ts';
import type { Database } from '../storage/port.ts';
import { openChannel, requireOwner, requireStanding } from './access.ts';
import { type AccountFound, findAccount } from './account-ids.ts';
import { deviceOf } from './callers.ts';
import { NO_RIGHTS, ROLE, rightsFromBits, rightsToBits } from './rights.ts';
import type { ChannelHandlers, Room } from './room.ts';

/**
 * Only admins know who the admins are. Nothing here tells whether somebody follows: making an admin
 * of a follower and of a stranger answer, and fail, alike (CHN-22).
 */
export function adminHandlers(
  room: Room,
): Pick<ChannelHandlers, 'listAdmins' | 'setAdmin' | 'removeAdmin'> {
  return {
    listAdmins: async (request, context) => {
      const access = await openChannel(room.storage.db, deviceOf(context), request);
      if ((access.membership?.role ?? ROLE.subscriber) === ROLE.subscriber) requireOwner(access);
      return { admins: await listAdmins(room, access.conversation.id) };
    },
    setAdmin: async (request, context) => {
      const change = { ...request, caller: deviceOf(context) };
      const account = await changeAdmin(room, change, (database, target) =>
        setAdmin(room, database, { ...target, rights: request.rights }),
      );
      room.notices.accountChanged(account.accountId);
      return {};
    },
    removeAdmin: async (request, context) => {
      const change = { ...request, caller: deviceOf(context) };
      const account = await changeAdmin(room, change, removeAdmin);
      // Whoever still follows comes back by subscribing again.
      room.notices.accessEnded(conversationId(request.conversationId), account.accountId);
      room.notices.accountChanged(account.accountId);
      return {};
    },
  };
}

type Target = { readonly conversation: number; readonly account: number };

async function changeAdmin(
  room: Room,
  request: {
    readonly caller: DeviceCaller;
    readonly conversationId: string;
    readonly accountId: string;
  },
  apply: (database: Database, target: Target) => Promise<void>,
): Promise<AccountFound> {
  return room.storage.transaction(async (database) => {
    const access = await openChannel(database, request.caller, request);
    requireOwner(access);
    requireStanding(access);
    const account = await findAccount(database, request.accountId);
    if (!account) throw new ValidationError('not_found', 'account not found');
    if (account.id === access.channel.owner) {
      throw new ValidationError('conflict', 'the owner already has all rights');
    }
    await apply(database, { conversation: access.conversation.id, account: account.id });
    return account;
  });
}

async function setAdmin(
  room: Room,
  database: Database,
  target: Target & { readonly rights: AdminRights | undefined },
): Promise<void> {
  const { conversation, account, rights } = target;
  await requireFewAdmins(database, target);
  const granted = { role: ROLE.admin, rights: rights ? rightsToBits(rights) : NO_RIGHTS };
  await database
    .insertInto('memberships')
    .values({
      conversation,
      account,
      ...granted,
      follows: 0,
      muted: 0,
      from_seq: 0,
      joined_at: room.runtime.now(),
    })
    .onConflict((conflict) => conflict.columns(['conversation', 'account']).doUpdateSet(granted))
    .execute();
}

/** Whoever follows goes on following; nobody else can tell. */
async function removeAdmin(database: Database, { conversation, account }: Target): Promise<void> {
  const admin = database
    .updateTable('memberships')
    .set({ role: ROLE.subscriber, rights: NO_RIGHTS })
    .where('conversation', '=', conversation)
    .where('account', '=', account)
    .where('role', '=', ROLE.admin);
  const { numUpdatedRows } = await admin.executeTakeFirst();
  if (numUpdatedRows === 0n) throw new ValidationError('not_found', 'this account is not an admin');
  await database
    .deleteFrom('memberships')
    .where('conversation', '=', conversation)
    .where('account', '=', account)
    .where('follows', '=', 0)
    .execute();
}

async function requireFewAdmins(
  database: Database,
  { conversation, account }: Target,
): Promise<void> {
  const { others } = await database
    .selectFrom('memberships')
    .select((row) => row.fn.countAll<number>().as('others'))
    .where('conversation', '=', conversation)
    .where('role', '=', ROLE.admin)
    .where('account', '!=', account)
    .executeTakeFirstOrThrow();
  if (others >= limits.maxAdmins) {
    throw new ValidationError(
      'limit_reached',
      `a channel can have at most ${limits.maxAdmins} admins`,
    );
  }
}

async function listAdmins({ storage, profiles }: Room, conversation: number) {
  const rows = await storage.db
    .selectFrom('memberships')
    .select(['account', 'role', 'rights'])
    .where('conversation', '=', conversation)
    .where('role', 'in', [ROLE.admin, ROLE.owner])
    .execute();
  const known = await profiles.profiles(rows.map(({ account }) => account));
  const admins = rows.flatMap(({ account, role, rights }) => {
    const profile = known.get(account);
    return profile ? [{ profile, rights: rightsFromBits(rights), owner: role === ROLE.owner }] : [];
  });
  return admins.sort(byOwnerThenId);
}

/** Never by the time of joining: that would tell who followed before. */
function byOwnerThenId(a: AdminInit, b: AdminInit): number {
  if (a.owner !== b.owner) return a.owner ? -1 : 1;
  return (a.profile.accountId ?? '') < (b.profile.accountId ?? '') ? -1 : 1;
}

type AdminInit = {
  readonly owner: boolean;
  readonly profile: MessageInitShape<typeof ProfileSchema>;
};
