import { ValidationError, VerificationError } from '@heliogram/protocol';
import type { DeviceCaller } from '../gateway/service.ts';
import type { AccountsOptions } from './options.ts';
import { createInvite } from './sign-up-invites.ts';

const INVITE_LIFETIME_MS = 30 * 86_400_000;

export type InviteParts = Pick<AccountsOptions, 'storage' | 'runtime' | 'registration'>;

/**
 * A code for one sign-up within 30 days, off the caller's allowance (ACC-15). Throws
 * `registration_closed` or `limit_reached`.
 */
export async function createSignUpInvite(
  { storage, runtime, registration }: InviteParts,
  { account }: DeviceCaller,
): Promise<{ readonly code: string; readonly expiresAt: number }> {
  if (registration.policy === 'closed') {
    throw new VerificationError('registration_closed', 'this server is not accepting new accounts');
  }
  const expiresAt = runtime.settledNow() + INVITE_LIFETIME_MS;
  const code = await storage.transaction(async (database) => {
    const taken = await database
      .updateTable('accounts')
      .set((column) => ({ invites_left: column('invites_left', '-', 1) }))
      .where('id', '=', account)
      .where('invites_left', '>', 0)
      .executeTakeFirst();
    if (taken.numUpdatedRows !== 1n) {
      throw new ValidationError('limit_reached', 'this account has no invite codes left');
    }
    return createInvite(database, runtime, { createdBy: account, uses: 1, expiresAt });
  });
  return { code, expiresAt };
}
