import './chat-list.css';
import { type ReactNode, useCallback } from 'react';
import type { ChatRow } from '../../bridge/contract/chats.ts';
import type { SessionView } from '../../bridge/contract/session.ts';
import { ButtonLink } from '../../design/button.tsx';
import { EmptyState } from '../../design/empty-state.tsx';
import { ChannelIcon, ComposeIcon } from '../../design/icons/conversation.tsx';
import { MenuIcon, PlusIcon, SearchIcon } from '../../design/icons/navigation.tsx';
import { CompassIcon, SettingsIcon } from '../../design/icons/places.tsx';
import { InfoIcon } from '../../design/icons/state.tsx';
import { MenuButton } from '../../design/menu-button.tsx';
import { RowSkeleton } from '../../design/skeleton.tsx';
import { Spinner } from '../../design/spinner.tsx';
import { fill } from '../../language/fill.ts';
import { useTexts } from '../../language/language.tsx';
import { useWatch } from '../../view-models/app.tsx';
import { useArrivalNews } from '../../view-models/arrivals.ts';
import type { Layout } from '../../view-models/layout.ts';
import { type Place, placeLink } from '../../view-models/place.ts';
import { openSearch } from '../../view-models/search-panel.ts';
import { goTo } from '../../view-models/way-back.ts';
import { ChatList } from './chat-list.tsx';

interface ChatListScreenProps {
  readonly place: Place;
  readonly session: SessionView;
  readonly layout: Layout;
  readonly onHelp: () => void;
}

const none: readonly ChatRow[] = [];

function currentIn(chats: readonly ChatRow[], place: Place): string | undefined {
  if ('conversationId' in place) return place.conversationId;
  if (place.at !== 'name') return undefined;
  return chats.find(({ username }) => username === place.username)?.conversationId;
}

/** One's chats, with the way to everything else above them. */
export function ChatListScreen({ place, session, layout, onHelp }: ChatListScreenProps) {
  const { chatList } = useTexts();
  const view = useWatch('chats', null);
  const current = currentIn(view?.chats ?? none, place);
  const say = useCallback((title: string) => fill(chatList.moved, title), [chatList]);
  useArrivalNews(view?.chats ?? none, current, say);
  return (
    <div className="chat-list-screen">
      <header className="pane-bar">
        {layout === 'one' ? <h1 className="list-heading">{chatList.title}</h1> : null}
        <MainMenu onHelp={onHelp} session={session} />
        <button
          type="button"
          className="chat-list-search"
          aria-label={chatList.search}
          onClick={() => openSearch(layout)}
        >
          <SearchStatus session={session} />
        </button>
      </header>
      {view?.loaded ? (
        <ChatList chats={view.chats} current={current} empty={<Empty />} />
      ) : (
        <ListSkeleton />
      )}
      {session.phase === 'signed-in' && session.suspended ? null : (
        <ButtonLink
          kind="primary"
          className="new-channel-button"
          href={placeLink({ at: 'new-channel' })}
          aria-label={chatList.newChannel}
          data-tip={chatList.newChannel}
        >
          <ComposeIcon size="l" />
        </ButtonLink>
      )}
    </div>
  );
}

function MainMenu({ onHelp, session }: Pick<ChatListScreenProps, 'onHelp' | 'session'>) {
  const { shell } = useTexts();
  const mayCreate = session.phase !== 'signed-in' || !session.suspended;
  const create = {
    id: 'new',
    label: shell.newChannel,
    icon: <PlusIcon />,
    onAction: () => goTo({ at: 'new-channel' }),
  };
  return (
    <MenuButton
      label={shell.menu}
      icon={<MenuIcon />}
      entries={[
        ...(mayCreate ? [create] : []),
        {
          id: 'directory',
          label: shell.directory,
          icon: <CompassIcon />,
          onAction: () => goTo({ at: 'directory' }),
        },
        {
          id: 'settings',
          label: shell.settings,
          icon: <SettingsIcon />,
          onAction: () => goTo({ at: 'settings', page: '' }),
        },
        { id: 'help', label: shell.help, icon: <InfoIcon />, shortcut: '?', onAction: onHelp },
      ]}
    />
  );
}

/** The field says how the connection stands: it is where one looks first. */
function SearchStatus({ session }: { readonly session: SessionView }): ReactNode {
  const { chatList, shell } = useTexts();
  const connecting = session.phase !== 'starting' && session.reach === 'connecting';
  if (connecting) {
    return (
      <>
        <Spinner size="s" />
        {shell.connecting}
      </>
    );
  }
  return (
    <>
      <SearchIcon size="s" />
      {chatList.search}
    </>
  );
}

function Empty() {
  const { chatList } = useTexts();
  return (
    <EmptyState
      icon={<ChannelIcon size="xl" />}
      title={chatList.emptyTitle}
      actions={
        <ButtonLink kind="primary" icon={<CompassIcon />} href={placeLink({ at: 'directory' })}>
          {chatList.findChannels}
        </ButtonLink>
      }
    >
      {chatList.emptyNote}
    </EmptyState>
  );
}

function ListSkeleton() {
  const { app } = useTexts();
  return (
    <div className="chat-list-scroll" role="status" aria-busy="true" aria-label={app.loading}>
      {Array.from({ length: 8 }, (_, row) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: they are all the same.
        <RowSkeleton key={row} />
      ))}
    </div>
  );
}
