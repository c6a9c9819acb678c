import { ChatList } from './chats/chat-list.ts';
import { chatsCommands, chatsWatches } from './chats/handlers.ts';
import { PinnedChats } from './chats/pinned-chats.ts';
import { deviceCommands } from './device/handlers.ts';
import type { Handlers } from './hub/handlers.ts';
import { ChannelRooms, logCommands, logWatches } from './log/handlers.ts';
import { managementCommands } from './management/handlers.ts';
import { SharedState } from './own-state/shared-state.ts';
import { Dispatches } from './publishing/dispatches.ts';
import { Drafts } from './publishing/drafts.ts';
import { publishingCommands, publishingWatches } from './publishing/handlers.ts';
import { OutgoingPosts } from './publishing/outgoing.ts';
import { type KeptUpload, Uploads } from './publishing/uploads.ts';
import { sessionCommands } from './session/commands.ts';
import type { EnrolmentParts } from './session/enrolment.ts';
import type { House } from './session/house.ts';
import type { Session } from './session/session.ts';
import type { Shelf } from './shelf/shelf.ts';

export interface RoomParts extends EnrolmentParts {
  readonly session: Session;
  readonly files: Shelf<KeptUpload>;
}

/** All rooms of the worker for one account, or for a visitor, and the handlers that lead into them. */
export function openRooms(house: House, parts: RoomParts): Handlers {
  const { session, files } = parts;
  const list = new ChatList(house);
  const rooms = new ChannelRooms(house);
  const shared = new SharedState(house);
  const publishing = openPublishing(house, files, shared);
  const pinned = new PinnedChats(house, shared);
  pinned.changes.on(() => void list.refreshLocals());
  if (house.keys) pinned.start().catch(() => undefined);
  watchOutgoing(house, list, publishing.outgoing);
  publishing.drafts.changes.on(() => void list.refreshLocals());
  const changed = (conversationId: string) => {
    rooms.refresh(conversationId);
    list.relist();
  };
  list.start().catch(() => undefined);
  return {
    commands: {
      ...sessionCommands(house, session, parts),
      ...chatsCommands(house, { list, pinned, drafts: publishing.drafts }),
      ...logCommands(house, rooms),
      ...publishingCommands(house, publishing),
      ...managementCommands(house, changed),
      ...deviceCommands(house, publishing.uploads),
    },
    watches: {
      session: (_args, emit) => {
        const show = () => emit(session.view);
        const end = session.changes.on(show);
        show();
        return { end };
      },
      ...chatsWatches(list),
      ...logWatches(house, { rooms, list, publishing }),
      ...publishingWatches(house, publishing),
    },
  };
}

function openPublishing(house: House, files: Shelf<KeptUpload>, shared: SharedState) {
  const drafts = new Drafts(house, shared);
  const uploads = new Uploads(house, files);
  const dispatches = new Dispatches(house, uploads);
  const outgoing = new OutgoingPosts(house, { dispatches, uploads });
  if (house.keys) {
    drafts.start().catch(() => undefined);
    uploads
      .start()
      .then(() => dispatches.start())
      .catch(() => undefined);
  }
  return { drafts, uploads, dispatches, outgoing };
}

/** The chat list shows which conversations have something on its way. */
function watchOutgoing({ client }: House, list: ChatList, outgoing: OutgoingPosts): void {
  client.outbox.events.on('posted', ({ item, seq }) => list.posted(item.conversationId, seq));
  outgoing.changes.on((conversationId) => {
    outgoing.list(conversationId).then(
      (posts) => {
        const failed = posts.some(({ state }) => state === 'failed');
        const sending = posts.length > 0 ? 'sending' : undefined;
        list.setOutgoing(conversationId, failed ? 'failed' : sending);
      },
      () => undefined,
    );
  });
}
