import { asHeliogramError } from '@heliogram/client';
import { AccountsService, ChannelsService, ValidationError } from '@heliogram/protocol';
import type { ChatsCommands, ChatsWatches } from '../../bridge/contract/chats.ts';
import type { CommandHandlers, WatchHandlers } from '../hub/handlers.ts';
import { avatarOf } from '../media-paths.ts';
import type { Drafts } from '../publishing/drafts.ts';
import type { House } from '../session/house.ts';
import { profileView } from '../session/profiles.ts';
import { soon } from '../soon.ts';
import { cardOf } from './cards.ts';
import type { ChatList } from './chat-list.ts';
import type { PinnedChats } from './pinned-chats.ts';
import { search } from './search.ts';

type Commands = Pick<CommandHandlers, keyof ChatsCommands>;

export function chatsWatches(list: ChatList): Pick<WatchHandlers, keyof ChatsWatches> {
  return {
    chats: (_args, emit) => {
      let wanted = true;
      let shown = false;
      const show = () => {
        shown = true;
        emit(list.view);
      };
      const stop = list.changes.on(show);
      // A next leader says nothing before it knows as much as the last one did.
      void list.stored.then(() => {
        if (wanted && !shown) show();
      });
      return {
        end: () => {
          wanted = false;
          stop();
        },
      };
    },
  };
}

export interface ChatsRooms {
  readonly list: ChatList;
  readonly pinned: PinnedChats;
  readonly drafts: Drafts;
}

export function chatsCommands(house: House, rooms: ChatsRooms): Commands {
  return { ...finding(house, rooms.list), ...joining(house, rooms), ...keeping(rooms) };
}

type Finding = 'listDirectory' | 'search' | 'resolve' | 'previewInvite';

function finding(house: House, list: ChatList): Pick<Commands, Finding> {
  const call = soon(house);
  return {
    listDirectory: async ({ query, offset }) => {
      const request = { query, offset, limit: 40 };
      const { channels, more } = await call(ChannelsService.method.listDirectory, request);
      return { channels: channels.map(cardOf), more };
    },
    search: (question) => search(house, list.all, question),
    resolve: async ({ username }) => {
      await list.stored;
      const own = ownChannel(list, username);
      if (own) return own;
      try {
        const { holder } = await call(AccountsService.method.resolveUsername, { username });
        if (holder.case === 'account') {
          return { kind: 'account', profile: profileView(holder.value) };
        }
        if (holder.case === 'conversationId') {
          return { kind: 'channel', conversationId: holder.value };
        }
      } catch (error) {
        if (asHeliogramError(error).code !== 'not_found') throw error;
      }
      return { kind: 'nobody' };
    },
    previewInvite: async ({ token }) => {
      const preview = await call(ChannelsService.method.previewInvite, { inviteToken: token });
      const { title, description, subscribers, approval, avatarHue, conversationId } = preview;
      const facts = { title, description, subscribers, approval, avatarHue, ...avatarOf(preview) };
      return conversationId === '' ? facts : { ...facts, conversationId };
    },
  };
}

/** One's own channels are known by name without asking, also where there is no network. */
function ownChannel(list: ChatList, username: string) {
  const chat = list.all.find((each) => each.username === username);
  return chat && ({ kind: 'channel', conversationId: chat.conversationId } as const);
}

function joining(
  house: House,
  { list, pinned, drafts }: ChatsRooms,
): Pick<Commands, 'follow' | 'leave' | 'setMuted'> {
  const call = soon(house);
  return {
    follow: async (args) => {
      const ref =
        'inviteToken' in args
          ? ({ case: 'inviteToken', value: args.inviteToken } as const)
          : ({ case: 'conversationId', value: args.conversationId } as const);
      const { channel, requested } = await call(ChannelsService.method.follow, { ref });
      list.relist();
      const conversationId = channel?.conversationId ?? '';
      if (conversationId === '') throw new ValidationError('not_found', 'channel not found');
      return { conversationId, requested };
    },
    leave: async ({ conversationId }) => {
      await call(ChannelsService.method.leave, { conversationId });
      await pinned.unpin(conversationId);
      await drafts.inTurn(conversationId, ({ change }) => change(noDraft));
      list.relist();
      return null;
    },
    setMuted: async ({ conversationId, muted }) => {
      await call(ChannelsService.method.setMuted, { conversationId, muted });
      list.relist();
      return null;
    },
  };
}

const noDraft = { text: '', replyTo: null, editing: null, attachments: [] };

function keeping({ list, pinned: top }: ChatsRooms): Pick<Commands, 'setPinnedChat' | 'markRead'> {
  return {
    setPinnedChat: async ({ conversationId, pinned }) => {
      await (pinned ? top.pin(conversationId) : top.unpin(conversationId));
      await list.refreshLocals();
      return null;
    },
    markRead: async ({ conversationId, seq }) => {
      await list.markRead(conversationId, seq);
      return null;
    },
  };
}
