import { EntryKind } from '@heliogram/protocol';
import type { Connection } from '../../sqlite/index.ts';
import type { AppendCommand } from '../port.ts';
import { entryTables } from './recent-entries.ts';

/** Bytes that a transaction adds to each account's part of the log, or takes from it. */
export class UsageChange {
  readonly #bytes = new Map<number, number>();

  add(author: number | null, bytes: number): void {
    if (author !== null) this.#bytes.set(author, (this.#bytes.get(author) ?? 0) + bytes);
  }

  /** Takes away what these entries hold now: asked before they are removed. */
  remove(writer: Connection, { where, values }: EntrySelection): void {
    for (const table of entryTables) {
      const rows = writer
        .prepare(
          `select author, sum(length(payload)) as bytes from ${table}
           where author is not null and payload is not null and ${where} group by author`,
        )
        .all(...values) as { author: number; bytes: number }[];
      for (const { author, bytes } of rows) this.add(author, -bytes);
    }
  }

  /** Inside the transaction that changes the entries. */
  write(writer: Connection): void {
    let total = 0;
    for (const [account, bytes] of this.#bytes) {
      total += bytes;
      save(writer, account, bytes);
    }
    if (total === 0) return;
    writer.prepare('update log_total set bytes = max(0, bytes + ?)').run(total);
  }
}

type EntrySelection = { readonly where: string; readonly values: readonly number[] };

/** A post and its edits, which a redaction empties. */
export const postAndEdits = ({ conversation, targetSeq }: AppendCommand): EntrySelection => ({
  where: `(id = (?1 << 32 | ?2)
    or (kind = ${EntryKind.EDIT} and (id >> 32) = ?1 and target_seq = ?2))`,
  values: [conversation, targetSeq],
});

export const entriesUpTo = (conversation: number, upToSeq: number): EntrySelection => ({
  where: 'id >= (?1 << 32) and id <= (?1 << 32 | ?2)',
  values: [conversation, upToSeq],
});

/** What an account that is gone left in the logs of others has no row to be taken from. */
function save(writer: Connection, account: number, bytes: number): void {
  if (bytes === 0) return;
  const sql =
    bytes > 0
      ? `insert into log_usage (account, bytes) values (?1, ?2)
         on conflict (account) do update set bytes = bytes + ?2`
      : 'update log_usage set bytes = max(0, bytes + ?2) where account = ?1';
  writer.prepare(sql).run(account, bytes);
}
