import { ContentError, type EditView, type PostView } from '@heliogram/content';
import { EntryKind, HeliogramError, limits } from '@heliogram/protocol';
import type { Conversation } from '../conversations/policy.ts';
import type { StoredEntry } from '../storage/port.ts';
import { attachedFile } from './attachments.ts';
import { storedView } from './received-content.ts';
import type { Room } from './room.ts';

/** Newest entries of a channel that are looked through: a crash leaves behind none but the last. */
const LOOKED_THROUGH = limits.maxReadLimit;

/**
 * Records the uses of files whose posts were appended just before a crash, so that nothing sweeps
 * files that an acknowledged post shows (CHN-15).
 */
export async function settleMedia(room: Room): Promise<void> {
  for (const row of await room.media.unsettled()) {
    const conversation = await room.log.byRow(row);
    if (conversation) await settleOne(room, conversation);
  }
}

async function settleOne(room: Room, conversation: Conversation): Promise<void> {
  await settleAvatar(room, conversation.id);
  const { entries } = await room.storage.log.read({
    conversation: conversation.id,
    afterSeq: 0,
    beforeSeq: limits.maxSeq + 1,
    limit: LOOKED_THROUGH,
    from: 'end',
    listed: false,
    maxBytes: LOOKED_THROUGH * limits.maxPayloadBytes,
  });
  for (const entry of entries) await settleEntry(room, conversation, entry);
}

async function settleAvatar(room: Room, conversation: number): Promise<void> {
  const channel = await room.storage.db
    .selectFrom('channels')
    .select('avatar_media_id')
    .where('conversation', '=', conversation)
    .executeTakeFirst();
  if (!channel?.avatar_media_id) return;
  await room.media.attach({ conversation, seq: 0, mediaIds: [channel.avatar_media_id] });
}

async function settleEntry(
  room: Room,
  conversation: Conversation,
  entry: StoredEntry,
): Promise<void> {
  const view = shown(entry);
  if (!view || view.attachments.length === 0 || entry.author === null) return;
  const seq = entry.kind === EntryKind.EDIT ? entry.targetSeq : entry.seq;
  const claim = {
    account: entry.author,
    conversation: conversation.id,
    files: view.attachments.map(attachedFile),
    alreadyIn: await sourcesOf(room, view, { conversation: conversation.id, seq }),
  };
  try {
    const mediaIds = await room.media.claim(claim);
    await room.media.attach({ conversation: conversation.id, seq, mediaIds });
  } catch (error) {
    // Files that are gone by their owner's or a moderator's hand stay gone.
    if (!(error instanceof HeliogramError) || error.retry) throw error;
  }
}

function shown(entry: StoredEntry): PostView | EditView | undefined {
  const posted = entry.kind === EntryKind.POST || entry.kind === EntryKind.EDIT;
  if (!posted || entry.payload === null) return undefined;
  try {
    return storedView(entry.payload);
  } catch (error) {
    if (error instanceof ContentError) return undefined;
    throw error;
  }
}

type Place = { readonly conversation: number; readonly seq: number };

/** Entries whose files a post may show again: its own place, and what it forwards. */
export async function sourcesOf(room: Room, view: PostView | EditView, own: Place) {
  const { forwardedFrom } = view;
  const origin = forwardedFrom && (await room.log.find(forwardedFrom.conversationId));
  return origin ? [own, { conversation: origin.id, seq: forwardedFrom.seq }] : [own];
}
