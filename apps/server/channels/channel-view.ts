import type { MessageInitShape } from '@bufbuild/protobuf';
import { timestampFromMs } from '@bufbuild/protobuf/wkt';
import { type ChannelSchema, InternalError, limits } from '@heliogram/protocol';
import { countUnread, type Unread } from '../conversations/index.ts';
import type { Caller } from '../gateway/service.ts';
import type { Database, LogHead } from '../storage/port.ts';
import { type ChannelAccess, findChannel, isOwner, isReadable } from './access.ts';
import { ROLE, rightsFromBits } from './rights.ts';
import type { Room } from './room.ts';

export type ChannelInit = MessageInitShape<typeof ChannelSchema>;

/** The channel as the caller sees it now. */
export async function describeChannel(
  room: Room,
  caller: Caller,
  conversation: number,
): Promise<ChannelInit> {
  const access = await findChannel(room.storage.db, caller, { row: conversation });
  const [view] = access ? await describeChannels(room, [access]) : [];
  if (!view) throw new InternalError('the channel was deleted during the call');
  return view;
}

/**
 * Channels as one caller sees them, in the order given, in a fixed number of queries. Whoever waits
 * to be let into an unlisted channel, and the owner of one that is taken down, see its face only.
 */
export async function describeChannels(
  room: Room,
  accesses: readonly ChannelAccess[],
): Promise<readonly ChannelInit[]> {
  const rows = accesses.map(({ conversation }) => conversation.id);
  if (rows.length === 0) return [];
  const account = accesses[0]?.account ?? null;
  const { db } = room.storage;
  const [pins, marks, requests] = await Promise.all([
    pinnedSeqs(db, rows),
    account === null ? new Map<number, number>() : readMarks(db, rows, account),
    account === null ? new Set<number>() : requestedChannels(db, rows, account),
  ]);
  const states = await unreadIn(room, accesses, marks);
  return accesses.map((access) => {
    const { id } = access.conversation;
    const standing = { ...face(access), ...standingOf(access, requests.has(id)) };
    if (!isReadable(access)) return standing;
    return {
      ...standing,
      ...inside(states.get(id)?.head),
      readSeq: readUpTo(access, marks),
      // What one does not follow is not unread.
      unread: access.membership ? (states.get(id)?.unread ?? 0) : 0,
      pinnedSeqs: pins.get(id) ?? [],
    };
  });
}

/** What may be known before one is let in. */
function face({ channel, conversation }: ChannelAccess) {
  return {
    conversationId: conversation.conversationId,
    title: channel.title,
    username: channel.username ?? '',
    description: channel.description,
    avatarMediaId: channel.avatar_media_id,
    createdAt: timestampFromMs(channel.created_at),
    subscribers: channel.subscribers_shown,
    takenDownReason: channel.taken_down_reason ?? '',
    settings: {
      unlisted: channel.unlisted !== 0,
      forbidForwarding: channel.forbid_forwarding !== 0,
      signPosts: channel.sign_posts !== 0,
      noIndex: channel.no_index !== 0,
      forbidReactions: channel.forbid_reactions !== 0,
    },
  };
}

function standingOf(access: ChannelAccess, requested: boolean) {
  const { membership } = access;
  return {
    role: roleName(access, requested),
    ...(membership && membership.role !== ROLE.subscriber
      ? { rights: rightsFromBits(membership.rights) }
      : {}),
    muted: membership?.muted === 1,
  };
}

function roleName(access: ChannelAccess, requested: boolean): string {
  if (isOwner(access)) return 'owner';
  if (access.membership) return access.membership.role === ROLE.admin ? 'admin' : 'subscriber';
  return requested ? 'requested' : 'none';
}

function inside(head: LogHead | undefined) {
  return { posts: head?.posts ?? 0, headSeq: head?.headSeq ?? 0 };
}

/** What was there before one followed is not unread. */
function readUpTo(access: ChannelAccess, marks: ReadonlyMap<number, number>): number {
  return Math.max(marks.get(access.conversation.id) ?? 0, access.membership?.from_seq ?? 0);
}

async function unreadIn(
  { storage }: Room,
  accesses: readonly ChannelAccess[],
  marks: ReadonlyMap<number, number>,
): Promise<ReadonlyMap<number, Unread>> {
  const readable = accesses.filter((access) => isReadable(access));
  const after = readable.map((access) => ({
    conversation: access.conversation.id,
    // A visitor has no mark, and no count.
    readSeq: access.membership ? readUpTo(access, marks) : limits.maxSeq,
  }));
  const states = await countUnread(storage.log, accesses[0]?.account ?? null, after);
  return new Map(
    after.flatMap(({ conversation }, i) => {
      const state = states[i];
      return state ? [[conversation, state]] : [];
    }),
  );
}

async function pinnedSeqs(
  database: Database,
  rows: readonly number[],
): Promise<ReadonlyMap<number, number[]>> {
  const pins = await database
    .selectFrom('pins')
    .select(['conversation', 'seq'])
    .where('conversation', 'in', rows)
    .orderBy('pinned_at', 'desc')
    .orderBy('seq', 'desc')
    .execute();
  const byChannel = new Map<number, number[]>();
  for (const { conversation, seq } of pins) {
    const seqs = byChannel.get(conversation);
    if (seqs) seqs.push(seq);
    else byChannel.set(conversation, [seq]);
  }
  return byChannel;
}

async function readMarks(database: Database, rows: readonly number[], account: number) {
  const marks = await database
    .selectFrom('read_marks')
    .select(['conversation', 'seq'])
    .where('account', '=', account)
    .where('conversation', 'in', rows)
    .execute();
  return new Map(marks.map(({ conversation, seq }) => [conversation, seq]));
}

async function requestedChannels(database: Database, rows: readonly number[], account: number) {
  const requests = await database
    .selectFrom('join_requests')
    .select('conversation')
    .where('account', '=', account)
    .where('conversation', 'in', rows)
    .execute();
  return new Set(requests.map(({ conversation }) => conversation));
}
