import { EntryKind, limits, ValidationError } from '@heliogram/protocol';
import type { Conversation } from '../conversations/policy.ts';
import type { Database, StoredEntry } from '../storage/port.ts';
import { openChannel, requireRight } from './access.ts';
import { deviceOf } from './callers.ts';
import { appendNote } from './notes.ts';
import type { ChannelHandlers, Room } from './room.ts';

export function pinHandlers(room: Room): Pick<ChannelHandlers, 'setPinned'> {
  return {
    setPinned: async ({ conversationId, seq, pinned }, context) => {
      const caller = deviceOf(context);
      const { conversation } = await openChannel(room.storage.db, caller, { conversationId });
      const changed = await room.storage.transaction(async (database) => {
        requireRight(await openChannel(database, caller, { conversationId }), 'edit');
        if (pinned) await standingPost(room, conversation, seq);
        const pin = { conversation: conversation.id, seq };
        return pinned ? addPin(room, database, pin) : removePin(database, pin);
      });
      if (changed) await tell(room, conversation, { seq, pinned });
      return {};
    },
  };
}

/** A post that still says something. Throws `not_found`. */
export async function standingPost(
  room: Room,
  conversation: Conversation,
  seq: number,
): Promise<StoredEntry & { readonly payload: Uint8Array }> {
  const entry = await room.storage.log.entry(conversation.id, seq);
  const { payload } = entry ?? {};
  if (entry && payload && stands(entry)) return { ...entry, payload };
  throw new ValidationError('not_found', 'post not found');
}

export function stands(entry: StoredEntry): boolean {
  return entry.kind === EntryKind.POST && !entry.redacted && entry.takenDownReason === null;
}

type Pin = { readonly conversation: number; readonly seq: number };

async function addPin(room: Room, database: Database, pin: Pin): Promise<boolean> {
  const pins = await database
    .selectFrom('pins')
    .select('seq')
    .where('conversation', '=', pin.conversation)
    .execute();
  if (pins.some(({ seq }) => seq === pin.seq)) return false;
  if (pins.length >= limits.maxPins) {
    throw new ValidationError(
      'limit_reached',
      `a channel can have at most ${limits.maxPins} pinned posts`,
    );
  }
  await database
    .insertInto('pins')
    .values({ ...pin, pinned_at: room.runtime.now() })
    .execute();
  return true;
}

export async function removePin(database: Database, pin: Pin): Promise<boolean> {
  const { numDeletedRows } = await database
    .deleteFrom('pins')
    .where('conversation', '=', pin.conversation)
    .where('seq', '=', pin.seq)
    .executeTakeFirst();
  return numDeletedRows > 0n;
}

async function tell(
  room: Room,
  conversation: Conversation,
  { seq, pinned }: { readonly seq: number; readonly pinned: boolean },
): Promise<void> {
  await appendNote(room, conversation, { case: pinned ? 'pinnedSeq' : 'unpinnedSeq', value: seq });
  room.notices.conversationChanged(conversation.conversationId);
}
