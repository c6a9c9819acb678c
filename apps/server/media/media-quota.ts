import { DependencyError, ValidationError } from '@heliogram/protocol';
import type { Database } from '../storage/port.ts';
import type { MediaQuota } from './options.ts';

export const NO_QUOTA: MediaQuota = {
  accountBytes: Number.MAX_SAFE_INTEGER,
  serverBytes: Number.MAX_SAFE_INTEGER,
};

/**
 * Inside the transaction that opens an upload: one under way counts by what it will be. Throws
 * `quota_exceeded` when the account has no room for it, `storage_full` when the server has none.
 */
export async function requireQuota(
  database: Database,
  { accountBytes, serverBytes }: MediaQuota,
  upload: { readonly account: number; readonly size: number },
): Promise<void> {
  const own = await database
    .selectFrom('media_usage')
    .select('bytes')
    .where('account', '=', upload.account)
    .executeTakeFirst();
  if ((own?.bytes ?? 0) + upload.size > accountBytes) {
    throw new ValidationError(
      'quota_exceeded',
      `your files exceed the limit of ${accountBytes} bytes: delete some first`,
    );
  }
  const all = await database.selectFrom('media_total').select('bytes').executeTakeFirstOrThrow();
  if (all.bytes + upload.size <= serverBytes) return;
  throw new DependencyError('storage_full', 'the server has reached its limit for files', {
    retryAfterMs: 60_000,
  });
}
