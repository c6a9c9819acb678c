import { EntryKind } from '@heliogram/protocol';
import type { Connection } from '../../sqlite/index.ts';
import type { CountFrom, LogPage, ReadRange, StoredEntry } from '../port.ts';

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

const COLUMNS = `e.id & 4294967295 as seq, e.kind, e.author, e.sent_at, e.payload, e.target_seq, e.silent,
  e.signed, e.redacted, e.taken_down_reason, e.revision_seq, r.payload as revision_payload, r.sent_at as revision_at`;
const FROM = `from entries e left join entries r
  on r.id = (e.id & ~4294967295 | e.revision_seq)`;
const LISTED = `and e.kind in (${EntryKind.POST}, ${EntryKind.NOTE})`;

export function readEntry(
  connection: Connection,
  conversation: number,
  seq: number,
): StoredEntry | undefined {
  const row = connection
    .prepare(`select ${COLUMNS} ${FROM} where e.id = (?1 << 32 | ?2)`)
    .get(conversation, seq) as EntryRow | undefined;
  return row && fromRow(row);
}

export function readEntries(connection: Connection, range: ReadRange): LogPage {
  const rows = connection
    .prepare(
      `select ${COLUMNS} ${FROM}
       where e.id > (?1 << 32 | ?2) and e.id < (?1 << 32) + ?3 ${range.listed ? LISTED : ''}
       order by e.id ${range.from === 'start' ? 'asc' : 'desc'} limit ?4`,
    )
    .iterate(range.conversation, range.afterSeq, range.beforeSeq, range.limit + 1);
  const page = take(rows as Iterable<EntryRow>, range);
  return range.from === 'start' ? page : { ...page, entries: page.entries.toReversed() };
}

export function countListedAfter(
  connection: Connection,
  { conversation, seq, exceptBy = 0 }: CountFrom,
  cap: number,
): number {
  const row = connection
    .prepare(
      `select count(*) as count from (select 1 from entries e
       where e.id > (?1 << 32 | ?2) and e.id < (?1 + 1 << 32) and e.redacted = 0
         and e.author is not ?4 ${LISTED} limit ?3)`,
    )
    .get(conversation, seq, cap, exceptBy) as { count: number };
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
