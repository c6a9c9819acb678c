import type { ReactNode } from 'react';
import { IconButton } from '../../design/button.tsx';
import {
  BellIcon,
  BellOffIcon,
  EyeIcon,
  LinkIcon,
  SmileIcon,
} from '../../design/icons/conversation.tsx';
import {
  BoldIcon,
  CodeIcon,
  ItalicIcon,
  QuoteIcon,
  StrikeIcon,
} from '../../design/icons/formatting.tsx';
import { ClockIcon } from '../../design/icons/state.tsx';
import { MenuButton } from '../../design/menu-button.tsx';
import type { MenuEntry } from '../../design/menu-entry.ts';
import { useTexts } from '../../language/language.tsx';
import type { SendBy } from '../../view-models/composer-keys.ts';
import type { OpenDialog } from './composer-dialogs.tsx';

export type Format = 'bold' | 'italic' | 'strike' | 'code' | 'quote' | 'link' | 'emoji';

interface ComposerToolsProps {
  readonly onFormat: (format: Format) => void;
  readonly previewing: boolean;
  readonly onPreview: (previewing: boolean) => void;
  readonly silent: boolean;
  readonly onSilent: (silent: boolean) => void;
  readonly sendBy: SendBy;
  readonly onSendBy: (sendBy: SendBy) => void;
  readonly onOpen: (dialog: OpenDialog) => void;
  readonly onShowScheduled: () => void;
  readonly editing: boolean;
  /** Servers keep no answers for later. */
  readonly answering: boolean;
  readonly children: ReactNode;
}

/** Formatting at the start, how it goes out at the end. */
export function ComposerTools(props: ComposerToolsProps) {
  const { previewing, onPreview, silent, onSilent, onOpen, editing, answering } = props;
  const texts = useTexts();
  const words = texts.composer;
  return (
    <div className="composer-tools" role="toolbar" aria-label={words.formatting}>
      <FormatButtons onFormat={props.onFormat} />
      <IconButton
        size="s"
        label={words.preview}
        pressed={previewing}
        onPointerDown={keepCursor}
        onClick={() => onPreview(!previewing)}
      >
        <EyeIcon size="s" />
      </IconButton>
      {props.children}
      {editing ? null : (
        <>
          <IconButton
            size="s"
            label={words.silent}
            pressed={silent}
            onPointerDown={keepCursor}
            onClick={() => onSilent(!silent)}
          >
            {silent ? <BellOffIcon size="s" /> : <BellIcon size="s" />}
          </IconButton>
          {answering ? null : (
            <IconButton size="s" label={words.schedule} onClick={() => onOpen('schedule')}>
              <ClockIcon size="s" />
            </IconButton>
          )}
        </>
      )}
      <MenuButton size="s" label={texts.app.more} entries={useMoreEntries(props)} />
    </div>
  );
}

// A press on a tool leaves the cursor, and on phones the keyboard, where it is.
function keepCursor(event: React.PointerEvent): void {
  event.preventDefault();
}

function FormatButtons({ onFormat }: Pick<ComposerToolsProps, 'onFormat'>) {
  const texts = useTexts().composer;
  const buttons = [
    { format: 'bold', icon: <BoldIcon size="s" />, keys: 'Control+B' },
    { format: 'italic', icon: <ItalicIcon size="s" />, keys: 'Control+I' },
    { format: 'strike', icon: <StrikeIcon size="s" />, keys: 'Control+Shift+X' },
    { format: 'code', icon: <CodeIcon size="s" />, keys: 'Control+E' },
    { format: 'quote', icon: <QuoteIcon size="s" />, keys: 'Control+Shift+.' },
    { format: 'link', icon: <LinkIcon size="s" />, keys: 'Control+K' },
    { format: 'emoji', icon: <SmileIcon size="s" />, keys: undefined },
  ] as const;
  return buttons.map(({ format, icon, keys }) => (
    <IconButton
      key={format}
      size="s"
      label={texts[format]}
      data-format={format}
      aria-keyshortcuts={keys}
      onPointerDown={keepCursor}
      onClick={() => onFormat(format)}
    >
      {icon}
    </IconButton>
  ));
}

function useMoreEntries(props: ComposerToolsProps): readonly MenuEntry[] {
  const texts = useTexts();
  const { sendBy, onSendBy, onShowScheduled } = props;
  return [
    {
      id: 'scheduled',
      label: texts.channel.scheduledPosts,
      icon: <ClockIcon />,
      onAction: onShowScheduled,
    },
    {
      id: 'enter',
      label: texts.composer.enterSends,
      checked: sendBy === 'enter',
      onAction: () => onSendBy(sendBy === 'enter' ? 'ctrl-enter' : 'enter'),
    },
  ];
}
