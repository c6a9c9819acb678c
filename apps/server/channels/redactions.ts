import type { Conversation } from '../conversations/policy.ts';
import { removePin } from './pins.ts';
import { erasePostReactions } from './reactions.ts';
import type { Room } from './room.ts';

const MARK = 'redaction:';

/** Remembers, before a post is deleted, that reactions, pin and files have to go with it. */
export async function markRedaction(
  { storage }: Pick<Room, 'storage'>,
  conversation: Conversation,
  seq: number,
): Promise<void> {
  await storage.db
    .insertInto('settings')
    .values({ key: markOf(conversation.id, seq), value: '' })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

/** Reactions, pin and files go with their post; the mark goes last, so that a crash repeats it all. */
export async function clearRedacted(
  room: Room,
  conversation: Conversation,
  seq: number,
): Promise<void> {
  const post = { conversation: conversation.id, seq };
  const unpinned = await room.storage.transaction(async (database) => {
    await erasePostReactions(database, post);
    return removePin(database, post);
  });
  if (unpinned) room.notices.conversationChanged(conversation.conversationId);
  await room.media.detach(post);
  await unmark(room, post);
}

/** Clears what a crash left of deleted posts, and forgets deletions that never came to be. */
export async function finishRedactions(room: Room): Promise<void> {
  const marks = await room.storage.db
    .selectFrom('settings')
    .select('key')
    .where('key', '>=', MARK)
    .where('key', '<', `${MARK}~`)
    .execute();
  for (const { key } of marks) {
    const [conversation = 0, seq = 0] = key.slice(MARK.length).split(':').map(Number);
    const known = await room.log.byRow(conversation);
    const entry = known && (await room.storage.log.entry(conversation, seq));
    if (known && entry?.redacted) await clearRedacted(room, known, seq);
    else await unmark(room, { conversation, seq });
  }
}

type Post = { readonly conversation: number; readonly seq: number };

async function unmark({ storage }: Room, { conversation, seq }: Post): Promise<void> {
  await storage.db.deleteFrom('settings').where('key', '=', markOf(conversation, seq)).execute();
}

function markOf(conversation: number, seq: number): string {
  return `${MARK}${conversation}:${seq}`;
}
