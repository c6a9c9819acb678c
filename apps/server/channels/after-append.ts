import { EntryKind } from '@heliogram/protocol';
import type { Conversation } from '../conversations/policy.ts';
import type { StoredEntry } from '../storage/port.ts';
import { clearRedacted } from './redactions.ts';
import type { Room } from './room.ts';

/** What follows from durable entries. Returns at once: an append waits for none of it. */
export function afterAppend(
  room: Room,
  conversation: Conversation,
  entries: readonly StoredEntry[],
): void {
  for (const entry of entries) {
    if (entry.kind === EntryKind.POST) room.dayPosts.posted(conversation.id, entry.sentAt);
    if (entry.kind === EntryKind.REDACTION) {
      room.background.run('clear a redacted post', () =>
        clearRedacted(room, conversation, entry.targetSeq),
      );
    } else attachMedia(room, conversation, entry);
  }
  room.search.feed.entriesAppended(conversation, entries);
}

function attachMedia(
  { pendingMedia, background, media }: Room,
  conversation: Conversation,
  entry: StoredEntry,
) {
  if (entry.payload === null) return;
  const mediaIds = pendingMedia.take({ conversation: conversation.id, payload: entry.payload });
  if (mediaIds.length === 0) return;
  const seq = entry.kind === EntryKind.EDIT ? entry.targetSeq : entry.seq;
  background.run('attach media', () =>
    media.attach({ conversation: conversation.id, seq, mediaIds }),
  );
}
