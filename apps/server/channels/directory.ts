import { limits } from '@heliogram/protocol';
import type { Caller } from '../gateway/service.ts';
import { type ChannelAccess, findChannels, isReadable } from './access.ts';
import { describeChannels } from './channel-view.ts';
import type { ChannelHandlers, Room } from './room.ts';

type Page = { readonly offset: number; readonly limit: number };
type Found = { readonly rows: readonly number[]; readonly more: boolean };

export function directoryHandlers(room: Room): Pick<ChannelHandlers, 'listDirectory'> {
  return {
    listDirectory: async ({ query, offset, limit }, { caller }) => {
      const page = { offset, limit: limit || limits.defaultReadLimit };
      const words = query.trim();
      const { rows, more } = words
        ? await ranked(room, words, page)
        : await mostFollowed(room, page);
      const accesses = await listed(room, caller, rows);
      return { channels: [...(await describeChannels(room, accesses))], more };
    },
  };
}

/** By the count that everybody sees: the order must not tell more than the numbers do. */
async function mostFollowed(room: Room, { offset, limit }: Page): Promise<Found> {
  const rows = await room.storage.db
    .selectFrom('channels')
    .select('conversation')
    .where('unlisted', '=', 0)
    .where('taken_down_reason', 'is', null)
    .orderBy('subscribers_shown', 'desc')
    .orderBy('conversation')
    .offset(offset)
    .limit(limit + 1)
    .execute();
  const found = rows.map(({ conversation }) => conversation);
  return { rows: found.slice(0, limit), more: found.length > limit };
}

async function ranked(room: Room, query: string, page: Page): Promise<Found> {
  const { conversations, more } = await room.search.directory.search({ query, ...page });
  return { rows: conversations, more };
}

/** In the order of `rows`; an index may lag, so each is held against its row once more. */
async function listed(
  room: Room,
  caller: Caller,
  rows: readonly number[],
): Promise<readonly ChannelAccess[]> {
  const accesses = await findChannels(room.storage.db, caller, rows);
  const byRow = new Map(accesses.map((access) => [access.conversation.id, access]));
  return rows.flatMap((row) => {
    const access = byRow.get(row);
    return access && isListed(access) ? [access] : [];
  });
}

function isListed(access: ChannelAccess): boolean {
  const { unlisted, taken_down_reason: takenDown } = access.channel;
  return unlisted === 0 && takenDown === null && isReadable(access);
}
