import './columns.css';
import './pane.css';
import { lazy, type ReactNode, Suspense, useEffect, useRef, useState } from 'react';
import type { SessionView } from '../../bridge/contract/session.ts';
import { useTexts } from '../../language/language.tsx';
import { useComingsAndGoings } from '../../view-models/coming-and-going.ts';
import { beginJourney, currentJourney } from '../../view-models/journey.ts';
import { type Layout, useLayout } from '../../view-models/layout.ts';
import { type Place, placeLink, usePlace } from '../../view-models/place.ts';
import { useRefusals } from '../../view-models/refusals.ts';
import { useRememberedSession, useSession, wasSignedIn } from '../../view-models/session.ts';
import { useWindowTitle } from '../../view-models/window-title.ts';
import { Welcome } from '../welcome/welcome.tsx';
import { Banners } from './banners.tsx';
import { DetailsColumn } from './details-column.tsx';
import { ErrorBoundary } from './error-boundary.tsx';
import { useGlobalShortcuts } from './global-shortcuts.ts';
import { LeaderNotice } from './leader-notice.tsx';
import { ListColumn } from './list-column.tsx';
import { MainColumn } from './main-column.tsx';
import { useFocusFollows } from './use-focus-follows.ts';

const CreateAccount = lazy(async () => ({
  default: (await import('../welcome/create-account.tsx')).CreateAccount,
}));
const SignIn = lazy(async () => ({
  default: (await import('../welcome/sign-in.tsx')).SignIn,
}));
const BlockedBrowser = lazy(async () => ({
  default: (await import('./blocked-browser.tsx')).BlockedBrowser,
}));
const HelpDialog = lazy(async () => ({ default: (await import('./help-dialog.tsx')).HelpDialog }));

/** Decides what the window shows: the first minute, or the columns. */
export function Shell() {
  const session = useSession();
  const place = usePlace();
  const layout = useLayout();
  useRememberedSession(session);
  useComingsAndGoings(session);
  useRefusals();
  useJourneyBegin(place);
  useWindowTitle(place);
  const [help, setHelp] = useState(false);
  useGlobalShortcuts(place, layout, () => setHelp(true));
  return (
    <>
      <LeaderNotice />
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
  const texts = useTexts();
  if (session.phase === 'starting' && session.blocked) {
    return (
      <Suspense>
        <BlockedBrowser texts={texts} what={session.blocked} />
      </Suspense>
    );
  }
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
  const roles = rolesOf(shown, details);
  const columns = useFocusFollows(shown.list ? 'list' : placeLink(place));
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
      <div className="columns-row" ref={columns}>
        <Column name="list" role={roles.list} label={shell.chats} shown={shown.list}>
          <ListColumn place={place} session={session} layout={layout} onHelp={onHelp} />
        </Column>
        <Column name="main" role="main" label={shell.conversation} shown={shown.main}>
          <ErrorBoundary resetKey={placeLink(place)}>
            <MainColumn place={place} session={session} layout={layout} />
          </ErrorBoundary>
        </Column>
        {place.at === 'manage' ? (
          <Column name="details" role={roles.details} label={shell.details} shown>
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
  readonly role: 'navigation' | 'main' | 'complementary';
  readonly name: 'list' | 'main' | 'details';
  readonly label: string;
  readonly shown: boolean;
  readonly children: ReactNode;
}

/** Not an element of its name: what is the main thing depends on how many columns there are. */
function Column({ role, name, label, shown, children }: ColumnProps) {
  return (
    <section
      role={role}
      id={name}
      className={`column ${name}-column`}
      aria-label={label}
      data-away={!shown || undefined}
      data-main={(role === 'main' && shown) || undefined}
      inert={!shown}
      tabIndex={-1}
    >
      {children}
    </section>
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

/** One of the columns that are shown is the main thing. */
function rolesOf(shown: { readonly main: boolean }, details: boolean) {
  return {
    list: shown.main || details ? 'navigation' : 'main',
    details: shown.main ? 'complementary' : 'main',
  } as const;
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
