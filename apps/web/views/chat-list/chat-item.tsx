import type { ReactNode } from 'react';
import type { ChatRow } from '../../bridge/contract/chats.ts';
import { Avatar } from '../../design/avatar.tsx';
import { UnreadCount } from '../../design/badge.tsx';
import { ContextMenu } from '../../design/context-menu.tsx';
import { BellOffIcon, PinIcon } from '../../design/icons/conversation.tsx';
import { ClockIcon, FailedIcon } from '../../design/icons/state.tsx';
import { ListRowLink } from '../../design/list-row.tsx';
import { VisuallyHidden } from '../../design/visually-hidden.tsx';
import { fill } from '../../language/fill.ts';
import { useFormats, useTexts } from '../../language/language.tsx';
import { useChatActions } from '../../view-models/chat-actions.ts';
import { placeLink } from '../../view-models/place.ts';
import { useChatEntries } from './chat-entries.tsx';
import { ChatPreview } from './chat-preview.tsx';
import { useSwipe } from './use-swipe.ts';

interface ChatItemProps {
  readonly chat: ChatRow;
  readonly now: number;
  readonly current: boolean;
  readonly tabStop: boolean;
  readonly onVisit: () => void;
}

/** One chat: its link, with a menu behind it and two deeds beside it for fingers. */
export function ChatItem({ chat, now, current, tabStop, onVisit }: ChatItemProps) {
  const { chatList } = useTexts();
  const formats = useFormats();
  const actions = useChatActions()(chat);
  const entries = useChatEntries();
  const swipe = useSwipe({ onToStart: actions.mute, onToEnd: actions.pin });
  const { conversationId, title, avatarUrl } = chat;
  return (
    <div className="chat-item" {...swipe}>
      <span className="chat-item-under" aria-hidden="true">
        <PinIcon />
        <BellOffIcon />
      </span>
      <ContextMenu label={fill(chatList.actions, title)} entries={() => entries(chat)}>
        <ListRowLink
          href={placeLink({ at: 'chat', conversationId })}
          data-chat={conversationId}
          aria-current={current ? 'page' : undefined}
          tabIndex={tabStop ? 0 : -1}
          onFocus={onVisit}
          leading={
            <Avatar id={conversationId} name={title} src={avatarUrl} size="l" shape="tile" />
          }
          title={title}
          marks={chat.muted ? <Said icon={<BellOffIcon size="s" />} text={chatList.muted} /> : null}
          meta={<Meta chat={chat} time={chat.last && formats.brief(chat.last.at, now)} />}
          preview={<ChatPreview chat={chat} />}
          badges={<Badges chat={chat} />}
        />
      </ContextMenu>
    </div>
  );
}

function Said({ icon, text }: { readonly icon: ReactNode; readonly text: string }) {
  return (
    <>
      {icon}
      <VisuallyHidden>{text}</VisuallyHidden>
    </>
  );
}

function Meta({ chat, time }: { readonly chat: ChatRow; readonly time: string | undefined }) {
  const { chatList } = useTexts();
  if (chat.outgoing === 'sending') {
    return (
      <span className="chat-state">
        <Said icon={<ClockIcon size="s" />} text={chatList.sending} />
      </span>
    );
  }
  if (chat.outgoing === 'failed') {
    return (
      <span className="chat-state" data-failed="">
        <Said icon={<FailedIcon size="s" />} text={chatList.failed} />
      </span>
    );
  }
  return time;
}

function Badges({ chat }: { readonly chat: ChatRow }) {
  const { chatList } = useTexts();
  const formats = useFormats();
  if (chat.unread > 0) {
    return (
      <UnreadCount label={formats.plural(chat.unread, chatList.unread)} muted={chat.muted}>
        {formats.compact(chat.unread)}
      </UnreadCount>
    );
  }
  return chat.pinned ? <Said icon={<PinIcon size="s" />} text={chatList.pinned} /> : null;
}
