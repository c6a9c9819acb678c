import { ConversationKind, EntryKind } from '@heliogram/protocol';
import type { AppendCommand, Storage } from '../port.ts';

/** What the stored fixture of a release holds: written once by that release, read by every later one. */
export const storedAccount = {
  account_id: 'a1'.repeat(32),
  identity_key: new Uint8Array(32).fill(7),
  name: 'Ada',
  username: 'ada_writes',
  bio: 'Lights a mirror.',
  avatar_media_id: '',
  created_at: 1_700_000_000_000,
  invited_by: null,
  suspended_reason: null,
  invites_left: 3,
};

export const storedDevice = {
  device_id: 'd1'.repeat(16),
  public_key: new Uint8Array(32).fill(9),
  name: 'laptop',
  created_at: 1_700_000_000_001,
  revoked_at: null,
};

export const storedConversation = {
  conversation_id: 'c1'.repeat(16),
  kind: ConversationKind.CHANNEL,
  created_at: 1_700_000_000_002,
};

export const storedChannel = {
  title: 'Morning news',
  username: 'morning_news',
  description: 'What the sun saw.',
  avatar_media_id: '',
  unlisted: 0,
  forbid_forwarding: 0,
  sign_posts: 1,
  no_index: 0,
  forbid_reactions: 0,
  subscribers: 2,
  subscribers_shown: 1,
  taken_down_reason: null,
};

const words = (text: string) => new TextEncoder().encode(text);

export const storedEntries: readonly Omit<AppendCommand, 'conversation' | 'author'>[] = [
  { kind: EntryKind.POST, payload: words('first'), targetSeq: 0 },
  { kind: EntryKind.POST, payload: words('second'), targetSeq: 0 },
  { kind: EntryKind.EDIT, payload: words('second, better'), targetSeq: 2 },
  { kind: EntryKind.POST, payload: words('regret'), targetSeq: 0 },
  { kind: EntryKind.REDACTION, payload: null, targetSeq: 4 },
  { kind: EntryKind.NOTE, payload: words('a note'), targetSeq: 0 },
].map((entry, index) => ({
  ...entry,
  sentAt: 1_700_000_001_000 + index,
  appendId: new Uint8Array(16).fill(index + 1),
  silent: index === 1,
  signed: index === 0,
}));

/** Fills an empty storage with all of it. */
export async function writeStoredRows({ db, log }: Storage): Promise<void> {
  const account = await db
    .insertInto('accounts')
    .values(storedAccount)
    .returning('id')
    .executeTakeFirstOrThrow();
  await db
    .insertInto('devices')
    .values({ ...storedDevice, account: account.id })
    .execute();
  const conversation = await db
    .insertInto('conversations')
    .values(storedConversation)
    .returning('id')
    .executeTakeFirstOrThrow();
  await db
    .insertInto('channels')
    .values({ ...storedChannel, conversation: conversation.id, owner: account.id })
    .execute();
  await db.insertInto('settings').values({ key: 'fixture', value: '0.1.0' }).execute();
  for (const entry of storedEntries) {
    await log.append([{ ...entry, conversation: conversation.id, author: account.id }]);
  }
}
