import { useEffect, useState } from 'react';
import type { ChannelCard } from '../bridge/contract/chats.ts';
import { useCall } from './app.tsx';
import type { Told } from './failure.ts';
import { useTell } from './telling.ts';

interface Listed {
  readonly query: string;
  readonly channels?: readonly ChannelCard[];
  readonly more?: boolean;
  readonly failed?: Told;
}

export interface DirectoryState {
  readonly channels: readonly ChannelCard[] | undefined;
  readonly more: boolean;
  readonly failed: Told | undefined;
  readonly loading: boolean;
  readonly loadMore: () => void;
  readonly retry: () => void;
  /** Takes a card as changed, such as followed. */
  readonly change: (card: ChannelCard) => void;
}

const typingMs = 250;

/** The directory by words, page after page. */
export function useDirectory(typed: string): DirectoryState {
  const call = useCall();
  const say = useTell();
  const query = typed.trim();
  const [listed, setListed] = useState<Listed>({ query: '' });
  const [paging, setPaging] = useState(false);
  const [round, setRound] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: words and retries are the reasons to ask again.
  useEffect(() => {
    let wanted = true;
    const keep = (next: Listed) => {
      if (wanted) setListed(next);
    };
    const ask = () =>
      call('listDirectory', { query, offset: 0 }).then(
        ({ channels, more }) => keep({ query, channels, more }),
        (error: unknown) => keep({ query, failed: say(error) }),
      );
    const timer = setTimeout(ask, query === '' ? 0 : typingMs);
    return () => {
      wanted = false;
      clearTimeout(timer);
    };
  }, [query, round]);
  const loadMore = () => {
    const before = listed.channels ?? [];
    if (paging) return;
    setPaging(true);
    call('listDirectory', { query, offset: before.length })
      .then(({ channels, more }) => {
        setListed((now) =>
          now.query === query ? { query, channels: withPage(before, channels), more } : now,
        );
      })
      .catch((error: unknown) => setListed((now) => ({ ...now, failed: say(error) })))
      .finally(() => setPaging(false));
  };
  return {
    channels: listed.channels,
    more: listed.more ?? false,
    failed: listed.failed,
    loading: paging || listed.query !== query || (!listed.channels && !listed.failed),
    loadMore,
    retry: () => setRound(round + 1),
    change: (card) =>
      setListed((now) => ({
        ...now,
        channels: (now.channels ?? []).map((each) =>
          each.conversationId === card.conversationId ? card : each,
        ),
      })),
  };
}

function withPage(
  channels: readonly ChannelCard[],
  page: readonly ChannelCard[],
): readonly ChannelCard[] {
  const known = new Set(channels.map((each) => each.conversationId));
  return [...channels, ...page.filter((each) => !known.has(each.conversationId))];
}
