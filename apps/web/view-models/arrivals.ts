import { useEffect, useRef } from 'react';
import type { ChatRow } from '../bridge/contract/chats.ts';
import { announce } from './announcer.ts';

/** Told no oftener than this: a busy morning must not talk over everything else. */
const quietMs = 5_000;

/** The chat that got something new, of those that are not muted and not being read. */
export function arrivalIn(
  before: ReadonlyMap<string, number>,
  chats: readonly ChatRow[],
  current: string | undefined,
): ChatRow | undefined {
  return chats.find(({ conversationId, unread, muted }) => {
    const known = before.get(conversationId);
    return known !== undefined && unread > known && !muted && conversationId !== current;
  });
}

/** Says politely where new posts arrived, for those who do not see the list move. */
export function useArrivalNews(
  chats: readonly ChatRow[],
  current: string | undefined,
  say: (title: string) => string,
): void {
  const before = useRef<ReadonlyMap<string, number>>(new Map());
  const toldAt = useRef(0);
  useEffect(() => {
    const arrived = arrivalIn(before.current, chats, current);
    before.current = new Map(chats.map((chat) => [chat.conversationId, chat.unread]));
    if (!arrived || Date.now() - toldAt.current < quietMs) return;
    toldAt.current = Date.now();
    announce(say(arrived.title));
  }, [chats, current, say]);
}
