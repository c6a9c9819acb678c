import type { ChatRow } from '../../bridge/contract/chats.ts';
import { BellIcon, BellOffIcon, PinIcon, UnpinIcon } from '../../design/icons/conversation.tsx';
import { CheckIcon } from '../../design/icons/navigation.tsx';
import { SignOutIcon } from '../../design/icons/people.tsx';
import type { MenuEntry } from '../../design/menu-entry.ts';
import { useTexts } from '../../language/language.tsx';
import { useChatActions } from '../../view-models/chat-actions.ts';

/** The menu of a chat's row. */
export function useChatEntries(): (chat: ChatRow) => readonly MenuEntry[] {
  const { chatList } = useTexts();
  const actionsOf = useChatActions();
  return (chat) => {
    const { pin, mute, markRead, leave } = actionsOf(chat);
    const entries: (MenuEntry | undefined)[] = [
      {
        id: 'pin',
        label: chat.pinned ? chatList.unpin : chatList.pin,
        icon: chat.pinned ? <UnpinIcon /> : <PinIcon />,
        onAction: pin,
      },
      {
        id: 'mute',
        label: chat.muted ? chatList.unmute : chatList.mute,
        icon: chat.muted ? <BellIcon /> : <BellOffIcon />,
        onAction: mute,
      },
      markRead && {
        id: 'read',
        label: chatList.markRead,
        icon: <CheckIcon />,
        onAction: markRead,
      },
      leave && { id: 'before-leave', separator: true },
      leave && {
        id: 'leave',
        label: chat.role === 'requested' ? chatList.takeBack : chatList.leave,
        icon: <SignOutIcon />,
        danger: true,
        onAction: leave,
      },
    ];
    return entries.filter((entry) => entry !== undefined);
  };
}
