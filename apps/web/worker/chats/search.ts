import { asHeliogramError, type Caller } from '@heliogram/client';
import { indexedText } from '@heliogram/content';
import { AccountsService, ChannelsService, isUsername, SearchOrder } from '@heliogram/protocol';
import type { ChatRow, PostHitView, SearchResults } from '../../bridge/contract/chats.ts';
import type { House } from '../session/house.ts';
import { profileView } from '../session/profiles.ts';
import { soon } from '../soon.ts';
import { cardOf, hitOf } from './cards.ts';

const hitsPerPage = 30;

export interface Question {
  readonly query: string;
  readonly conversationId?: string;
  readonly offset?: number;
}

/** Searches what the server knows, or, where it cannot be reached, what this device keeps. */
export async function search(
  house: House,
  chats: readonly ChatRow[],
  question: Question,
): Promise<SearchResults> {
  const own = question.conversationId === undefined ? matching(chats, question.query) : [];
  try {
    return { ...(await searchServer(soon(house), question)), chats: own, offline: false };
  } catch (error) {
    if (!asHeliogramError(error).retry) throw error;
    return { ...(await searchHere(house, chats, question)), chats: own, offline: true };
  }
}

function matching(chats: readonly ChatRow[], query: string): readonly ChatRow[] {
  const wanted = indexedText(query).split(' ').filter(Boolean);
  return chats.filter(({ title, username }) => {
    const text = indexedText(`${title} ${username}`);
    return wanted.length > 0 && wanted.every((word) => text.includes(word));
  });
}

type Found = Omit<SearchResults, 'chats' | 'offline'>;

async function searchServer(call: Caller, question: Question): Promise<Found> {
  const { query, conversationId, offset = 0 } = question;
  const everywhere = conversationId === undefined && offset === 0;
  const within = { conversationId: conversationId ?? '', order: SearchOrder.NEWEST };
  const request = { query, ...within, offset, limit: hitsPerPage };
  const [posts, directory, people] = await Promise.all([
    call(ChannelsService.method.searchPosts, request),
    everywhere ? call(ChannelsService.method.listDirectory, { query, limit: 20 }) : undefined,
    everywhere ? findPeople(call, query) : [],
  ]);
  return {
    channels: directory?.channels.map(cardOf) ?? [],
    people,
    posts: posts.hits.map(hitOf),
    morePosts: posts.more,
  };
}

async function findPeople(call: Caller, query: string): Promise<Found['people']> {
  const username = query.trim().replace(/^@/, '').toLowerCase();
  if (!isUsername(username)) return [];
  try {
    const { holder } = await call(AccountsService.method.resolveUsername, { username });
    return holder.case === 'account' ? [profileView(holder.value)] : [];
  } catch (error) {
    if (asHeliogramError(error).code === 'not_found') return [];
    throw error;
  }
}

async function searchHere(
  { store }: House,
  chats: readonly ChatRow[],
  { query, conversationId }: Question,
): Promise<Found> {
  const titles = new Map(chats.map((chat) => [chat.conversationId, chat.title]));
  const hits = await store.entries.search({ query, conversationId, limit: 100 });
  const posts = hits.map(({ entry, ...hit }): PostHitView => {
    const { snippet, highlights } = hit;
    const title = titles.get(hit.conversationId) ?? '';
    return {
      conversationId: hit.conversationId,
      seq: entry.seq,
      title,
      at: entry.sentAt,
      snippet,
      highlights,
    };
  });
  return { channels: [], people: [], posts, morePosts: false };
}
