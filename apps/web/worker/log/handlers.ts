import { ChannelsService } from '@heliogram/protocol';
import type { LogCommands, LogWatches } from '../../bridge/contract/log.ts';
import type { ChatList } from '../chats/chat-list.ts';
import type { CommandHandlers, WatchHandlers } from '../hub/handlers.ts';
import type { PublishingRooms } from '../publishing/handlers.ts';
import type { House } from '../session/house.ts';
import { soon } from '../soon.ts';
import { ChannelRoom } from './channel-facts.ts';
import { LogWatch } from './log-watch.ts';

/** The channels that somebody looks at, each fetched once however many look. */
export class ChannelRooms {
  readonly #house: House;
  readonly #rooms = new Map<string, ChannelRoom>();

  constructor(house: House) {
    this.#house = house;
    house.client.connection.events.on('push', (frame) => {
      if (frame.case !== 'change') return;
      const { what } = frame.value;
      if (what.case === 'conversationId') this.refresh(what.value);
      // What the account may do in a channel is a change of the account.
      if (what.case === 'account') this.#refreshAll();
    });
    house.client.connection.events.on('ready', () => this.#refreshAll());
    house.client.connection.events.on('failed', () => {
      if (house.reading.asVisitor) this.#refreshAll();
    });
  }

  of(conversationId: string): ChannelRoom {
    const known = this.#rooms.get(conversationId);
    if (known) return known;
    const room = new ChannelRoom(this.#house, conversationId);
    this.#rooms.set(conversationId, room);
    void room.load();
    return room;
  }

  refresh(conversationId: string): void {
    void this.#rooms.get(conversationId)?.refresh();
  }

  #refreshAll(): void {
    for (const room of this.#rooms.values()) void room.refresh();
  }
}

export function logWatches(
  house: House,
  parts: {
    readonly rooms: ChannelRooms;
    readonly list: ChatList;
    readonly publishing: PublishingRooms;
  },
): Pick<WatchHandlers, keyof LogWatches> {
  return {
    channel: ({ conversationId }, emit) => {
      const room = parts.rooms.of(conversationId);
      const show = () => {
        if (room.view) emit(room.view);
      };
      const end = room.changes.on(show);
      show();
      return { end };
    },
    log: ({ conversationId, at }, emit) => {
      const room = parts.rooms.of(conversationId);
      return new LogWatch({ house, room, emit, ...parts }, at);
    },
  };
}

export function logCommands(
  house: House,
  rooms: ChannelRooms,
): Pick<CommandHandlers, keyof LogCommands> {
  const call = soon(house);
  return {
    react: async (reaction) => {
      const { conversationId, seq, emoji } = reaction;
      await call(ChannelsService.method.react, reaction);
      rooms.of(conversationId).reactions.set(seq, emoji);
      return null;
    },
    setPinnedPost: async (pin) => {
      await call(ChannelsService.method.setPinned, pin);
      rooms.refresh(pin.conversationId);
      return null;
    },
  };
}
