import type { ChatRow } from '../bridge/contract/chats.ts';
import { fill } from '../language/fill.ts';
import { useTexts } from '../language/language.tsx';
import { type Call, useCall } from './app.tsx';
import { useQuietly } from './task.ts';
import { toasts } from './toasts.ts';

export interface ChatActions {
  readonly pin: () => void;
  readonly mute: () => void;
  /** Undefined when nothing is unread. */
  readonly markRead: (() => void) | undefined;
  /** Undefined for owners, who delete instead. */
  readonly leave: (() => void) | undefined;
}

/** The largest seq there can be: marks stop at the last post. */
const everything = 0xffff_ffff;

/** What can be done with a chat from its row. */
export function useChatActions(): (chat: ChatRow) => ChatActions {
  const call = useCall();
  const quietly = useQuietly();
  const leave = useLeave();
  return (chat) => actionsOf(chat, { call, quietly, leave });
}

type Left = Pick<ChatRow, 'conversationId' | 'title' | 'username' | 'role'>;

/** Leaves a channel; where one could follow it again, that is offered. */
export function useLeave(): (chat: Left) => Promise<void> {
  const call = useCall();
  const quietly = useQuietly();
  const { app, chatList } = useTexts();
  return async ({ conversationId, title, username, role }) => {
    await call('leave', { conversationId });
    // An unlisted channel cannot be followed again by its id.
    const again = username !== '' && role !== 'requested';
    const back = () => quietly(call('follow', { conversationId }));
    toasts.show({
      text: fill(chatList.left, title),
      action: again ? { label: app.undo, run: back } : undefined,
    });
  };
}

interface Means {
  readonly call: Call;
  readonly quietly: (work: Promise<unknown>) => void;
  readonly leave: (chat: Left) => Promise<void>;
}

function actionsOf(chat: ChatRow, { call, quietly, leave }: Means): ChatActions {
  const { conversationId, pinned, muted, unread, role } = chat;
  return {
    pin: () => quietly(call('setPinnedChat', { conversationId, pinned: !pinned })),
    mute: () => quietly(call('setMuted', { conversationId, muted: !muted })),
    markRead:
      unread > 0 ? () => quietly(call('markRead', { conversationId, seq: everything })) : undefined,
    leave: role === 'owner' ? undefined : () => quietly(leave(chat)),
  };
}
