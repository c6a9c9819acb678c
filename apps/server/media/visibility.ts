import type { MediaRow, MediaUseRow } from '../storage/schema.ts';
import type { Room } from './room.ts';

const PAGE = 100;

/** Whether something that is not withheld shows the file: a post, a channel or an account. */
export async function isShown(
  room: Room,
  { media_id }: Pick<MediaRow, 'media_id'>,
): Promise<boolean> {
  for (let offset = 0; ; offset += PAGE) {
    const uses = await room.storage.db
      .selectFrom('media_uses')
      .selectAll()
      .where('media_id', '=', media_id)
      .orderBy('conversation')
      .orderBy('seq')
      .offset(offset)
      .limit(PAGE)
      .execute();
    for (const use of uses) if (await shows(room, use)) return true;
    if (uses.length < PAGE) return false;
  }
}

async function shows(room: Room, { conversation, seq }: MediaUseRow): Promise<boolean> {
  if (conversation < 0) return accountStands(room, -conversation);
  if (!(await channelStands(room, conversation))) return false;
  if (seq === 0) return true;
  const entry = await room.storage.log.entry(conversation, seq);
  return entry !== undefined && !entry.redacted && entry.takenDownReason === null;
}

async function accountStands({ storage }: Room, account: number): Promise<boolean> {
  const row = await storage.db
    .selectFrom('accounts')
    .select('id')
    .where('id', '=', account)
    .where('suspended_reason', 'is', null)
    .executeTakeFirst();
  return row !== undefined;
}

async function channelStands({ storage }: Room, conversation: number): Promise<boolean> {
  const row = await storage.db
    .selectFrom('channels')
    .select('conversation')
    .where('conversation', '=', conversation)
    .where('taken_down_reason', 'is', null)
    .where('owner', '!=', 0)
    .executeTakeFirst();
  return row !== undefined;
}
