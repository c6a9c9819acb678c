import './columns.css';
import './pane.css';
import { lazy, type ReactNode, Suspense, useEffect, useRef, useState } from 'react';
import type { SessionView } from '../../bridge/contract/session.ts';
import { useTexts } from '../../language/language.tsx';
import { beginJourney, currentJourney } from '../../view-models/journey.ts';
import { type Layout, useLayout } from '../../view-models/layout.ts';
import { type Place, placeLink, usePlace } from '../../view-models/place.ts';
import { useRememberedSession, useSession, wasSignedIn } from '../../view-models/session.ts';
import { Welcome } from '../welcome/welcome.tsx';
import { Banners } from './banners.tsx';
import { DetailsColumn } from './details-column.tsx';
import { ErrorBoundary } from './error-boundary.tsx';
import { useGlobalShortcuts } from './global-shortcuts.ts';
import { ListColumn } from './list-column.tsx';
import { MainColumn } from './main-column.tsx';

const CreateAccount = lazy(async () => ({
  default: (await import('../welcome/create-account.tsx')).CreateAccount,
}));
const SignIn = lazy(async () => ({
  default: (await import('../welcome/sign-in.tsx')).SignIn,
}));
const HelpDialog = lazy(async () => ({ default: (await import('./help-dialog.tsx')).HelpDialog }));

/** Decides what the window shows: the first minute, or the columns. */
export function Shell() {
  const session = useSession();
  const place = usePlace();
  const layout = useLayout();
  useRememberedSession(session);
  useJourneyBegin(place);
  const [help, setHelp] = useState(false);
  useGlobalShortcuts(place, layout, () => setHelp(true));
  return (
    <>
      <Stage place={place} session={session} layout={layout} onHelp={() => setHelp(true)} />
      <Suspense>{help ? <HelpDialog onClose={() => setHelp(false)} /> : null}</Suspense>
    </>
  );
}

interface StageProps {
  readonly place: Place;
  readonly session: SessionView;
  readonly layout: Layout;
  readonly onHelp: () => void;
}

function Stage({ place, session, layout, onHelp }: StageProps) {
  if (place.at === 'sign-up' || place.at === 'sign-in') {
    const Screen = place.at === 'sign-up' ? CreateAccount : SignIn;
    return (
      <Suspense>
        <Screen session={session} />
      </Suspense>
    );
  }
  const nobody = session.phase === 'signed-out' || (session.phase === 'starting' && !wasSignedIn());
  if (nobody && place.at === 'chats') return <Welcome session={session} />;
  return <Columns place={place} session={session} layout={layout} onHelp={onHelp} />;
}

function Columns({ place, session, layout, onHelp }: StageProps) {
  const { shell } = useTexts();
  const details = place.at === 'manage';
  const shown = shownColumns(place, layout);
  return (
    <div
      className="columns"
      data-mood="sun"
      data-layout={layout}
      data-details={details || undefined}
    >
      <button type="button" className="skip-link" onClick={focusMain}>
        {shell.skip}
      </button>
      <Banners session={session} />
      <div className="columns-row">
        <Column as="nav" name="list" label={shell.chats} shown={shown.list}>
          <ListColumn place={place} session={session} layout={layout} onHelp={onHelp} />
        </Column>
        <Column as="main" name="main" label={shell.conversation} shown={shown.main}>
          <ErrorBoundary resetKey={placeLink(place)}>
            <MainColumn place={place} session={session} layout={layout} />
          </ErrorBoundary>
        </Column>
        {place.at === 'manage' ? (
          <Column as="aside" name="details" label={shell.details} shown>
            <ErrorBoundary resetKey={placeLink(place)}>
              <DetailsColumn place={place} session={session} layout={layout} />
            </ErrorBoundary>
          </Column>
        ) : null}
      </div>
    </div>
  );
}

function focusMain(): void {
  document.getElementById('main')?.focus();
}

interface ColumnProps {
  readonly as: 'nav' | 'main' | 'aside';
  readonly name: 'list' | 'main' | 'details';
  readonly label: string;
  readonly shown: boolean;
  readonly children: ReactNode;
}

function Column({ as: Landmark, name, label, shown, children }: ColumnProps) {
  return (
    <Landmark
      id={name}
      className={`column ${name}-column`}
      aria-label={label}
      data-away={!shown || undefined}
      inert={!shown}
      tabIndex={-1}
    >
      {children}
    </Landmark>
  );
}

function shownColumns(place: Place, layout: Layout) {
  const details = place.at === 'manage';
  if (layout === 'three') return { list: true, main: true };
  if (layout === 'two') return { list: true, main: !details };
  const list =
    place.at === 'chats' || place.at === 'search' || (place.at === 'settings' && place.page === '');
  return { list, main: !list && !details };
}

/** Remembers where somebody was when they went to sign up or in, so that they come back there. */
function useJourneyBegin(place: Place): void {
  const before = useRef<Place>(place);
  useEffect(() => {
    const from = before.current;
    before.current = place;
    if (place.at !== 'sign-up' && place.at !== 'sign-in') return;
    if (from.at === 'sign-up' || from.at === 'sign-in' || from.at === 'chats') return;
    if (!currentJourney()) beginJourney({ to: from });
  }, [place]);
}
