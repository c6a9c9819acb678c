import './search-screen.css';
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { Banner } from '../../design/banner.tsx';
import { IconButton } from '../../design/button.tsx';
import { BackIcon } from '../../design/icons/navigation.tsx';
import { SearchField } from '../../design/search-field.tsx';
import { useFormats, useTexts } from '../../language/language.tsx';
import { announce } from '../../view-models/announcer.ts';
import { useWatch } from '../../view-models/app.tsx';
import type { Layout } from '../../view-models/layout.ts';
import { rowAfter } from '../../view-models/neighbours.ts';
import { useSearch } from '../../view-models/search.ts';
import { rememberSearch } from '../../view-models/search-history.ts';
import { mergeChats, otherChannels, ownMatches } from '../../view-models/search-matches.ts';
import { closeSearch, setSearchQuery, useSearchPanel } from '../../view-models/search-panel.ts';
import { RecentSearches } from './recent-searches.tsx';
import { type Found, SearchResultList } from './search-result-list.tsx';

/** One field for chats, channels, people and posts. */
export function SearchScreen({ layout }: { readonly layout: Layout }) {
  const { app, search } = useTexts();
  const { query } = useSearchPanel();
  const results = useRef<HTMLDivElement>(null);
  const field = useRef<HTMLDivElement>(null);
  const state = useSearch(query);
  const found = useFound(query, state.results);
  useEffect(() => field.current?.querySelector('input')?.focus(), []);
  useAnnouncedCount(found, state.searching);
  const empty = query.trim() === '';
  return (
    <search className="pane" id="search" onKeyDown={(event) => walk(event, results.current)}>
      <header className="pane-bar">
        {layout === 'one' ? <h1 className="list-heading">{search.title}</h1> : null}
        <IconButton label={search.close} onClick={closeSearch}>
          <BackIcon />
        </IconButton>
        <div ref={field} className="search-bar-field">
          <SearchField
            label={search.label}
            clearLabel={app.close}
            placeholder={search.title}
            value={query}
            onChange={setSearchQuery}
            searching={state.searching}
            onKeyDown={(event) => {
              if (event.key !== 'Escape') return;
              event.preventDefault();
              closeSearch();
            }}
          />
        </div>
      </header>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: hears that a link inside was followed. */}
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: links turn Enter into clicks. */}
      <div
        ref={results}
        className="pane-scroll search-results"
        onClick={(event) => {
          const { target } = event;
          if (target instanceof Element && target.closest('a')) rememberSearch(query);
        }}
      >
        {state.results?.offline && !empty ? (
          <div className="search-note">
            <Banner tone="offline" title={search.offline} />
          </div>
        ) : null}
        {empty ? (
          <RecentSearches onChoose={setSearchQuery} />
        ) : (
          <SearchResultList query={query} found={found} state={state} />
        )}
      </div>
    </search>
  );
}

function useFound(query: string, results: ReturnType<typeof useSearch>['results']): Found {
  const own = ownMatches(useWatch('chats', null)?.chats ?? [], query);
  const chats = mergeChats(own, results?.chats ?? []);
  return {
    chats,
    channels: otherChannels(results?.channels ?? [], chats),
    people: results?.people ?? [],
    posts: results?.posts ?? [],
  };
}

/** Says how much there is once it stands still. */
function useAnnouncedCount(found: Found, searching: boolean): void {
  const { search } = useTexts();
  const formats = useFormats();
  const [said, setSaid] = useState<string>();
  const count =
    found.chats.length + found.channels.length + found.people.length + found.posts.length;
  const text = formats.plural(
    count,
    count === 0 ? { other: search.found.zero ?? '' } : search.found,
  );
  const { query } = useSearchPanel();
  const key = `${query} ${count}`;
  useEffect(() => {
    if (searching || query.trim() === '' || said === key) return;
    setSaid(key);
    announce(text);
  }, [searching, query, said, key, text]);
}

/** Arrow keys go from the field into the results and among them. */
function walk(event: KeyboardEvent, results: HTMLElement | null): void {
  if (event.altKey || event.ctrlKey || event.metaKey || !results) return;
  const inField = event.target instanceof HTMLInputElement;
  if (inField && event.key !== 'ArrowDown') return;
  const rows = [...results.querySelectorAll<HTMLElement>('a.ui-row, button.ui-row')];
  const at = rows.indexOf(document.activeElement as HTMLElement);
  if (at === 0 && event.key === 'ArrowUp') {
    event.preventDefault();
    event.currentTarget.querySelector('input')?.focus();
    return;
  }
  const next = rowAfter(event.key, at, rows.length);
  const row = next === undefined ? undefined : rows[next];
  if (!row) return;
  event.preventDefault();
  row.focus();
}
