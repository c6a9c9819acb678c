import './channel-header.css';
import type { ChannelFacts } from '../../bridge/contract/log.ts';
import { Avatar } from '../../design/avatar.tsx';
import { IconButton } from '../../design/button.tsx';
import { BellIcon, BellOffIcon, SelectIcon } from '../../design/icons/conversation.tsx';
import { BackIcon, SearchIcon } from '../../design/icons/navigation.tsx';
import { ClockIcon, InfoIcon } from '../../design/icons/state.tsx';
import { MenuButton } from '../../design/menu-button.tsx';
import type { MenuEntry } from '../../design/menu-entry.ts';
import { VisuallyHidden } from '../../design/visually-hidden.tsx';
import { useFormats, useTexts } from '../../language/language.tsx';
import { useCall } from '../../view-models/app.tsx';
import { useLayout } from '../../view-models/layout.ts';
import { placeLink } from '../../view-models/place.ts';
import { useQuietly } from '../../view-models/task.ts';
import { goBack, goTo } from '../../view-models/way-back.ts';

interface ChannelHeaderProps {
  readonly channel: ChannelFacts;
  readonly signedIn: boolean;
  readonly onSearch: () => void;
  readonly onSelect: () => void;
  readonly onScheduled: () => void;
}

/** Whose log this is; a press tells more. */
export function ChannelHeader(props: ChannelHeaderProps) {
  const { channel, onSearch } = props;
  const texts = useTexts();
  const formats = useFormats();
  const layout = useLayout();
  const entries = useHeaderEntries(props);
  const { conversationId, title, avatarUrl, subscribers, muted } = channel;
  return (
    <header className="channel-header">
      {layout === 'one' ? (
        <IconButton label={texts.app.back} onClick={goBack}>
          <BackIcon />
        </IconButton>
      ) : null}
      <a
        className="channel-title focus-inside"
        href={placeLink({ at: 'manage', conversationId, page: 'info' })}
      >
        <Avatar id={conversationId} name={title} src={avatarUrl} shape="tile" />
        <span className="channel-title-text">
          <h1 dir="auto">{title}</h1>
          <span className="channel-title-note">
            {formats.plural(subscribers, texts.channel.subscribers)}
          </span>
        </span>
        {muted ? (
          <>
            <BellOffIcon size="s" />
            <VisuallyHidden>{texts.channel.muted}</VisuallyHidden>
          </>
        ) : null}
      </a>
      <IconButton label={texts.channel.search} onClick={onSearch}>
        <SearchIcon />
      </IconButton>
      <MenuButton label={texts.app.more} entries={entries} />
    </header>
  );
}

function useHeaderEntries(props: ChannelHeaderProps): readonly MenuEntry[] {
  const { channel, signedIn, onSelect, onScheduled } = props;
  const texts = useTexts().channel;
  const call = useCall();
  const quietly = useQuietly();
  const { conversationId, muted, rights, role } = channel;
  const member = role === 'owner' || role === 'admin' || role === 'subscriber';
  const entries: (MenuEntry | false)[] = [
    {
      id: 'info',
      label: texts.info,
      icon: <InfoIcon />,
      onAction: () => goTo({ at: 'manage', conversationId, page: 'info' }),
    },
    member && {
      id: 'mute',
      label: muted ? texts.unmute : texts.mute,
      icon: muted ? <BellIcon /> : <BellOffIcon />,
      onAction: () => quietly(call('setMuted', { conversationId, muted: !muted })),
    },
    signedIn && {
      id: 'select',
      label: texts.selectSeveral,
      icon: <SelectIcon />,
      onAction: onSelect,
    },
    rights.post && {
      id: 'scheduled',
      label: texts.scheduledPosts,
      icon: <ClockIcon />,
      onAction: onScheduled,
    },
  ];
  return entries.filter((entry) => entry !== false);
}
