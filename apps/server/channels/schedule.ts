import type { MessageInitShape } from '@bufbuild/protobuf';
import { type Timestamp, timestampFromMs, timestampMs } from '@bufbuild/protobuf/wkt';
import {
  limits,
  type NewEntry,
  type ScheduledPostSchema,
  type SchedulePostRequest,
  ValidationError,
} from '@heliogram/protocol';
import type { DeviceCaller } from '../gateway/service.ts';
import { randomHex } from '../runtime.ts';
import type { Database } from '../storage/port.ts';
import type { ScheduledPostRow } from '../storage/schema.ts';
import { openChannel, requireRight } from './access.ts';
import { deviceOf } from './callers.ts';
import { DAY_MS } from './days.ts';
import { admitEntry } from './posting.ts';
import type { ChannelHandlers, Room } from './room.ts';
import { sameBytes } from './same-bytes.ts';

export function scheduleHandlers(
  room: Room,
): Pick<ChannelHandlers, 'schedulePost' | 'listScheduledPosts' | 'cancelScheduledPost'> {
  const { db } = room.storage;
  return {
    schedulePost: async (request, context) => ({
      scheduledId: await schedule(room, deviceOf(context), request),
    }),
    listScheduledPosts: async (request, context) => {
      const access = await openChannel(db, deviceOf(context), request);
      requireRight(access, 'post');
      const rows = await db
        .selectFrom('scheduled_posts')
        .selectAll()
        .where('conversation', '=', access.conversation.id)
        .orderBy('at')
        .orderBy('scheduled_id')
        .execute();
      return { posts: rows.map(view) };
    },
    cancelScheduledPost: async (request, context) => {
      const access = await openChannel(db, deviceOf(context), request);
      requireRight(access, 'post');
      const conversation = access.conversation.id;
      await takeOut(db, { conversation, scheduledId: request.scheduledId });
      return {};
    },
  };
}

/** Checked now, so that mistakes show at once, and again when its time comes. */
async function schedule(
  room: Room,
  caller: DeviceCaller,
  request: SchedulePostRequest,
): Promise<string> {
  const { entry } = request;
  if (!entry) throw new ValidationError('invalid_argument', 'entry is required');
  const at = requireAhead(room, request.at);
  const access = await openChannel(room.storage.db, caller, request);
  requireRight(access, 'post');
  if (entry.targetSeq !== 0) {
    throw new ValidationError('unsupported', 'edits and replies cannot be scheduled');
  }
  const admission = await admitEntry(room, { access, author: caller, entry });
  if (admission.kind === 'refused') throw admission.error;
  const giveBack = await room.log.reserve(caller.account, entry.payload.byteLength);
  const scheduledId = await room.storage
    .transaction(async (database) => {
      requireRight(await openChannel(database, caller, request), 'post');
      const { replaces } = request;
      const slot = {
        conversation: access.conversation.id,
        author: caller.account,
        at,
        entry,
        replaces,
      };
      return insert(room, database, slot);
    })
    .finally(giveBack);
  room.alarm.wake();
  return scheduledId;
}

type Slot = {
  readonly conversation: number;
  readonly author: number;
  readonly at: number;
  readonly entry: NewEntry;
  /** Id of the scheduled post in whose place it waits; empty for none. */
  readonly replaces: string;
};

/** The same append id is scheduled once: a repeated call answers the same id. */
async function insert(room: Room, database: Database, slot: Slot): Promise<string> {
  const { conversation, author, at, entry, replaces } = slot;
  const waiting = await database
    .selectFrom('scheduled_posts')
    .select(['scheduled_id', 'append_id', 'author'])
    .where('conversation', '=', conversation)
    .execute();
  const known = waiting.find(
    (row) => row.author === author && sameBytes(row.append_id, entry.appendId),
  );
  if (known) return known.scheduled_id;
  if (replaces !== '') await takeOut(database, { conversation, scheduledId: replaces });
  const others = waiting.filter(({ scheduled_id }) => scheduled_id !== replaces);
  if (others.length >= limits.maxScheduledPerChannel) {
    throw new ValidationError(
      'limit_reached',
      `a channel can have at most ${limits.maxScheduledPerChannel} scheduled posts`,
    );
  }
  const scheduled_id = randomHex(room.runtime, 16);
  await database
    .insertInto('scheduled_posts')
    .values({
      scheduled_id,
      conversation,
      author,
      at,
      append_id: entry.appendId,
      payload: entry.payload,
      silent: Number(entry.silent),
      failure_code: null,
      failure_message: null,
    })
    .execute();
  return scheduled_id;
}

/** Throws `not_found` for one that was posted or cancelled. */
async function takeOut(
  database: Database,
  { conversation, scheduledId }: { readonly conversation: number; readonly scheduledId: string },
): Promise<void> {
  const { numDeletedRows } = await database
    .deleteFrom('scheduled_posts')
    .where('scheduled_id', '=', scheduledId)
    .where('conversation', '=', conversation)
    .executeTakeFirst();
  if (numDeletedRows === 0n) throw new ValidationError('not_found', 'scheduled post not found');
}

function requireAhead({ runtime }: Room, at: Timestamp | undefined): number {
  const ms = at === undefined ? 0 : timestampMs(at);
  const now = runtime.now();
  if (ms > now && ms <= now + limits.maxScheduleAheadDays * DAY_MS) return Math.floor(ms);
  throw new ValidationError(
    'invalid_argument',
    `the time must be in the future and at most ${limits.maxScheduleAheadDays} days ahead`,
  );
}

/** Never whose it is: an unsigned post stays unsigned among admins too. */
function view(row: ScheduledPostRow): MessageInitShape<typeof ScheduledPostSchema> {
  const { failure_code: code, failure_message } = row;
  return {
    scheduledId: row.scheduled_id,
    at: timestampFromMs(row.at),
    payload: row.payload,
    silent: row.silent !== 0,
    ...(code === null ? {} : { failure: { code, message: failure_message ?? '' } }),
  };
}
