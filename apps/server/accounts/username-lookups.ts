import type { MessageInitShape } from '@bufbuild/protobuf';
import {
  type CheckUsernameResponseSchema,
  HeliogramError,
  type ResolveUsernameResponseSchema,
  username,
  ValidationError,
} from '@heliogram/protocol';
import type { ProfileSource } from '../conversations/policy.ts';
import type { Caller } from '../gateway/service.ts';
import type { AccountsOptions } from './options.ts';
import { claimableUsername, isClaimable, usernameHolder } from './usernames.ts';

export type LookupParts = Pick<AccountsOptions, 'storage' | 'runtime'> & {
  readonly profiles: ProfileSource;
};

/** Whether the caller could take the name now, and if not, why (ACC-24). */
export async function checkUsername(
  { storage, runtime }: LookupParts,
  text: string,
  caller: Caller,
): Promise<MessageInitShape<typeof CheckUsernameResponseSchema>> {
  try {
    const wanted = claimableUsername(text);
    const by = caller.kind === 'device' ? caller.account : null;
    const claim = { username: wanted, by, now: runtime.settledNow() };
    const available = await isClaimable(storage.db, claim);
    return { available, reason: available ? '' : 'username_taken' };
  } catch (error) {
    if (!(error instanceof HeliogramError) || error.code !== 'username_invalid') throw error;
    return { available: false, reason: error.code };
  }
}

/** What stands behind the name (ACC-25). Throws `username_invalid` or `not_found`. */
export async function resolveUsername(
  { storage, profiles }: LookupParts,
  text: string,
): Promise<MessageInitShape<typeof ResolveUsernameResponseSchema>> {
  const holder = await usernameHolder(storage.db, username(text));
  if (holder && 'account' in holder) {
    const profile = (await profiles.profiles([holder.account])).get(holder.account);
    if (profile) return { holder: { case: 'account', value: profile } };
  }
  if (holder && 'conversation' in holder) {
    const row = await storage.db
      .selectFrom('conversations')
      .select('conversation_id')
      .where('id', '=', holder.conversation)
      .executeTakeFirst();
    if (row) return { holder: { case: 'conversationId', value: row.conversation_id } };
  }
  throw new ValidationError('not_found', 'no account has this username');
}
