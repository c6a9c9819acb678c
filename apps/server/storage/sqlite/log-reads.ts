import { EntryKind } from '@heliogram/protocol';
import type { Connection } from '../../sqlite/index.ts';
import type { CountFrom, LogPage, ReadRange, StoredEntry } from '../port.ts';
import { type EntryTable, entryTables } from './recent-entries.ts';

type EntryRow = {
  seq: number;
  kind: EntryKind;
  author: number | null;
  sent_at: number;
  payload: Uint8Array | null;
  target_seq: number;
  silent: number;
  signed: number;
  redacted: number;
  taken_down_reason: string | null;
  revision_seq: number | null;
  revision_payload: Uint8Array | null;
  revision_at: number | null;
};

/** A revision may be recent while its post is not, and the other way round. */
const selectFrom = (table: EntryTable): string => `
  select e.id as id, e.kind, e.author, e.sent_at, e.payload, e.target_seq, e.silent, e.signed, e.redacted,
    e.taken_down_reason, e.revision_seq, coalesce(r.payload, n.payload) as revision_payload,
    coalesce(r.sent_at, n.sent_at) as revision_at
  from ${table} e left join entries r on r.id = (e.id & ~4294967295 | e.revision_seq)
  left join recent_entries n on n.id = (e.id & ~4294967295 | e.revision_seq)`;
const LISTED = `and e.kind in (${EntryKind.POST}, ${EntryKind.NOTE})`;

/** One query over both tables, so that all of it is of one moment. */
const inEither = (query: (table: EntryTable) => string): string =>
  entryTables.map(query).join(' union all ');

/** An id does not fit a number: it leaves SQLite as its seq only, and orders the rows as it is. */
const rowsOf = (union: string): string => `
  select id & 4294967295 as seq, kind, author, sent_at, payload, target_seq, silent, signed, redacted,
    taken_down_reason, revision_seq, revision_payload, revision_at from (${union})`;

const ENTRY = rowsOf(inEither((table) => `${selectFrom(table)} where e.id = (?1 << 32 | ?2)`));

const pageQuery = (listed: boolean, order: 'asc' | 'desc'): string =>
  rowsOf(
    `${inEither(
      (table) => `${selectFrom(table)}
       where e.id > (?1 << 32 | ?2) and e.id < (?1 << 32) + ?3 ${listed ? LISTED : ''}`,
    )} order by id ${order} limit ?4`,
  );

const COUNT = `select count(*) as count from (${inEither(
  (table) => `
    select 1 from ${table} e where e.id > (?1 << 32 | ?2) and e.id < (?1 + 1 << 32)
      and e.redacted = 0 and e.author is not ?4 ${LISTED}`,
)} limit ?3)`;

export function readEntry(
  connection: Connection,
  conversation: number,
  seq: number,
): StoredEntry | undefined {
  const row = connection.prepare(ENTRY).get(conversation, seq) as EntryRow | undefined;
  return row && fromRow(row);
}

export function readEntries(connection: Connection, asked: ReadRange): LogPage {
  const rows = connection
    .prepare(pageQuery(asked.listed, asked.from === 'start' ? 'asc' : 'desc'))
    .iterate(asked.conversation, asked.afterSeq, asked.beforeSeq, asked.limit + 1);
  const page = take(rows as Iterable<EntryRow>, asked);
  return asked.from === 'start' ? page : { ...page, entries: page.entries.toReversed() };
}

export function countListedAfter(
  connection: Connection,
  { conversation, seq, exceptBy = 0 }: CountFrom,
  cap: number,
): number {
  const row = connection.prepare(COUNT).get(conversation, seq, cap, exceptBy) as { count: number };
  return row.count;
}

/** As many as the limits allow; one row beyond tells that more remain. */
function take(rows: Iterable<EntryRow>, { limit, maxBytes }: ReadRange): LogPage {
  const entries: StoredEntry[] = [];
  let bytes = 0;
  for (const row of rows) {
    bytes += (row.payload?.byteLength ?? 0) + (row.revision_payload?.byteLength ?? 0);
    const full = entries.length === limit || (entries.length > 0 && bytes > maxBytes);
    if (full) return { entries, more: true };
    entries.push(fromRow(row));
  }
  return { entries, more: false };
}

function fromRow(row: EntryRow): StoredEntry {
  return {
    seq: row.seq,
    kind: row.kind,
    author: row.author,
    sentAt: row.sent_at,
    payload: row.redacted === 0 ? row.payload : null,
    targetSeq: row.target_seq,
    silent: row.silent !== 0,
    signed: row.signed !== 0,
    redacted: row.redacted !== 0,
    tombstone: row.redacted === 0 ? null : row.payload,
    takenDownReason: row.taken_down_reason,
    revision: revisionOf(row),
  };
}

function revisionOf(row: EntryRow): StoredEntry['revision'] {
  if (row.revision_seq === null || row.revision_payload === null || row.revision_at === null)
    return null;
  return { seq: row.revision_seq, payload: row.revision_payload, editedAt: row.revision_at };
}
