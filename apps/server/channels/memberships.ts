import type { Database } from '../storage/port.ts';
import { DAY_MS } from './days.ts';
import { recordMovement } from './movements.ts';
import { NO_RIGHTS, ROLE } from './rights.ts';

/** All within the caller's transaction: memberships, the exact count and the day's figures agree. */
export type MembershipChange = {
  readonly conversation: number;
  readonly account: number;
  readonly now: number;
  readonly intervalMs: number;
};

/** Lets an account follow that is not the owner, who never counts. False when it follows already. */
export async function addFollower(
  database: Database,
  change: MembershipChange & { readonly fromSeq: number },
): Promise<boolean> {
  const { conversation, account, now, fromSeq } = change;
  const known = await membership(database, change);
  if (known?.follows === 1) return false;
  const joined = { follows: 1, muted: 0, from_seq: fromSeq, joined_at: now };
  await database
    .insertInto('memberships')
    .values({ conversation, account, role: ROLE.subscriber, rights: NO_RIGHTS, ...joined })
    .onConflict((conflict) => conflict.columns(['conversation', 'account']).doUpdateSet(joined))
    .execute();
  await addToCount(database, conversation, 1);
  await recordMovement(database, { ...change, what: 'followed' });
  return true;
}

/**
 * Forgets the account here: following and rights. False when it was no member. Its read mark stays for
 * a while, so that coming back counts no view again.
 */
export async function removeMember(database: Database, change: MembershipChange): Promise<boolean> {
  const { conversation, account, now } = change;
  const known = await membership(database, change);
  if (!known) return false;
  await database
    .updateTable('read_marks')
    // The day is enough for the purge to know when.
    .set({ updated_at: now - (now % DAY_MS) })
    .where('conversation', '=', conversation)
    .where('account', '=', account)
    .execute();
  await database
    .deleteFrom('memberships')
    .where('conversation', '=', conversation)
    .where('account', '=', account)
    .execute();
  if (known.follows === 1) {
    await addToCount(database, conversation, -1);
    await recordMovement(database, { ...change, what: 'left' });
  }
  return true;
}

function membership(
  database: Database,
  { conversation, account }: { readonly conversation: number; readonly account: number },
) {
  return database
    .selectFrom('memberships')
    .select('follows')
    .where('conversation', '=', conversation)
    .where('account', '=', account)
    .executeTakeFirst();
}

async function addToCount(database: Database, conversation: number, by: 1 | -1): Promise<void> {
  await database
    .updateTable('channels')
    .set((row) => ({ subscribers: row('subscribers', '+', by) }))
    .where('conversation', '=', conversation)
    .execute();
}
