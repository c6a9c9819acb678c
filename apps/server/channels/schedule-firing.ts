import {
  type ErrorCode,
  HeliogramError,
  InternalError,
  ValidationError,
  VerificationError,
} from '@heliogram/protocol';
import type { Conversation } from '../conversations/policy.ts';
import type { AppendOutcome, Database } from '../storage/port.ts';
import type { ScheduledPostRow } from '../storage/schema.ts';
import { openChannel, requireRight } from './access.ts';
import type { Author } from './admitting.ts';
import { admitEntry } from './posting.ts';
import type { Room } from './room.ts';

/** Posts of one round; the next begins at once. */
const MAX_ROUND = 100;

/**
 * Appends what is due and answers when the next post is. Each fires once: its append id is stored with
 * it, so a crash between appending and forgetting appends nothing twice.
 */
export async function fireDuePosts(room: Room): Promise<number | undefined> {
  const { db } = room.storage;
  const due = await db
    .selectFrom('scheduled_posts')
    .selectAll()
    .where('failure_code', 'is', null)
    .where('at', '<=', room.runtime.settledNow())
    .orderBy('at')
    .orderBy('scheduled_id')
    .limit(MAX_ROUND)
    .execute();
  for (const row of due) await fire(room, row);
  const next = await db
    .selectFrom('scheduled_posts')
    .select((row) => row.fn.min('at').as('at'))
    .where('failure_code', 'is', null)
    .executeTakeFirst();
  return next?.at ?? undefined;
}

/** What could work later is thrown, and tried again; what could not stays listed with its reason. */
async function fire(room: Room, row: ScheduledPostRow): Promise<void> {
  try {
    await append(room, row);
  } catch (error) {
    await judge(room, row, error);
    return;
  }
  await room.storage.db
    .deleteFrom('scheduled_posts')
    .where('scheduled_id', '=', row.scheduled_id)
    .execute();
}

/** One post that fails for reasons of its own must not hold up the others. */
async function judge(room: Room, row: ScheduledPostRow, error: unknown): Promise<void> {
  if (error instanceof HeliogramError) {
    if (error.retry) throw error;
    await markFailed(room.storage.db, row, error);
    return;
  }
  room.report('scheduled posts', error);
  await markFailed(room.storage.db, row, new InternalError('the server could not post it'));
}

async function append(room: Room, row: ScheduledPostRow): Promise<void> {
  const author = await authorOf(room.storage.db, row.author);
  const access = await openChannel(room.storage.db, author, { row: row.conversation });
  if (await wasAppended(room, access.conversation, row)) return;
  requireRight(access, 'post');
  const entry = { payload: row.payload, targetSeq: 0 };
  const admission = await admitEntry(room, { access, author, entry });
  if (admission.kind === 'refused') throw admission.error;
  const [outcome] = await room.log.append(access.conversation, [
    {
      kind: admission.entryKind,
      author: author.account,
      appendId: row.append_id,
      payload: row.payload,
      silent: row.silent !== 0,
      signed: admission.signed,
      targetSeq: 0,
    },
  ]);
  requireAppended(outcome, access.conversation);
}

/** Before rights are asked again: what a crash left half done was allowed when it was done. */
async function wasAppended(
  room: Room,
  conversation: Conversation,
  row: ScheduledPostRow,
): Promise<boolean> {
  const [found] = await room.storage.log.find([row.append_id]);
  return found?.conversation === conversation.id && found.entry.author === row.author;
}

function requireAppended(outcome: AppendOutcome | undefined, conversation: Conversation): void {
  if (outcome?.kind === 'appended') return;
  if (outcome?.kind === 'duplicate' && outcome.conversation === conversation.id) return;
  if (outcome?.kind === 'log-full')
    throw new ValidationError('limit_reached', 'the channel has reached its limit of posts');
  throw new ValidationError('already_exists', 'this append id was already used for another entry');
}

async function authorOf(database: Database, account: number): Promise<Author> {
  const row = await database
    .selectFrom('accounts')
    .select(['account_id', 'suspended_reason'])
    .where('id', '=', account)
    .executeTakeFirst();
  if (row && row.suspended_reason === null) {
    return { kind: 'device', account, accountId: row.account_id };
  }
  throw new VerificationError('suspended', 'the account that scheduled this post is suspended');
}

async function markFailed(
  database: Database,
  row: ScheduledPostRow,
  failure: { readonly code: ErrorCode; readonly message: string },
): Promise<void> {
  await database
    .updateTable('scheduled_posts')
    .set({ failure_code: failure.code, failure_message: failure.message })
    .where('scheduled_id', '=', row.scheduled_id)
    .execute();
}
