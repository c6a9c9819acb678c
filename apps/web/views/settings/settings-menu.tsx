import './settings.css';
import type { ReactNode } from 'react';
import type { SessionView } from '../../bridge/contract/session.ts';
import { Avatar } from '../../design/avatar.tsx';
import { BellIcon } from '../../design/icons/conversation.tsx';
import { DeviceIcon, SignOutIcon, UserIcon } from '../../design/icons/people.tsx';
import { GlobeIcon, StorageIcon, SunIcon } from '../../design/icons/places.tsx';
import { InfoIcon } from '../../design/icons/state.tsx';
import { ListRowLink } from '../../design/list-row.tsx';
import { useTexts } from '../../language/language.tsx';
import { placeLink } from '../../view-models/place.ts';
import type { SignedIn } from '../../view-models/session.ts';
import { goUpTo } from '../../view-models/way-back.ts';
import { Pane } from '../shell/pane.tsx';

interface SettingsMenuProps {
  readonly page: string;
  readonly session: SessionView;
}

interface Entry {
  readonly page: string;
  readonly title: string;
  readonly icon: ReactNode;
  /** Settings of the account, not of this browser. */
  readonly account?: boolean;
}

/** The settings, as a list to choose from. */
export function SettingsMenu({ page, session }: SettingsMenuProps) {
  const { settings } = useTexts();
  const entries: readonly Entry[] = [
    { page: 'profile', title: settings.profile, icon: <UserIcon />, account: true },
    { page: 'devices', title: settings.devices, icon: <DeviceIcon />, account: true },
    { page: 'appearance', title: settings.appearance, icon: <SunIcon /> },
    { page: 'language', title: settings.language, icon: <GlobeIcon /> },
    { page: 'notifications', title: settings.notifications, icon: <BellIcon />, account: true },
    { page: 'storage', title: settings.storage, icon: <StorageIcon /> },
    { page: 'account', title: settings.account, icon: <SignOutIcon />, account: true },
    { page: 'about', title: settings.about, icon: <InfoIcon /> },
  ];
  const here = session.phase === 'signed-in';
  return (
    <Pane title={settings.title} leave="back" onLeave={() => goUpTo({ at: 'chats' })}>
      {here ? <Head session={session} /> : null}
      <nav className="settings-list" aria-label={settings.title}>
        {entries
          .filter((entry) => here || !entry.account)
          .map((entry) => (
            <ListRowLink
              key={entry.page}
              density="compact"
              href={placeLink({ at: 'settings', page: entry.page })}
              aria-current={entry.page === page ? 'page' : undefined}
              leading={entry.icon}
              title={entry.title}
            />
          ))}
      </nav>
    </Pane>
  );
}

function Head({ session }: { readonly session: SignedIn }) {
  const { accountId, name, username, avatarUrl } = session.me;
  return (
    <div className="settings-head">
      <Avatar id={accountId} name={name} src={avatarUrl} size="xl" />
      <div>
        <strong dir="auto">{name}</strong>
        {username === '' ? null : (
          <p className="pane-note">
            <bdi>@{username}</bdi>
          </p>
        )}
      </div>
    </div>
  );
}
