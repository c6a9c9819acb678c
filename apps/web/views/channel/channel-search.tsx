import './channel-search.css';
import { useState } from 'react';
import type { PostHitView } from '../../bridge/contract/chats.ts';
import { IconButton } from '../../design/button.tsx';
import { BackIcon, ChevronDownIcon, ChevronUpIcon } from '../../design/icons/navigation.tsx';
import { isInputMethodKey } from '../../design/input-method.ts';
import { SearchField } from '../../design/search-field.tsx';
import { VisuallyHidden } from '../../design/visually-hidden.tsx';
import { useFormats, useTexts } from '../../language/language.tsx';
import { useNow } from '../../view-models/clock.ts';
import { useChannelSearch } from '../../view-models/log-search.ts';
import { useScene } from './channel-scene.ts';
import { Marked } from './marked.tsx';

interface ChannelSearchProps {
  readonly query: string;
  readonly onQuery: (query: string) => void;
  readonly onClose: () => void;
}

/** Words in this channel's posts: the hits as a list, and from one to the next. */
export function ChannelSearch({ query, onQuery, onClose }: ChannelSearchProps) {
  const texts = useTexts().channel;
  const { channel, acts } = useScene();
  const { hits, more, offline, searching } = useChannelSearch(channel.conversationId, query);
  const [at, setAt] = useState<number>();
  const [listed, setListed] = useState(true);
  const go = (index: number) => {
    const hit = hits?.[index];
    if (!hit) return;
    setAt(index);
    setListed(false);
    acts.jumpTo(hit.seq);
  };
  return (
    <search className="channel-search">
      <VisuallyHidden>
        <h1>{texts.search}</h1>
      </VisuallyHidden>
      <div className="channel-header">
        <IconButton label={texts.closeSearch} onClick={onClose}>
          <BackIcon />
        </IconButton>
        <SearchField
          className="channel-search-field"
          label={texts.search}
          clearLabel={texts.clearSearch}
          placeholder={texts.searchPlaceholder}
          value={query}
          searching={searching}
          autoFocus
          onChange={(words) => {
            setAt(undefined);
            setListed(true);
            onQuery(words);
          }}
          onFocus={() => setListed(true)}
          onKeyDown={(event) => {
            if (isInputMethodKey(event.nativeEvent)) return;
            if (event.key === 'Escape') {
              event.preventDefault();
              onClose();
            }
            if (event.key === 'Enter') go((at ?? -1) + (event.shiftKey ? -1 : 1));
          }}
        />
        <IconButton
          label={texts.previousHit}
          disabled={!hits?.[(at ?? -1) + 1]}
          onClick={() => go((at ?? -1) + 1)}
        >
          <ChevronUpIcon />
        </IconButton>
        <IconButton
          label={texts.nextHit}
          disabled={at === undefined || at === 0}
          onClick={() => go((at ?? 0) - 1)}
        >
          <ChevronDownIcon />
        </IconButton>
      </div>
      <HitCount hits={hits} more={more} offline={offline} />
      {hits && hits.length > 0 && listed ? <Hits hits={hits} at={at} onGo={go} /> : null}
    </search>
  );
}

interface HitCountProps {
  readonly hits: readonly PostHitView[] | undefined;
  readonly more: boolean;
  readonly offline: boolean;
}

function HitCount({ hits, more, offline }: HitCountProps) {
  const texts = useTexts().channel;
  const formats = useFormats();
  const count = hits?.length ?? 0;
  const said = count === 0 ? texts.found.zero : undefined;
  return (
    <p className="channel-search-count" role="status">
      {hits ? (said ?? formats.plural(count, more ? texts.foundMore : texts.found)) : ''}
      {hits && offline ? ` · ${texts.searchOffline}` : ''}
    </p>
  );
}

interface HitsProps {
  readonly hits: readonly PostHitView[];
  readonly at: number | undefined;
  readonly onGo: (index: number) => void;
}

function Hits({ hits, at, onGo }: HitsProps) {
  const texts = useTexts().channel;
  const formats = useFormats();
  const now = useNow();
  return (
    <ol className="channel-hits" aria-label={texts.results}>
      {hits.map((hit, index) => (
        <li key={hit.seq}>
          <button
            type="button"
            className="channel-hit focus-inside"
            aria-current={index === at || undefined}
            onClick={() => onGo(index)}
          >
            <span dir="auto">
              <Marked text={hit.snippet} ranges={hit.highlights} />
            </span>
            <time dateTime={new Date(hit.at).toISOString()}>{formats.brief(hit.at, now)}</time>
          </button>
        </li>
      ))}
    </ol>
  );
}
