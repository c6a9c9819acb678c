import { useEffect, useState } from 'react';
import type { SearchResults } from '../bridge/contract/chats.ts';
import { useCall } from './app.tsx';
import type { Told } from './failure.ts';
import { withPage } from './search-matches.ts';
import { useTell } from './telling.ts';

const typingMs = 220;

export interface SearchState {
  readonly searching: boolean;
  /** Of the words before, as long as those now are looked for. */
  readonly results: SearchResults | undefined;
  readonly failed: Told | undefined;
  readonly loadingMore: boolean;
  readonly more: () => void;
}

type Kept = { readonly query: string; readonly results?: SearchResults; readonly failed?: Told };

/** Searches everything a moment after the last key. */
export function useSearch(typed: string): SearchState {
  const call = useCall();
  const say = useTell();
  const query = typed.trim();
  const [kept, setKept] = useState<Kept>({ query: '' });
  const [loadingMore, setLoadingMore] = useState(false);
  // biome-ignore lint/correctness/useExhaustiveDependencies: other words are the only reason to ask again.
  useEffect(() => {
    if (query === '') return;
    let wanted = true;
    const keep = (next: Kept) => {
      if (wanted) setKept(next);
    };
    const timer = setTimeout(() => {
      call('search', { query }).then(
        (results) => keep({ query, results }),
        (error: unknown) => keep({ query, failed: say(error) }),
      );
    }, typingMs);
    return () => {
      wanted = false;
      clearTimeout(timer);
    };
  }, [query]);
  const more = () => {
    const before = kept.results;
    if (!before || loadingMore) return;
    setLoadingMore(true);
    call('search', { query, offset: before.posts.length })
      .then(({ posts, morePosts }) => {
        setKept((now) => {
          if (now.query !== query || !now.results) return now;
          const all = withPage(now.results.posts, posts);
          return { query, results: { ...now.results, posts: all, morePosts } };
        });
      })
      .catch((error: unknown) => setKept((now) => ({ ...now, failed: say(error) })))
      .finally(() => setLoadingMore(false));
  };
  const empty = query === '';
  return {
    searching: !empty && kept.query !== query,
    results: empty ? undefined : kept.results,
    failed: empty ? undefined : kept.failed,
    loadingMore,
    more,
  };
}
