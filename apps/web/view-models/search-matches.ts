import { foldBeginning, wordsOf } from '@heliogram/content';
import type { ChannelCard, ChatRow, PostHitView } from '../bridge/contract/chats.ts';

/** One's own chats whose title or username has a word that begins so, at once and without asking. */
export function ownMatches(chats: readonly ChatRow[], query: string): readonly ChatRow[] {
  const wanted = [...wordsOf(query)].map(({ end, start }) =>
    foldBeginning(query.slice(start, end)),
  );
  if (wanted.length === 0) return [];
  return chats.filter((chat) => {
    const words = [...wordsIn(chat.title), ...wordsIn(chat.username)];
    return wanted.every((beginnings) =>
      words.some((word) => beginnings.some((beginning) => word.startsWith(beginning))),
    );
  });
}

/** Folded as everywhere else where something is searched. */
function wordsIn(text: string): readonly string[] {
  return [...wordsOf(text)].map(({ folded }) => folded);
}

/** Chats found here first, those that only the worker found after; nothing twice. */
export function mergeChats(own: readonly ChatRow[], found: readonly ChatRow[]): readonly ChatRow[] {
  const known = new Set(own.map((chat) => chat.conversationId));
  return [...own, ...found.filter((chat) => !known.has(chat.conversationId))];
}

/** Channels that are not already shown among one's own chats. */
export function otherChannels(
  channels: readonly ChannelCard[],
  chats: readonly ChatRow[],
): readonly ChannelCard[] {
  const known = new Set(chats.map((chat) => chat.conversationId));
  return channels.filter((channel) => !known.has(channel.conversationId));
}

/** A further page; a post that moved between pages while it was asked for is kept once. */
export function withPage(
  posts: readonly PostHitView[],
  page: readonly PostHitView[],
): readonly PostHitView[] {
  const known = new Set(posts.map(hitKey));
  return [...posts, ...page.filter((post) => !known.has(hitKey(post)))];
}

export function hitKey(hit: PostHitView): string {
  return `${hit.conversationId}/${hit.seq}`;
}

/** A snippet in pieces, the found words marked. Ranges that make no sense are left out. */
export function snippetPieces(
  hit: Pick<PostHitView, 'snippet' | 'highlights'>,
): readonly { readonly text: string; readonly found: boolean; readonly at: number }[] {
  const pieces: { text: string; found: boolean; at: number }[] = [];
  let at = 0;
  const add = (end: number, found: boolean) => {
    if (end > at) pieces.push({ text: hit.snippet.slice(at, end), found, at });
    at = Math.max(at, end);
  };
  for (let index = 0; index + 1 < hit.highlights.length; index += 2) {
    const start = hit.highlights[index] ?? 0;
    const end = Math.min(hit.highlights[index + 1] ?? 0, hit.snippet.length);
    if (start < at || end <= start) continue;
    add(start, false);
    add(end, true);
  }
  add(hit.snippet.length, false);
  return pieces;
}
