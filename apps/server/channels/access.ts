import {
  ConversationKind,
  conversationId,
  ValidationError,
  VerificationError,
} from '@heliogram/protocol';
import type { CompiledQuery } from 'kysely';
import type { Conversation } from '../conversations/policy.ts';
import type { Database } from '../storage/port.ts';
import type { ChannelRow, MembershipRow } from '../storage/schema.ts';
import { hasRight, type Right, ROLE } from './rights.ts';

/** A channel as one caller stands to it: everything that a permission depends on, from one query. */
export type ChannelAccess = {
  readonly conversation: Conversation;
  readonly channel: ChannelRow & { readonly created_at: number };
  readonly membership: Membership | undefined;
  /** Row id; null for nobody signed in. */
  readonly account: number | null;
  readonly operator: boolean;
};

export type Membership = Omit<MembershipRow, 'conversation' | 'account' | 'joined_at'>;

export type ChannelRef =
  | { readonly row: number }
  | { readonly conversationId: string }
  | { readonly username: string };

/** What a permission needs to know of a caller; every `Caller` is one. */
export type Viewer =
  | { readonly kind: 'anonymous' }
  | { readonly kind: 'device'; readonly account: number }
  | { readonly kind: 'operator' };

/** Row id of the caller's account; null for anyone else. */
function accountOf(caller: Viewer): number | null {
  return caller.kind === 'device' ? caller.account : null;
}

/** How the caller stands to the channel. Throws `not_found` when there is none, or none for them. */
export async function openChannel(
  database: Database,
  caller: Viewer,
  ref: ChannelRef,
): Promise<ChannelAccess> {
  const access = await findChannel(database, caller, ref);
  if (!access || !isVisible(access)) throw noSuchChannel();
  return access;
}

/** As `openChannel`, also for a channel that is hidden from the caller: what it says must not leave. */
export async function findChannel(
  database: Database,
  caller: Viewer,
  ref: ChannelRef,
): Promise<ChannelAccess | undefined> {
  const { parameters, query, sql, queryId } = compiledFor(database, ref);
  const [, value] = nameIn(ref);
  const asked = parameters.map((slot) => (slot === ACCOUNT ? (accountOf(caller) ?? 0) : value));
  const { rows } = await database.executeQuery<AccessRow>({
    parameters: asked,
    query,
    sql,
    queryId,
  });
  const [row] = rows;
  return row && toAccess(row, caller);
}

/** Of the given channels those that exist, in no particular order. */
export async function findChannels(
  database: Database,
  caller: Viewer,
  rows: readonly number[],
): Promise<readonly ChannelAccess[]> {
  if (rows.length === 0) return [];
  const found = await channelsFor(database, accountOf(caller))
    .where('c.conversation', 'in', rows)
    .execute();
  return found.map((row) => toAccess(row, caller));
}

/** Listed, or the caller is in it. A channel that is being deleted has no owner and is gone. */
export function isVisible({ channel, membership, operator }: ChannelAccess): boolean {
  if (channel.owner === 0) return false;
  return operator || channel.unlisted === 0 || membership !== undefined;
}

export function isReadable(access: ChannelAccess): boolean {
  return isVisible(access) && (access.operator || access.channel.taken_down_reason === null);
}

/** Throws `taken_down` with the moderator's reason. */
export function requireStanding({ channel, operator }: ChannelAccess): void {
  if (channel.taken_down_reason !== null && !operator) {
    throw new VerificationError(
      'taken_down',
      `the server operator removed this channel: ${channel.taken_down_reason}`,
    );
  }
}

/** Throws `taken_down`, or `forbidden` for whoever is not the owner and lacks the right. */
export function requireRight(access: ChannelAccess, right: Right): void {
  requireStanding(access);
  if (!mayUse(access, right))
    throw new VerificationError('forbidden', `you need the right to ${right}`);
}

export function mayUse({ membership }: ChannelAccess, right: Right): boolean {
  return membership !== undefined && hasRight(membership.rights, right);
}

/** Throws `forbidden` for anyone but the owner. */
export function requireOwner(access: ChannelAccess): void {
  if (!isOwner(access)) throw new VerificationError('forbidden', 'only the owner can do this');
}

export function isOwner({ membership }: ChannelAccess): boolean {
  return membership?.role === ROLE.owner;
}

/** The same words whether there is none or it is hidden: nobody may tell the two apart. */
export function noSuchChannel(): ValidationError {
  return new ValidationError('not_found', 'conversation not found');
}

function channelsFor(database: Database, account: number | null) {
  return database
    .selectFrom('channels as c')
    .innerJoin('conversations as v', 'v.id', 'c.conversation')
    .leftJoin('memberships as m', (join) =>
      // Row ids begin at 1: nobody signed in matches no membership.
      join.onRef('m.conversation', '=', 'c.conversation').on('m.account', '=', account ?? 0),
    )
    .selectAll('c')
    .select(['v.conversation_id', 'v.kind', 'v.created_at'])
    .select(['m.role', 'm.rights', 'm.follows', 'm.muted', 'm.from_seq']);
}

/** Stands for the caller's row id while the query is built; what names the channel is the other. */
const ACCOUNT = -1;

/**
 * Built once for each way to name a channel, since every call of every method asks it. Queries are in
 * the words of the database's adapter, which outlives its transactions.
 */
function compiledFor(database: Database, ref: ChannelRef): CompiledQuery<AccessRow> {
  const { adapter } = database.getExecutor();
  const known = compiledQueries.get(adapter) ?? new Map<string, CompiledQuery<AccessRow>>();
  compiledQueries.set(adapter, known);
  const [by] = nameIn(ref);
  const query = known.get(by) ?? narrowed(channelsFor(database, ACCOUNT), ref).compile();
  known.set(by, query);
  return query;
}

const compiledQueries = new WeakMap<object, Map<string, CompiledQuery<AccessRow>>>();

/** What names the channel. Requests are references too, whatever else they carry. */
function nameIn(ref: ChannelRef): readonly [by: string, value: string | number] {
  if ('row' in ref) return ['row', ref.row];
  if ('conversationId' in ref) return ['conversationId', ref.conversationId];
  return ['username', ref.username];
}

type Channels = ReturnType<typeof channelsFor>;
type AccessRow = Awaited<ReturnType<Channels['execute']>>[number];

function narrowed(query: Channels, ref: ChannelRef): Channels {
  if ('row' in ref) return query.where('c.conversation', '=', ref.row);
  if ('conversationId' in ref) return query.where('v.conversation_id', '=', ref.conversationId);
  return query.where('c.conversation', '=', (inner) =>
    inner
      .selectFrom('usernames as u')
      .select('u.conversation')
      .where('u.username', '=', ref.username)
      .where('u.released_at', 'is', null),
  );
}

function toAccess(row: AccessRow, caller: Viewer): ChannelAccess {
  const { conversation_id, kind: _kind, role, rights, follows, muted, from_seq, ...channel } = row;
  return {
    conversation: {
      id: row.conversation,
      conversationId: conversationId(conversation_id),
      kind: ConversationKind.CHANNEL,
    },
    channel,
    membership: membershipOf({ role, rights, follows, muted, from_seq }),
    account: accountOf(caller),
    operator: caller.kind === 'operator',
  };
}

function membershipOf(
  columns: Pick<AccessRow, 'role' | 'rights' | 'follows' | 'muted' | 'from_seq'>,
): Membership | undefined {
  const { role, rights, follows, muted, from_seq } = columns;
  if (role === null || rights === null || follows === null) return undefined;
  return { role, rights, follows, muted: muted ?? 0, from_seq: from_seq ?? 0 };
}
