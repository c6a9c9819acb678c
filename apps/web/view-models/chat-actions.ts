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
  const { app, chatList } = useTexts();
  const said = { left: chatList.left, undo: app.undo };
  return (chat) => actionsOf(chat, { call, quietly, said });
}

interface Means {
  readonly call: Call;
  readonly quietly: (work: Promise<unknown>) => void;
  readonly said: { readonly left: string; readonly undo: string };
}

function actionsOf(chat: ChatRow, { call, quietly, said }: Means): ChatActions {
  const { conversationId, pinned, muted, unread, role } = chat;
  const leave = async () => {
    await call('leave', { conversationId });
    // An unlisted channel cannot be followed again by its id.
    const again = chat.username !== '' && role !== 'requested';
    const back = () => quietly(call('follow', { conversationId }));
    toasts.show({
      text: fill(said.left, chat.title),
      action: again ? { label: said.undo, run: back } : undefined,
    });
  };
  return {
    pin: () => quietly(call('setPinnedChat', { conversationId, pinned: !pinned })),
    mute: () => quietly(call('setMuted', { conversationId, muted: !muted })),
    markRead:
      unread > 0 ? () => quietly(call('markRead', { conversationId, seq: everything })) : undefined,
    leave: role === 'owner' ? undefined : () => quietly(leave()),
  };
}
