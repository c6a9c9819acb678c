import { usernameHolder } from '../../accounts/index.ts';
import { type ChannelAccess, findChannel, isVisible } from '../../channels/index.ts';
import type { PagesOptions } from '../options.ts';

/** A channel that anybody may read, as the pages show it. */
export type PublicChannel = {
  readonly row: number;
  readonly conversationId: string;
  readonly username: string;
  readonly title: string;
  readonly description: string;
  /** Empty without one. */
  readonly avatarMediaId: string;
  /** As shown: late by design. */
  readonly subscribers: number;
  readonly createdAt: number;
  readonly noIndex: boolean;
};

export type PublicProfile = {
  readonly accountId: string;
  readonly username: string;
  readonly name: string;
  readonly bio: string;
  readonly avatarMediaId: string;
};

/** Why something is not shown; `gone` was public once. */
export type Refusal =
  | { readonly kind: 'missing' }
  | { readonly kind: 'gone'; readonly reason?: string };

export type Named =
  | { readonly kind: 'channel'; readonly channel: PublicChannel }
  | { readonly kind: 'account'; readonly profile: PublicProfile }
  | Refusal;

export const MISSING = { kind: 'missing' } as const;
export const GONE = { kind: 'gone' } as const;
export const ANYBODY = { kind: 'anonymous' } as const;

/** What stands behind a name for somebody who is not signed in. */
export async function named(
  { storage, profiles }: Pick<PagesOptions, 'storage' | 'profiles'>,
  username: string,
): Promise<Named> {
  const access = await findChannel(storage.db, ANYBODY, { username });
  if (access) return channelOf(access);
  const holder = await usernameHolder(storage.db, username);
  if (!holder) return released(storage, username);
  if (!('account' in holder)) return MISSING;
  return (await accountOf({ storage, profiles }, holder.account)) ?? GONE;
}

function channelOf(access: ChannelAccess): Named {
  const { channel } = access;
  // Not to be told from a name that nobody has.
  if (!isVisible(access)) return MISSING;
  const reason = channel.taken_down_reason;
  if (reason !== null) return { kind: 'gone', reason };
  return { kind: 'channel', channel: publicChannel(access) };
}

export function publicChannel({ channel, conversation }: ChannelAccess): PublicChannel {
  return {
    row: conversation.id,
    conversationId: conversation.conversationId,
    username: channel.username ?? '',
    title: channel.title,
    description: channel.description,
    avatarMediaId: channel.avatar_media_id,
    subscribers: channel.subscribers_shown,
    createdAt: channel.created_at,
    noIndex: channel.no_index !== 0,
  };
}

/** A suspended account has no page. */
async function accountOf(
  { storage, profiles }: Pick<PagesOptions, 'storage' | 'profiles'>,
  account: number,
): Promise<Named | undefined> {
  const standing = await storage.db
    .selectFrom('accounts')
    .select('id')
    .where('id', '=', account)
    .where('suspended_reason', 'is', null)
    .executeTakeFirst();
  const profile = standing && (await profiles.profiles([account])).get(account);
  if (!profile) return undefined;
  const { accountId = '', username = '', name = '', bio = '', avatarMediaId = '' } = profile;
  return { kind: 'account', profile: { accountId, username, name, bio, avatarMediaId } };
}

/** A name that was given up is gone, so that those who keep copies let them go. */
async function released({ db }: PagesOptions['storage'], username: string): Promise<Refusal> {
  const row = await db
    .selectFrom('usernames')
    .select('released_at')
    .where('username', '=', username)
    .executeTakeFirst();
  return row ? GONE : MISSING;
}
