import './directory.css';
import { useState } from 'react';
import type { SessionView } from '../../bridge/contract/session.ts';
import { Banner } from '../../design/banner.tsx';
import { Button, ButtonLink } from '../../design/button.tsx';
import { EmptyState } from '../../design/empty-state.tsx';
import { ChannelIcon } from '../../design/icons/conversation.tsx';
import { CompassIcon } from '../../design/icons/places.tsx';
import { SearchField } from '../../design/search-field.tsx';
import { RowSkeleton } from '../../design/skeleton.tsx';
import { fill } from '../../language/fill.ts';
import { useTexts } from '../../language/language.tsx';
import { type DirectoryState, useDirectory } from '../../view-models/directory.ts';
import { placeLink } from '../../view-models/place.ts';
import { Pane } from '../shell/pane.tsx';
import { ChannelCardView } from './channel-card.tsx';

interface DirectoryProps {
  readonly session: SessionView;
  readonly leave: 'back' | undefined;
}

/** The public channels of this server. */
export function Directory({ session, leave }: DirectoryProps) {
  const { app, directory } = useTexts();
  const [query, setQuery] = useState('');
  const state = useDirectory(query);
  return (
    <Pane title={directory.title} leave={leave}>
      <div className="directory-body">
        <p className="pane-note">{directory.note}</p>
        <SearchField
          label={directory.search}
          clearLabel={directory.clear}
          placeholder={directory.search}
          value={query}
          onChange={setQuery}
          searching={state.loading && state.channels !== undefined}
        />
        {state.failed ? (
          <Banner
            tone="danger"
            title={state.failed.text}
            actions={<Button onClick={state.retry}>{app.retry}</Button>}
          />
        ) : null}
        <Cards state={state} query={query} session={session} />
        {state.more ? (
          <Button className="directory-more" busy={state.loading} onClick={state.loadMore}>
            {directory.more}
          </Button>
        ) : null}
      </div>
    </Pane>
  );
}

interface CardsProps {
  readonly state: DirectoryState;
  readonly query: string;
  readonly session: SessionView;
}

function Cards({ state, query, session }: CardsProps) {
  const { app } = useTexts();
  const { channels, failed, change } = state;
  if (!channels) {
    if (failed) return null;
    return (
      <div className="directory-cards" role="status" aria-busy="true" aria-label={app.loading}>
        {Array.from({ length: 6 }, (_, card) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: they are all the same.
          <div key={card} className="directory-card">
            <RowSkeleton />
          </div>
        ))}
      </div>
    );
  }
  if (channels.length === 0) return <NoChannels query={query} />;
  return (
    <ul className="directory-cards">
      {channels.map((channel) => (
        <li key={channel.conversationId}>
          <ChannelCardView channel={channel} session={session} onChange={change} />
        </li>
      ))}
    </ul>
  );
}

function NoChannels({ query }: { readonly query: string }) {
  const { directory } = useTexts();
  const words = query.trim();
  if (words !== '') {
    return (
      <EmptyState icon={<CompassIcon size="xl" />} title={fill(directory.none, words)}>
        {directory.noneNote}
      </EmptyState>
    );
  }
  return (
    <EmptyState
      icon={<ChannelIcon size="xl" />}
      title={directory.empty}
      actions={
        <ButtonLink kind="primary" href={placeLink({ at: 'new-channel' })}>
          {directory.newChannel}
        </ButtonLink>
      }
    >
      {directory.emptyNote}
    </EmptyState>
  );
}
