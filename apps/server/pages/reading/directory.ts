import { findChannels, isReadable } from '../../channels/index.ts';
import type { Storage } from '../../storage/port.ts';
import { pageLimits } from '../limits.ts';
import { ANYBODY, type PublicChannel, publicChannel } from './names.ts';

export type DirectoryPage = {
  readonly channels: readonly { readonly channel: PublicChannel; readonly posts: number }[];
  readonly more: boolean;
  readonly number: number;
};

/** Listed channels by the count that everybody sees. */
export async function readDirectory(storage: Storage, number: number): Promise<DirectoryPage> {
  const size = pageLimits.channelsPerPage;
  const rows = await listed(storage)
    .orderBy('subscribers_shown', 'desc')
    .orderBy('conversation')
    .offset((number - 1) * size)
    .limit(size + 1)
    .execute();
  const wanted = rows.slice(0, size).map(({ conversation }) => conversation);
  const [channels, heads] = await Promise.all([
    publicChannels(storage, wanted),
    storage.log.heads(wanted),
  ]);
  const shown = channels.map((channel) => ({
    channel,
    posts: heads.get(channel.row)?.posts ?? 0,
  }));
  return { channels: shown, more: rows.length > size, number };
}

/** Those of the rows that everybody may read, in their order. */
async function publicChannels(
  storage: Storage,
  rows: readonly number[],
): Promise<readonly PublicChannel[]> {
  const accesses = await findChannels(storage.db, ANYBODY, rows);
  const byRow = new Map(accesses.map((access) => [access.conversation.id, access]));
  return rows.flatMap((row) => {
    const access = byRow.get(row);
    const shown = access && isReadable(access) && access.channel.unlisted === 0;
    return shown && access.channel.username !== null ? [publicChannel(access)] : [];
  });
}

function listed({ db }: Storage) {
  return db
    .selectFrom('channels')
    .select('conversation')
    .where('unlisted', '=', 0)
    .where('taken_down_reason', 'is', null);
}
