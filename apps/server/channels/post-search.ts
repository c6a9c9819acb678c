import type { MessageInitShape } from '@bufbuild/protobuf';
import {
  limits,
  type PostHitSchema,
  SearchOrder,
  type SearchPostsRequest,
} from '@heliogram/protocol';
import { entryForReaders } from '../conversations/index.ts';
import type { Caller } from '../gateway/service.ts';
import type { StoredEntry } from '../storage/port.ts';
import {
  type ChannelAccess,
  findChannels,
  isReadable,
  openChannel,
  requireStanding,
} from './access.ts';
import { type CountersInit, countersOf } from './counters.ts';
import { stands } from './pins.ts';
import type { ChannelHandlers, Room } from './room.ts';
import type { RankedPost } from './search-port.ts';

export function postSearchHandlers(room: Room): Pick<ChannelHandlers, 'searchPosts'> {
  return {
    searchPosts: async (request, { caller }) => {
      const { hits, more } = await search(room, caller, request);
      const found = await hold(room, caller, hits);
      const authors = found.flatMap(({ entry }) =>
        entry.signed && entry.author !== null ? [entry.author] : [],
      );
      const profiles = await room.profiles.profiles([...new Set(authors)]);
      return {
        hits: found.map(view),
        more,
        authors: [...profiles.values()],
      };
    },
  };
}

async function search(room: Room, caller: Caller, request: SearchPostsRequest) {
  const { query, offset } = request;
  const within = request.conversationId
    ? {
        conversation: await searchable(room, caller, request),
        newestFirst: request.order === SearchOrder.NEWEST,
      }
    : {};
  const readable = (rows: readonly number[]) => readableOf(room, caller, rows);
  const limit = request.limit || limits.defaultReadLimit;
  return room.search.posts.search({ query, ...within, readable, offset, limit });
}

async function searchable(room: Room, caller: Caller, request: SearchPostsRequest) {
  const access = await openChannel(room.storage.db, caller, request);
  requireStanding(access);
  return access.conversation.id;
}

async function readableOf(room: Room, caller: Caller, rows: readonly number[]) {
  const accesses = await findChannels(room.storage.db, caller, rows);
  return new Set(accesses.filter(isReadable).map(({ conversation }) => conversation.id));
}

type Hit = RankedPost & {
  readonly access: ChannelAccess;
  readonly entry: StoredEntry;
  readonly counters: CountersInit | undefined;
};

/** What the index found, held against the log and the caller's standing of this moment. */
async function hold(
  room: Room,
  caller: Caller,
  hits: readonly RankedPost[],
): Promise<readonly Hit[]> {
  const rows = [...new Set(hits.map(({ conversation }) => conversation))];
  const { db, log } = room.storage;
  const accesses = await findChannels(db, caller, rows);
  const found: Hit[] = [];
  for (const access of accesses.filter(isReadable)) {
    const own = hits.filter(({ conversation }) => conversation === access.conversation.id);
    const counters = await countersOf(
      db,
      access.conversation.id,
      own.map(({ seq }) => seq),
    );
    for (const hit of own) {
      const entry = await log.entry(hit.conversation, hit.seq);
      if (entry && stands(entry)) {
        found.push({ ...hit, access, entry, counters: counters.get(hit.seq) });
      }
    }
  }
  return found.sort((a, b) => rank(hits, a) - rank(hits, b));
}

function rank(hits: readonly RankedPost[], { conversation, seq }: RankedPost): number {
  return hits.findIndex((hit) => hit.conversation === conversation && hit.seq === seq);
}

function view(hit: Hit): MessageInitShape<typeof PostHitSchema> {
  return {
    conversationId: hit.access.conversation.conversationId,
    title: hit.access.channel.title,
    entry: entryForReaders(hit.entry, hit.counters),
    snippet: hit.snippet,
    highlights: [...hit.highlights],
  };
}
