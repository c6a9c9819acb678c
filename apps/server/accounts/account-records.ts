import { type AccountId, accountId, ValidationError } from '@heliogram/protocol';
import type { Database } from '../storage/port.ts';

/** An account by its two names: row id inside, public id outside. */
export type AccountRef = { readonly account: number; readonly accountId: AccountId };

/** Undefined for one that is unknown, deleted or being deleted. */
export async function findAccount(database: Database, id: string): Promise<AccountRef | undefined> {
  const row = await database
    .selectFrom('accounts')
    .select(['id', 'account_id'])
    .where('account_id', '=', id)
    .where('name', '<>', '')
    .executeTakeFirst();
  return row && { account: row.id, accountId: accountId(row.account_id) };
}

/** Throws `not_found`. */
export async function requireAccount(database: Database, id: string): Promise<AccountRef> {
  const found = await findAccount(database, id);
  if (found) return found;
  throw new ValidationError('not_found', 'account not found');
}
