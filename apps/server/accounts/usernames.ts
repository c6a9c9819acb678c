import { limits, type Username, username, ValidationError } from '@heliogram/protocol';
import type { Database } from '../storage/port.ts';
import type { UsernameRow } from '../storage/schema.ts';
import { isReserved } from './reserved-usernames.ts';

/** Row id of what carries the name. */
export type UsernameHolder = { readonly account: number } | { readonly conversation: number };

export type UsernameState = 'free' | 'held' | 'quarantined';

export type UsernameClaim = {
  /** As typed: a leading @ and upper case are accepted. */
  readonly username: string;
  readonly holder: UsernameHolder;
  /** Row id of the account that acts: it alone may take back what it released. */
  readonly by: number;
  /** Milliseconds since the epoch. */
  readonly now: number;
};

export type UsernameRelease = {
  readonly username: string;
  /** Row id of the account that acts. */
  readonly by: number;
  readonly now: number;
};

/** Names that one account may have in quarantine and still claim another: nobody empties the namespace. */
export const MAX_QUARANTINED_PER_ACCOUNT = 12;

const QUARANTINE_MS = limits.usernameQuarantineDays * 86_400_000;

/** A username that may be claimed at all (ACC-20). Throws `username_invalid`. */
export function claimableUsername(text: string): Username {
  const name = username(text);
  if (isReserved(name)) throw new ValidationError('username_invalid', 'this username is reserved');
  return name;
}

/**
 * Gives the name to the holder (ACC-21). Call it within the transaction that writes the name to the
 * holder's own row. Claiming what the holder has already is no change. Throws `username_invalid`,
 * `username_taken`, or `limit_reached` when the account keeps too many names in quarantine.
 */
export async function claimUsername(database: Database, claim: UsernameClaim): Promise<Username> {
  const name = claimableUsername(claim.username);
  const row = await find(database, name);
  if (row && isHeldBy(row, claim.holder)) return name;
  if (row && !mayTake(row, claim)) {
    throw new ValidationError('username_taken', 'this username is taken');
  }
  if (row?.released_by !== claim.by) await requireFewReleased(database, claim);
  const held = { ...columns(claim.holder), released_at: null, released_by: null };
  await database
    .insertInto('usernames')
    .values({ username: name, ...held })
    .onConflict((conflict) => conflict.column('username').doUpdateSet(held))
    .execute();
  return name;
}

/**
 * Puts a held name into quarantine (ACC-22). Call it within the transaction that clears the name in
 * the holder's own row. A name that nobody holds stays as it is.
 */
export async function releaseUsername(database: Database, release: UsernameRelease): Promise<void> {
  await database
    .updateTable('usernames')
    .set({ account: null, conversation: null, released_at: release.now, released_by: release.by })
    .where('username', '=', username(release.username))
    .where('released_at', 'is', null)
    .execute();
}

/** Whether anybody holds the name, or nobody but the one who released it may take it (ACC-22). */
export async function usernameState(
  database: Database,
  text: string,
  now: number,
): Promise<UsernameState> {
  const row = await find(database, username(text));
  if (!row || hasLeftQuarantine(row, now)) return 'free';
  return row.released_at === null ? 'held' : 'quarantined';
}

/** Whether {@link claimUsername} would give the name to something that does not hold it yet. */
export async function isClaimable(
  database: Database,
  claim: { readonly username: Username; readonly by: number | null; readonly now: number },
): Promise<boolean> {
  const row = await find(database, claim.username);
  return !row || mayTake(row, claim);
}

/** What stands behind a name now; undefined for one that is free or in quarantine. */
export async function usernameHolder(
  database: Database,
  text: string,
): Promise<UsernameHolder | undefined> {
  const row = await find(database, username(text));
  if (row && row.account !== null) return { account: row.account };
  if (row && row.conversation !== null) return { conversation: row.conversation };
  return undefined;
}

function find(database: Database, name: Username): Promise<UsernameRow | undefined> {
  return database
    .selectFrom('usernames')
    .selectAll()
    .where('username', '=', name)
    .executeTakeFirst();
}

function isHeldBy(row: UsernameRow, holder: UsernameHolder): boolean {
  return 'account' in holder
    ? row.account === holder.account
    : row.conversation === holder.conversation;
}

function mayTake(
  row: UsernameRow,
  { by, now }: { readonly by: number | null; readonly now: number },
): boolean {
  if (row.released_at === null) return false;
  return (by !== null && row.released_by === by) || hasLeftQuarantine(row, now);
}

function hasLeftQuarantine(row: UsernameRow, now: number): boolean {
  return row.released_at !== null && now >= row.released_at + QUARANTINE_MS;
}

async function requireFewReleased(database: Database, claim: UsernameClaim): Promise<void> {
  const released = await database
    .selectFrom('usernames')
    .select('username')
    .where('released_by', '=', claim.by)
    .where('released_at', '>', claim.now - QUARANTINE_MS)
    .limit(MAX_QUARANTINED_PER_ACCOUNT)
    .execute();
  if (released.length >= MAX_QUARANTINED_PER_ACCOUNT) {
    throw new ValidationError(
      'limit_reached',
      'you gave up too many usernames recently: try again later',
    );
  }
}

function columns(holder: UsernameHolder): Pick<UsernameRow, 'account' | 'conversation'> {
  return 'account' in holder
    ? { account: holder.account, conversation: null }
    : { account: null, conversation: holder.conversation };
}
