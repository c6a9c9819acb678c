import { type AccountId, accountId } from '@heliogram/protocol';
import type { Database } from '../storage/port.ts';

export type AccountFound = { readonly id: number; readonly accountId: AccountId };

/** Finds an account by its public id. */
export async function findAccount(
  database: Database,
  id: string,
): Promise<AccountFound | undefined> {
  const row = await database
    .selectFrom('accounts')
    .select(['id', 'account_id'])
    .where('account_id', '=', id)
    .executeTakeFirst();
  return row && { id: row.id, accountId: accountId(row.account_id) };
}
