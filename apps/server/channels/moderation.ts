import {
  EntryKind,
  isConversationId,
  limits,
  username,
  ValidationError,
} from '@heliogram/protocol';
import type { Conversation } from '../conversations/policy.ts';
import type { StoredEntry } from '../storage/port.ts';
import { findChannel, noSuchChannel } from './access.ts';
import type { Room } from './room.ts';

/** The operator's hand on channels. Who may use it is the caller's to check. */
export type ChannelModeration = {
  /** Withholds a channel (`seq` 0) or one post, for a reason that everybody is shown. */
  takeDown(target: ModerationTarget & { readonly reason: string }): Promise<void>;
  /** Gives it back. What stands already stays as it is. */
  restore(target: ModerationTarget): Promise<void>;
};

export type ModerationTarget = {
  /** Conversation id, or username with or without @. Throws `not_found`. */
  readonly channel: string;
  readonly seq: number;
};

export function channelModeration(room: Room): ChannelModeration {
  return {
    takeDown: ({ reason, ...target }) => decide(room, target, reason),
    restore: (target) => decide(room, target, null),
  };
}

async function decide(
  room: Room,
  { channel, seq }: ModerationTarget,
  reason: string | null,
): Promise<void> {
  const ref = isConversationId(channel)
    ? { conversationId: channel }
    : { username: username(channel) };
  const access = await findChannel(room.storage.db, { kind: 'operator' }, ref);
  if (!access || access.channel.owner === 0) throw noSuchChannel();
  const { conversation } = access;
  if (seq === 0) await decideChannel(room, conversation, reason);
  else await decidePost(room, conversation, { seq, reason });
  room.notices.conversationChanged(conversation.conversationId);
}

async function decideChannel(
  room: Room,
  conversation: Conversation,
  reason: string | null,
): Promise<void> {
  await room.storage.db
    .updateTable('channels')
    .set({ taken_down_reason: reason })
    .where('conversation', '=', conversation.id)
    .execute();
  if (reason !== null) room.notices.accessEnded(conversation.conversationId, 'everybody');
  room.search.feed.channelChanged(conversation);
}

async function decidePost(
  room: Room,
  conversation: Conversation,
  { seq, reason }: { readonly seq: number; readonly reason: string | null },
): Promise<void> {
  const entry = await room.storage.log.entry(conversation.id, seq);
  if (entry?.kind !== EntryKind.POST) throw new ValidationError('not_found', 'post not found');
  for (const part of [...(await editsOf(room, conversation, entry)), seq]) {
    await room.storage.log.setTakenDown(conversation.id, part, reason);
  }
  room.search.feed.postChanged(conversation, seq);
}

/** Seqs of every edit of the post: whoever heals gaps reads them too. The newest is the last of them. */
async function editsOf(
  { storage }: Room,
  { id: conversation }: Conversation,
  { seq, revision }: StoredEntry,
): Promise<readonly number[]> {
  const edits: number[] = [];
  let afterSeq = seq;
  while (revision && afterSeq < revision.seq) {
    const { entries } = await storage.log.read({
      conversation,
      afterSeq,
      beforeSeq: revision.seq + 1,
      limit: limits.maxReadLimit,
      from: 'start',
      listed: false,
      maxBytes: limits.maxReadBytes,
    });
    for (const entry of entries) {
      if (entry.kind === EntryKind.EDIT && entry.targetSeq === seq) edits.push(entry.seq);
    }
    afterSeq = entries.at(-1)?.seq ?? revision.seq;
  }
  return edits;
}
