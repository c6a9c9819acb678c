import { EntryKind } from '@heliogram/protocol';
import type { Connection } from '../../sqlite/index.ts';
import type { CountFrom, LogPage, LogWeight, ReadRange, StoredEntry } from '../port.ts';
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
};

type RevisionRow = { payload: Uint8Array | null; sent_at: number };

const COLUMNS =
  'kind, author, sent_at, payload, target_seq, silent, signed, redacted, taken_down_reason, revision_seq';
const LISTED = `and e.kind in (${EntryKind.POST}, ${EntryKind.NOTE})`;
const STANDING = 'and e.redacted = 0';

/** One query over both tables, so that all of it is of one moment. */
const inEither = (query: (table: EntryTable) => string): string =>
  entryTables.map(query).join(' union all ');

/** An id does not fit a number: it leaves SQLite as its seq only, and orders the rows as it is. */
const rowsOf = (union: string): string =>
  `select id & 4294967295 as seq, ${COLUMNS} from (${union})`;

const ENTRY = rowsOf(
  inEither((table) => `select id, ${COLUMNS} from ${table} where id = (?1 << 32 | ?2)`),
);

const REVISION = inEither(
  (table) => `select payload, sent_at from ${table} where id = (?1 << 32 | ?2)`,
);

const pageQuery = ({ listed, standing, from }: ReadRange): string =>
  rowsOf(
    `${inEither(
      (table) => `
        select id, ${COLUMNS} from ${table} e
        where id > (?1 << 32 | ?2) and id < (?1 << 32) + ?3 ${listed ? LISTED : ''} ${standing ? STANDING : ''}`,
    )} order by id ${from === 'start' ? 'asc' : 'desc'} limit ?4`,
  );

const COUNT = `select count(*) as count from (${inEither(
  (table) => `
    select 1 from ${table} e where e.id > (?1 << 32 | ?2) and e.id < (?1 + 1 << 32)
      and e.redacted = 0 and e.author is not ?4 and e.kind = ${EntryKind.POST}`,
)} limit ?3)`;

const WEIGHT = `select count(*) as entries, coalesce(sum(length(payload)), 0) as bytes from (${inEither(
  (table) => `select payload from ${table} where id > (?1 << 32 | ?2) and id < (?1 + 1 << 32)`,
)})`;

export function readEntry(
  connection: Connection,
  conversation: number,
  seq: number,
): StoredEntry | undefined {
  const row = connection.prepare(ENTRY).get(conversation, seq) as EntryRow | undefined;
  return row && fromRow(row, findRevision(connection, conversation, row));
}

export function readEntries(connection: Connection, asked: ReadRange): LogPage {
  const rows = connection
    .prepare(pageQuery(asked))
    .iterate(asked.conversation, asked.afterSeq, asked.beforeSeq, asked.limit + 1);
  const page = take(connection, rows as Iterable<EntryRow>, asked);
  return asked.from === 'start' ? page : { ...page, entries: page.entries.toReversed() };
}

export function countPostsAfter(
  connection: Connection,
  { conversation, seq, exceptBy = 0 }: CountFrom,
  cap: number,
): number {
  const row = connection.prepare(COUNT).get(conversation, seq, cap, exceptBy) as { count: number };
  return row.count;
}

export function weightAfter(
  connection: Connection,
  conversation: number,
  afterSeq: number,
): LogWeight {
  const weight = connection.prepare(WEIGHT).get(conversation, afterSeq) as LogWeight;
  return { entries: weight.entries, bytes: weight.bytes };
}

/** As many as the limits allow; one row beyond tells that more remain. */
function take(
  connection: Connection,
  rows: Iterable<EntryRow>,
  { conversation, limit, maxBytes }: ReadRange,
): LogPage {
  const entries: StoredEntry[] = [];
  let bytes = 0;
  for (const row of rows) {
    const entry = fromRow(row, findRevision(connection, conversation, row));
    bytes += (entry.payload?.byteLength ?? 0) + (entry.revision?.payload.byteLength ?? 0);
    const full = entries.length === limit || (entries.length > 0 && bytes > maxBytes);
    if (full) return { entries, more: true };
    entries.push(entry);
  }
  return { entries, more: false };
}

/** Looked up by itself: few posts are edited, and a join would cost every row of the page. */
function findRevision(
  connection: Connection,
  conversation: number,
  { revision_seq: seq }: EntryRow,
): StoredEntry['revision'] {
  if (seq === null) return null;
  const row = connection.prepare(REVISION).get(conversation, seq) as RevisionRow | undefined;
  return row?.payload ? { seq, payload: row.payload, editedAt: row.sent_at } : null;
}

function fromRow(row: EntryRow, revision: StoredEntry['revision']): StoredEntry {
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
    revision,
  };
}
