import { EntryKind, limits } from '@heliogram/protocol';
import type { Connection } from '../../sqlite/index.ts';
import type { AppendCommand, FoundEntry, StoredEntry } from '../port.ts';
import { readEntry } from './log-reads.ts';
import { entriesUpTo, UsageChange } from './log-usage.ts';
import { type EntryTable, entryTables } from './recent-entries.ts';

/** False when the id was appended before. */
export function claimAppendId(writer: Connection, command: AppendCommand, seq: number): boolean {
  const result = writer
    .prepare(
      `insert into append_ids (append_id, entry) values (?1, ?2 << 32 | ?3)
       on conflict do nothing`,
    )
    .run(command.appendId, command.conversation, seq);
  return Number(result.changes) > 0;
}

export function findAppended(connection: Connection, appendId: Uint8Array): FoundEntry | undefined {
  const known = connection
    .prepare(
      'select entry >> 32 as conversation, entry & 4294967295 as seq from append_ids where append_id = ?',
    )
    .get(appendId) as { conversation: number; seq: number } | undefined;
  if (!known) return undefined;
  const entry = readEntry(connection, known.conversation, known.seq);
  return entry && { entry, conversation: known.conversation };
}

const INSERT: Readonly<Record<EntryTable, string>> = {
  entries: insertInto('entries'),
  recent_entries: insertInto('recent_entries'),
};

function insertInto(table: EntryTable): string {
  return `
    insert into ${table} (id, kind, author, sent_at, append_id, target_seq, silent, signed, payload)
    values (?1 << 32 | ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)`;
}

export function insertEntry(
  writer: Connection,
  table: EntryTable,
  { command, entry }: { readonly command: AppendCommand; readonly entry: StoredEntry },
): void {
  writer
    .prepare(INSERT[table])
    .run(
      command.conversation,
      entry.seq,
      entry.kind,
      entry.author,
      entry.sentAt,
      command.appendId,
      entry.targetSeq,
      entry.silent ? 1 : 0,
      entry.signed ? 1 : 0,
      entry.payload,
    );
}

export function saveHead(
  writer: Connection,
  conversation: number,
  { headSeq, posts }: { readonly headSeq: number; readonly posts: number },
): void {
  writer
    .prepare(
      `insert into log_heads (conversation, head_seq, posts) values (?1, ?2, ?3)
       on conflict (conversation) do update set head_seq = ?2, posts = ?3`,
    )
    .run(conversation, headSeq, posts);
}

export function reviseEntry(writer: Connection, command: AppendCommand, seq: number): void {
  for (const table of entryTables) {
    writer
      .prepare(`update ${table} set revision_seq = ?3 where id = (?1 << 32 | ?2)`)
      .run(command.conversation, command.targetSeq, seq);
  }
}

/** The target and its edits lose their payload, wherever they stand; the tombstone takes the target's place. */
export function redactEntry(writer: Connection, command: AppendCommand): void {
  for (const table of entryTables) {
    writer
      .prepare(
        `update ${table} set payload = ?3, redacted = 1, revision_seq = null
         where id = (?1 << 32 | ?2)`,
      )
      .run(command.conversation, command.targetSeq, command.tombstone ?? null);
    writer
      .prepare(
        `update ${table} set payload = null, redacted = 1
         where kind = ${EntryKind.EDIT} and (id >> 32) = ?1 and target_seq = ?2`,
      )
      .run(command.conversation, command.targetSeq);
  }
}

/** Withholds or gives back an entry and its edits. False when there is no such entry. */
export function takeDownEntry(
  writer: Connection,
  { conversation, seq }: { readonly conversation: number; readonly seq: number },
  reason: string | null,
): boolean {
  let found = 0;
  for (const table of entryTables) {
    const result = writer
      .prepare(`update ${table} set taken_down_reason = ?3 where id = (?1 << 32 | ?2)`)
      .run(conversation, seq, reason);
    found += Number(result.changes);
    writer
      .prepare(
        `update ${table} set taken_down_reason = ?3
         where kind = ${EntryKind.EDIT} and (id >> 32) = ?1 and target_seq = ?2`,
      )
      .run(conversation, seq, reason);
  }
  return found > 0;
}

export function eraseEntries(writer: Connection, conversation: number): void {
  trimEntries(writer, conversation, limits.maxSeq);
  writer.prepare('delete from log_heads where conversation = ?').run(conversation);
}

/** Entries up to a seq go, with their append ids. */
export function trimEntries(writer: Connection, conversation: number, upToSeq: number): void {
  const usage = new UsageChange();
  usage.remove(writer, entriesUpTo(conversation, upToSeq));
  usage.write(writer);
  for (const table of entryTables) {
    const trimmed = `from ${table} where id >= (?1 << 32) and id <= (?1 << 32 | ?2)`;
    writer
      .prepare(`delete from append_ids where append_id in (select append_id ${trimmed})`)
      .run(conversation, upToSeq);
    writer.prepare(`delete ${trimmed}`).run(conversation, upToSeq);
  }
}
