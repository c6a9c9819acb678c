import './settings.css';
import type { ReactNode } from 'react';
import type { SessionView } from '../../bridge/contract/session.ts';
import { ButtonLink } from '../../design/button.tsx';
import { EmptyState } from '../../design/empty-state.tsx';
import { useTexts } from '../../language/language.tsx';
import type { Layout } from '../../view-models/layout.ts';
import { placeLink } from '../../view-models/place.ts';
import type { SignedIn } from '../../view-models/session.ts';
import { goUpTo } from '../../view-models/way-back.ts';
import { Pane } from '../shell/pane.tsx';
import { AboutSettings } from './about-settings.tsx';
import { AccountSettings } from './account-settings.tsx';
import { AppearanceSettings } from './appearance-settings.tsx';
import { DeviceSettings } from './device-settings.tsx';
import { LanguageSettings } from './language-settings.tsx';
import { NoticeSettings } from './notice-settings.tsx';
import { ProfileSettings } from './profile-settings.tsx';
import { StorageSettings } from './storage-settings.tsx';

interface SettingsPageProps {
  readonly page: string;
  readonly session: SessionView;
  readonly layout: Layout;
}

/** One page of the settings. */
export function SettingsPage({ page, session, layout }: SettingsPageProps) {
  const { settings } = useTexts();
  const shown = page === '' ? 'profile' : page;
  const title = settings[titleOf(shown)];
  return (
    <Pane
      title={title}
      leave={layout === 'one' ? 'back' : undefined}
      onLeave={() => goUpTo({ at: 'settings', page: '' })}
    >
      <div className="pane-body">{contentOf(shown, session)}</div>
    </Pane>
  );
}

function titleOf(page: string) {
  switch (page) {
    case 'devices':
    case 'appearance':
    case 'language':
    case 'notifications':
    case 'storage':
    case 'account':
    case 'about':
      return page;
    default:
      return 'profile';
  }
}

function contentOf(page: string, session: SessionView): ReactNode {
  switch (titleOf(page)) {
    case 'appearance':
      return <AppearanceSettings />;
    case 'language':
      return <LanguageSettings />;
    case 'storage':
      return <StorageSettings />;
    case 'about':
      return <AboutSettings session={session} />;
    default:
      return session.phase === 'signed-in' ? (
        accountPage(page, session)
      ) : (
        <NeedsAccount session={session} />
      );
  }
}

function accountPage(page: string, session: SignedIn): ReactNode {
  switch (page) {
    case 'devices':
      return <DeviceSettings />;
    case 'notifications':
      return <NoticeSettings />;
    case 'account':
      return <AccountSettings session={session} />;
    default:
      return <ProfileSettings session={session} />;
  }
}

function NeedsAccount({ session }: { readonly session: SessionView }) {
  const { settings, shell } = useTexts();
  if (session.phase === 'starting') return null;
  return (
    <EmptyState
      title={settings.needsAccount}
      actions={
        <>
          <ButtonLink kind="primary" href={placeLink({ at: 'sign-up' })}>
            {shell.createAccount}
          </ButtonLink>
          <ButtonLink href={placeLink({ at: 'sign-in' })}>{shell.haveAccount}</ButtonLink>
        </>
      }
    />
  );
}
