import { lazy, Suspense } from 'react';
import type { SessionView } from '../../bridge/contract/session.ts';
import { ButtonLink } from '../../design/button.tsx';
import { EmptyState } from '../../design/empty-state.tsx';
import { ChannelIcon } from '../../design/icons/conversation.tsx';
import { CompassIcon } from '../../design/icons/places.tsx';
import { useTexts } from '../../language/language.tsx';
import type { Layout } from '../../view-models/layout.ts';
import { type Place, placeLink } from '../../view-models/place.ts';
import { ChannelPlace } from './channel-place.tsx';
import { NamedPlace } from './named-place.tsx';

const Directory = lazy(async () => ({
  default: (await import('../directory/directory.tsx')).Directory,
}));
const InviteScreen = lazy(async () => ({
  default: (await import('../directory/invite-screen.tsx')).InviteScreen,
}));
const NewChannel = lazy(async () => ({
  default: (await import('../management/new-channel.tsx')).NewChannel,
}));
const SettingsPage = lazy(async () => ({
  default: (await import('../settings/settings-page.tsx')).SettingsPage,
}));

interface MainColumnProps {
  readonly place: Place;
  readonly session: SessionView;
  readonly layout: Layout;
}

/** What stands in the middle: a conversation most of the time. */
export function MainColumn(props: MainColumnProps) {
  return (
    <Suspense fallback={pending}>
      <MainScreen {...props} />
    </Suspense>
  );
}

const pending = <div className="pane-fill" aria-busy="true" />;

function MainScreen({ place, session, layout }: MainColumnProps) {
  const leave = layout === 'one' ? 'back' : undefined;
  switch (place.at) {
    case 'chat':
    case 'manage':
      return (
        <ChannelPlace
          conversationId={place.conversationId}
          seq={place.at === 'chat' ? place.seq : undefined}
        />
      );
    case 'name':
      return <NamedPlace username={place.username} seq={place.seq} />;
    case 'directory':
      return <Directory session={session} leave={leave} />;
    case 'new-channel':
      return <NewChannel session={session} leave={leave} />;
    case 'settings':
      return <SettingsPage page={place.page} session={session} layout={layout} />;
    case 'invite':
      return <InviteScreen token={place.token} session={session} leave={leave} />;
    case 'unknown':
      return <UnknownPlace />;
    default:
      return <NothingChosen />;
  }
}

function NothingChosen() {
  const { shell } = useTexts();
  return (
    <div className="pane-fill">
      <EmptyState
        icon={<ChannelIcon size="xl" />}
        title={shell.pick}
        level={1}
        actions={
          <ButtonLink href={placeLink({ at: 'directory' })} icon={<CompassIcon />}>
            {shell.browse}
          </ButtonLink>
        }
      >
        {shell.pickNote}
      </EmptyState>
    </div>
  );
}

function UnknownPlace() {
  const { shell } = useTexts();
  return (
    <div className="pane-fill">
      <EmptyState
        icon={<CompassIcon size="xl" />}
        title={shell.unknown}
        level={1}
        actions={<ButtonLink href={placeLink({ at: 'chats' })}>{shell.toChats}</ButtonLink>}
      >
        {shell.unknownNote}
      </EmptyState>
    </div>
  );
}
