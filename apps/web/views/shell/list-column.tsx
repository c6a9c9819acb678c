import './list-column.css';
import { lazy, type ReactElement, Suspense } from 'react';
import type { SessionView } from '../../bridge/contract/session.ts';
import type { Layout } from '../../view-models/layout.ts';
import type { Place } from '../../view-models/place.ts';
import { useSearchPanel } from '../../view-models/search-panel.ts';
import { wasSignedIn } from '../../view-models/session.ts';
import { ChatListScreen } from '../chat-list/chat-list-screen.tsx';
import { VisitorPanel } from './visitor-panel.tsx';

const SearchScreen = lazy(async () => ({
  default: (await import('../search/search-screen.tsx')).SearchScreen,
}));
const SettingsMenu = lazy(async () => ({
  default: (await import('../settings/settings-menu.tsx')).SettingsMenu,
}));

interface ListColumnProps {
  readonly place: Place;
  readonly session: SessionView;
  readonly layout: Layout;
  readonly onHelp: () => void;
}

/** The chats, or what lies over them: search and settings. */
export function ListColumn({ place, session, layout, onHelp }: ListColumnProps) {
  const panel = useSearchPanel();
  const searching = place.at === 'search' || (layout !== 'one' && panel.open);
  const over = overlayOf({ place, session, layout, searching });
  const here = session.phase === 'signed-in' || (session.phase === 'starting' && wasSignedIn());
  return (
    <div className="list-stack">
      <div className="list-layer" data-away={over ? '' : undefined} inert={over !== null}>
        {here ? (
          <ChatListScreen place={place} session={session} layout={layout} onHelp={onHelp} />
        ) : (
          <VisitorPanel session={session} layout={layout} />
        )}
      </div>
      {over ? (
        <div className="list-layer">
          <Suspense fallback={<div className="pane-fill" aria-busy="true" />}>{over}</Suspense>
        </div>
      ) : null}
    </div>
  );
}

interface Situation {
  readonly place: Place;
  readonly session: SessionView;
  readonly layout: Layout;
  readonly searching: boolean;
}

function overlayOf({ place, session, layout, searching }: Situation): ReactElement | null {
  if (searching) return <SearchScreen layout={layout} />;
  if (place.at !== 'settings') return null;
  const page = place.page === '' && layout !== 'one' ? 'profile' : place.page;
  return <SettingsMenu page={page} session={session} />;
}
