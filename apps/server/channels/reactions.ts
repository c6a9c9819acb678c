import { limits, ValidationError, VerificationError } from '@heliogram/protocol';
import type { Database } from '../storage/port.ts';
import { openChannel, requireStanding } from './access.ts';
import { deviceOf } from './callers.ts';
import { countersOf } from './counters.ts';
import { requireEmoji } from './emoji.ts';
import { standingPost } from './pins.ts';
import type { ChannelHandlers, Room } from './room.ts';

export function reactionHandlers(room: Room): Pick<ChannelHandlers, 'react' | 'getOwnReactions'> {
  return {
    react: async ({ conversationId, seq, emoji }, context) => {
      const caller = deviceOf(context);
      const access = await openChannel(room.storage.db, caller, { conversationId });
      requireStanding(access);
      const wanted = emoji === '' ? null : requireEmoji(emoji);
      const { conversation } = access;
      const changed = await room.storage.transaction(async (database) => {
        const fresh = await openChannel(database, caller, { conversationId });
        requireStanding(fresh);
        // In here, so that a deletion of the post clears the reaction or comes before it.
        await standingPost(room, conversation, seq);
        if (wanted !== null && fresh.channel.forbid_reactions !== 0) {
          throw new VerificationError('forbidden', 'this channel does not allow reactions');
        }
        const place = { conversation: conversation.id, seq, account: caller.account };
        return setReaction(database, { ...place, emoji: wanted });
      });
      if (changed) room.counterPushes.changed(conversation.id, [seq]);
      const counters = await countersOf(room.storage.db, conversation.id, [seq]);
      return { counters: counters.get(seq) ?? {} };
    },
    getOwnReactions: async ({ conversationId, seqs }, context) => {
      const caller = deviceOf(context);
      const access = await openChannel(room.storage.db, caller, { conversationId });
      requireStanding(access);
      if (seqs.length === 0) return { reactions: [] };
      const reactions = await room.storage.db
        .selectFrom('reactions')
        .select(['seq', 'emoji'])
        .where('conversation', '=', access.conversation.id)
        .where('seq', 'in', seqs)
        .where('account', '=', caller.account)
        .orderBy('seq')
        .execute();
      return { reactions };
    },
  };
}

type Reaction = {
  readonly conversation: number;
  readonly seq: number;
  readonly account: number;
  /** Null takes it back. */
  readonly emoji: string | null;
};

/** One reaction an account and post; counts move in the same transaction. False: nothing changed. */
async function setReaction(database: Database, reaction: Reaction): Promise<boolean> {
  const { conversation, seq, account, emoji } = reaction;
  const known = await database
    .selectFrom('reactions')
    .select('emoji')
    .where('conversation', '=', conversation)
    .where('seq', '=', seq)
    .where('account', '=', account)
    .executeTakeFirst();
  if ((known?.emoji ?? null) === emoji) return false;
  if (known) await takeBack(database, { conversation, seq, account, emoji: known.emoji });
  if (emoji === null) return true;
  await requireFewKinds(database, { conversation, seq, emoji });
  await database.insertInto('reactions').values({ conversation, seq, account, emoji }).execute();
  await database
    .insertInto('reaction_counts')
    .values({ conversation, seq, emoji, count: 1 })
    .onConflict((conflict) =>
      conflict
        .columns(['conversation', 'seq', 'emoji'])
        .doUpdateSet((row) => ({ count: row('reaction_counts.count', '+', 1) })),
    )
    .execute();
  return true;
}

async function takeBack(
  database: Database,
  reaction: Reaction & { readonly emoji: string },
): Promise<void> {
  const { conversation, seq, account, emoji } = reaction;
  await database
    .deleteFrom('reactions')
    .where('conversation', '=', conversation)
    .where('seq', '=', seq)
    .where('account', '=', account)
    .execute();
  const counted = { conversation, seq, emoji };
  await database
    .updateTable('reaction_counts')
    .set((row) => ({ count: row('count', '-', 1) }))
    .where((row) => row.and(counted))
    .execute();
  await database
    .deleteFrom('reaction_counts')
    .where((row) => row.and(counted))
    .where('count', '<=', 0)
    .execute();
}

async function requireFewKinds(
  database: Database,
  { conversation, seq, emoji }: Omit<Reaction, 'account'>,
): Promise<void> {
  const kinds = await database
    .selectFrom('reaction_counts')
    .select('emoji')
    .where('conversation', '=', conversation)
    .where('seq', '=', seq)
    .execute();
  if (kinds.length >= limits.maxReactionKinds && !kinds.some((kind) => kind.emoji === emoji)) {
    throw new ValidationError('limit_reached', 'this post cannot have more kinds of reactions');
  }
}

/** Everything of an account that is going. Posts keep the others' reactions. */
export async function eraseReactionsOf(database: Database, account: number): Promise<void> {
  const reactions = await database
    .selectFrom('reactions')
    .select(['conversation', 'seq', 'emoji'])
    .where('account', '=', account)
    .execute();
  for (const reaction of reactions) await takeBack(database, { ...reaction, account });
}

/** Everything on a post that is gone. */
export async function erasePostReactions(
  database: Database,
  post: { readonly conversation: number; readonly seq: number },
): Promise<void> {
  const { conversation, seq } = post;
  for (const table of ['reactions', 'reaction_counts'] as const) {
    await database
      .deleteFrom(table)
      .where('conversation', '=', conversation)
      .where('seq', '=', seq)
      .execute();
  }
}
