import { useEffect, useState } from 'react';
import type { PostHitView } from '../bridge/contract/chats.ts';
import { useApp } from './app.tsx';

interface Found {
  readonly query: string;
  readonly hits: readonly PostHitView[];
  readonly more: boolean;
  readonly offline: boolean;
}

const typingMs = 250;

/** Newest hits first, a moment after the last key. */
export function useChannelSearch(conversationId: string, query: string) {
  const { bridge } = useApp();
  const [found, setFound] = useState<Found>();
  const words = query.trim();
  useEffect(() => {
    if (words === '') return setFound(undefined);
    let wanted = true;
    const timer = setTimeout(() => {
      const none = { query: words, hits: [], more: false, offline: true };
      bridge.call('search', { query: words, conversationId }).then(
        ({ posts, morePosts, offline }) => {
          if (wanted) setFound({ query: words, hits: posts, more: morePosts, offline });
        },
        () => {
          if (wanted) setFound(none);
        },
      );
    }, typingMs);
    return () => {
      wanted = false;
      clearTimeout(timer);
    };
  }, [bridge, conversationId, words]);
  const searching = words !== '' && found?.query !== words;
  return {
    hits: found?.hits,
    more: found?.more ?? false,
    offline: found?.offline ?? false,
    searching,
  };
}
