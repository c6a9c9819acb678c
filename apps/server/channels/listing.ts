import { ConversationKind, conversationId } from '@heliogram/protocol';
import type { Listing } from '../conversations/policy.ts';
import type { Database } from '../storage/port.ts';
import { ROLE } from './rights.ts';

type Page = { readonly after: string; readonly limit: number };

/**
 * The channels that an account owns, serves or follows, and those it waits to be let into, by
 * conversation id. What is taken down stays on its owner's list alone.
 */
export async function listChannels(
  database: Database,
  account: number,
  page: Page,
): Promise<readonly Listing[]> {
  const joined = await joinedChannels(database, account, page);
  const requested = await requestedChannels(database, account, page);
  return [...joined, ...requested]
    .sort((a, b) => (idOf(a) < idOf(b) ? -1 : 1))
    .slice(0, page.limit);
}

function idOf({ conversation }: Listing): string {
  return conversation.conversationId;
}

async function joinedChannels(database: Database, account: number, { after, limit }: Page) {
  const rows = await database
    .selectFrom('memberships as m')
    .innerJoin('channels as c', 'c.conversation', 'm.conversation')
    .innerJoin('conversations as v', 'v.id', 'm.conversation')
    .select(['v.id', 'v.conversation_id', 'c.title', 'c.username', 'c.avatar_media_id'])
    .select(['m.role', 'm.muted', 'm.from_seq'])
    .where('m.account', '=', account)
    .where('v.conversation_id', '>', after)
    .where((row) =>
      row.or([row('c.taken_down_reason', 'is', null), row('m.role', '=', ROLE.owner)]),
    )
    .orderBy('v.conversation_id')
    .limit(limit)
    .execute();
  return rows.map((row) =>
    listing(row, {
      role: roleName(row.role),
      muted: row.muted !== 0,
      fromSeq: row.from_seq,
    }),
  );
}

async function requestedChannels(database: Database, account: number, { after, limit }: Page) {
  const rows = await database
    .selectFrom('join_requests as r')
    .innerJoin('channels as c', 'c.conversation', 'r.conversation')
    .innerJoin('conversations as v', 'v.id', 'r.conversation')
    .select(['v.id', 'v.conversation_id', 'c.title', 'c.username', 'c.avatar_media_id'])
    .where('r.account', '=', account)
    .where('v.conversation_id', '>', after)
    .where('c.taken_down_reason', 'is', null)
    .where('c.owner', '!=', 0)
    .orderBy('v.conversation_id')
    .limit(limit)
    .execute();
  return rows.map((row) => listing(row, { role: 'requested', muted: false, fromSeq: 0 }));
}

type ListedRow = {
  readonly id: number;
  readonly conversation_id: string;
  readonly title: string;
  readonly username: string | null;
  readonly avatar_media_id: string;
};

function listing(row: ListedRow, standing: Pick<Listing, 'role' | 'muted' | 'fromSeq'>): Listing {
  return {
    conversation: {
      id: row.id,
      conversationId: conversationId(row.conversation_id),
      kind: ConversationKind.CHANNEL,
    },
    title: row.title,
    username: row.username ?? '',
    avatarMediaId: row.avatar_media_id,
    ...standing,
  };
}

function roleName(role: number): Listing['role'] {
  if (role === ROLE.owner) return 'owner';
  return role === ROLE.admin ? 'admin' : 'subscriber';
}
