import { createHash } from 'node:crypto';
import type { AccountId } from '@heliogram/protocol';
import type { Database } from '../storage/port.ts';

/**
 * What stays of a deleted account (ACC-63): a one-way mark of its id. Without it, a thief who has an
 * old device and the first statement could bring the account back under its own id.
 */
export async function buryAccount(database: Database, accountId: AccountId): Promise<void> {
  await database
    .insertInto('settings')
    .values({ key: keyOf(accountId), value: '' })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

export async function wasDeleted(database: Database, accountId: string): Promise<boolean> {
  const row = await database
    .selectFrom('settings')
    .select('key')
    .where('key', '=', keyOf(accountId))
    .executeTakeFirst();
  return row !== undefined;
}

function keyOf(accountId: string): string {
  const mark = createHash('sha256').update('heliogram deleted account v1').update(accountId);
  return `deleted-account:${mark.digest('hex')}`;
}
