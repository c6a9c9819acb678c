import type { Profile } from '@heliogram/protocol';

/** An account as --json names it. */
export function profileJson({
  accountId,
  name,
  username,
}: Pick<Profile, 'accountId' | 'name' | 'username'>) {
  return { accountId, name, ...(username !== '' && { username }) };
}
