import type { Database } from '../storage/port.ts';
import type { ChannelInviteRow } from '../storage/schema.ts';

type Grid = { readonly now: number; readonly intervalMs: number };

/**
 * What admins see of an invite's uses follows the same grid as the subscriber count: a change shows once
 * the interval in which it happened is over, so that it does not tell who came or withdrew (CHN-23).
 */
export function shownUses(
  invite: Pick<ChannelInviteRow, 'uses' | 'uses_before' | 'uses_changed_at'>,
  { now, intervalMs }: Grid,
): number {
  const intervalOf = (at: number) => Math.floor(at / intervalMs);
  return intervalOf(invite.uses_changed_at) === intervalOf(now) ? invite.uses_before : invite.uses;
}

/** Adds to the uses; an invite that is gone stays gone. */
export async function changeUses(
  database: Database,
  { inviteId, by, now, intervalMs }: Grid & { readonly inviteId: string; readonly by: 1 | -1 },
): Promise<void> {
  const invite = await database
    .selectFrom('channel_invites')
    .select(['uses', 'uses_before', 'uses_changed_at'])
    .where('invite_id', '=', inviteId)
    .executeTakeFirst();
  if (!invite) return;
  const uses_before = shownUses(invite, { now, intervalMs });
  await database
    .updateTable('channel_invites')
    .set({ uses: invite.uses + by, uses_before, uses_changed_at: now })
    .where('invite_id', '=', inviteId)
    .execute();
}
