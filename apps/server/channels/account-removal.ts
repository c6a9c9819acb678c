import type { Database } from '../storage/port.ts';
import { findChannel } from './access.ts';
import { deleteChannel } from './deleting.ts';
import { giveBackUse } from './invites.ts';
import { removeMember } from './memberships.ts';
import { eraseReactionsOf } from './reactions.ts';
import type { Room } from './room.ts';

/** Memberships ended in one transaction. */
const BATCH = 200;

/** Deletes what the account owned and every tie of it to other channels; their counts follow. */
export async function eraseAccount(room: Room, account: number): Promise<void> {
  await deleteOwned(room, account);
  while ((await leaveSome(room, account)) === BATCH);
  await room.storage.transaction((database) => eraseTies(room, database, account));
}

async function deleteOwned(room: Room, account: number): Promise<void> {
  const owned = await room.storage.db
    .selectFrom('channels')
    .select('conversation')
    .where('owner', '=', account)
    .execute();
  for (const { conversation: row } of owned) {
    const access = await findChannel(room.storage.db, { kind: 'operator' }, { row });
    if (access) await deleteChannel(room, access);
  }
}

async function leaveSome(room: Room, account: number): Promise<number> {
  const { runtime, storage, subscriberCountIntervalMs: intervalMs } = room;
  return storage.transaction(async (database) => {
    const memberships = await database
      .selectFrom('memberships')
      .select('conversation')
      .where('account', '=', account)
      .limit(BATCH)
      .execute();
    for (const { conversation } of memberships) {
      await removeMember(database, { conversation, account, now: runtime.now(), intervalMs });
    }
    return memberships.length;
  });
}

async function eraseTies(room: Room, database: Database, account: number): Promise<void> {
  const requests = await database
    .selectFrom('join_requests')
    .select('invite_id')
    .where('account', '=', account)
    .execute();
  for (const { invite_id } of requests) await giveBackUse(room, database, invite_id);
  await database.deleteFrom('join_requests').where('account', '=', account).execute();
  await database.deleteFrom('scheduled_posts').where('author', '=', account).execute();
  await database.deleteFrom('channel_invites').where('created_by', '=', account).execute();
  await database.deleteFrom('read_marks').where('account', '=', account).execute();
  await eraseReactionsOf(database, account);
}
