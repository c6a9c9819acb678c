import { NameHolderChangedError } from '@heliogram/client';
import {
  AccountsService,
  isAccountId,
  type Profile,
  UsageError,
  ValidationError,
} from '@heliogram/protocol';
import type { Arguments } from '../arguments/arguments.ts';
import type { Session } from './session.ts';

/** The account behind an @username or an account id; a known name of a new holder is refused. */
export async function accountOf(
  { client, call }: Session,
  reference: string,
  args: Arguments,
): Promise<Pick<Profile, 'accountId' | 'name' | 'username'>> {
  if (isAccountId(reference)) {
    const { profiles } = await call(AccountsService.method.getProfiles, {
      accountIds: [reference],
    });
    const [profile] = profiles;
    if (!profile) throw new ValidationError('not_found', 'account not found');
    return profile;
  }
  if (!reference.startsWith('@'))
    throw new UsageError('ACCOUNT must be an @username or the id of an account');
  try {
    return await client.names.account(reference);
  } catch (error) {
    if (!(error instanceof NameHolderChangedError) || !args.on('accept-new-holder')) throw error;
    await client.names.accept(error.username, error.current);
    return client.names.account(reference);
  }
}
