import { type AccountId, accountId, type SuspendAccountRequest } from '@heliogram/protocol';
import type { AccountRef } from '../accounts/account-records.ts';
import { forgetPushOfAccounts } from '../push/index.ts';
import type { Database } from '../storage/port.ts';
import { record } from './actions.ts';
import type { ModerationOptions } from './options.ts';
import { requireReason } from './reasons.ts';
import { accountNamed } from './subjects.ts';

/** Fits every database's bound on parameters. */
const MAX_PER_QUERY = 500;

/**
 * Suspends the account, with `branch` also everyone invited by it or by them (MOD-4). Its connections
 * end at once with the reason. Of a branch, accounts that are suspended already keep their reason.
 * Answers the ids of those that it suspended.
 */
export async function suspendAccount(
  parts: ModerationOptions,
  request: SuspendAccountRequest,
): Promise<readonly AccountId[]> {
  const { storage, runtime, standings, sessions } = parts;
  const reason = requireReason(request.reason);
  const suspended = await storage.transaction(async (database) => {
    const named = await accountNamed(database, request.account);
    const others = request.branch ? await activeBranch(database, named) : [];
    const accounts = [named, ...others];
    await setReason(database, accounts, reason);
    await forgetPushOfAccounts(
      database,
      accounts.map(({ account }) => account),
    );
    const deed = { at: runtime.now(), action: 'suspend-account', reason } as const;
    await record(
      database,
      accounts.map((account) => ({ ...deed, subject: account.accountId })),
    );
    return accounts;
  });
  standings.changed(suspended.map(({ account }) => account));
  const end = { code: 'suspended', message: `this account is suspended: ${reason}` } as const;
  for (const account of suspended) sessions.endAccount(account.accountId, end);
  return suspended.map((account) => account.accountId);
}

/** Lets one account act again (MOD-5); of a branch, each by itself. */
export async function restoreAccount(parts: ModerationOptions, name: string): Promise<void> {
  const { storage, runtime, standings } = parts;
  const restored = await storage.transaction(async (database) => {
    const named = await accountNamed(database, name);
    await setReason(database, [named], null);
    const deed = { at: runtime.now(), action: 'restore-account' } as const;
    await record(database, [{ ...deed, subject: named.accountId }]);
    return named;
  });
  standings.changed([restored.account]);
}

/** Everyone below in the tree of invitations who is not suspended; each once, whatever the tree holds. */
async function activeBranch(database: Database, root: AccountRef): Promise<AccountRef[]> {
  const seen = new Set([root.account]);
  const active: AccountRef[] = [];
  let inviters: number[] = [root.account];
  while (inviters.length > 0) {
    const invited = await invitedBy(database, inviters);
    const fresh = invited.filter(({ id }) => !seen.has(id));
    for (const row of fresh) {
      seen.add(row.id);
      if (row.suspended_reason !== null) continue;
      active.push({ account: row.id, accountId: accountId(row.account_id) });
    }
    inviters = fresh.map(({ id }) => id);
  }
  return active;
}

async function invitedBy(database: Database, inviters: readonly number[]) {
  const pages = await inPages(inviters, (page) =>
    database
      .selectFrom('accounts')
      .select(['id', 'account_id', 'suspended_reason'])
      .where('invited_by', 'in', page)
      .execute(),
  );
  return pages.flat();
}

async function setReason(
  database: Database,
  accounts: readonly AccountRef[],
  reason: string | null,
): Promise<void> {
  const rows = accounts.map(({ account }) => account);
  await inPages(rows, (page) =>
    database
      .updateTable('accounts')
      .set({ suspended_reason: reason })
      .where('id', 'in', page)
      .execute(),
  );
}

async function inPages<T>(
  rows: readonly number[],
  run: (page: readonly number[]) => Promise<T>,
): Promise<T[]> {
  const results: T[] = [];
  for (let at = 0; at < rows.length; at += MAX_PER_QUERY) {
    results.push(await run(rows.slice(at, at + MAX_PER_QUERY)));
  }
  return results;
}
