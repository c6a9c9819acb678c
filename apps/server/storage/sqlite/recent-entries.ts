import { EntryKind } from '@heliogram/protocol';
import type { Connection } from '../../sqlite/index.ts';
import type { AppendCommand } from '../port.ts';

/** Rows and payload bytes that wait for a fold; the batch that would pass them folds first. */
const MAX_RECENT_ENTRIES = 4_096;
const MAX_RECENT_BYTES = 8 * 1_024 * 1_024;

/** A batch of fewer conversations writes each where it belongs: that dirties few pages anyway. */
const MIN_WIDE_CONVERSATIONS = 16;
/** With this many entries to a conversation, moving them later costs more than the pages saved. */
const MAX_WIDE_ENTRIES_EACH = 4;

export type EntryTable = 'entries' | 'recent_entries';

/** Both hold entries, no entry is in both; an id finds it in either. */
export const entryTables: readonly EntryTable[] = ['entries', 'recent_entries'];

type Waiting = { readonly entries: number; readonly bytes: number };

/** Where the entries of a batch go, and when what is recent is folded into its place. */
export class RecentEntries {
  #waiting: Waiting | undefined;

  /** Runs inside the transaction of `batch`, before it is written. Call `settle` once that is durable. */
  prepare(writer: Connection, batch: readonly AppendCommand[]): Placement {
    const waiting = this.#waiting ?? countWaiting(writer);
    if (!isWide(batch)) return { table: 'entries', waiting };
    const entries = waiting.entries + batch.length;
    const ownBytes = batch.reduce((sum, { payload }) => sum + (payload?.byteLength ?? 0), 0);
    const bytes = waiting.bytes + ownBytes;
    if (entries <= MAX_RECENT_ENTRIES && bytes <= MAX_RECENT_BYTES) {
      return { table: 'recent_entries', waiting: { entries, bytes } };
    }
    fold(writer);
    return { table: 'recent_entries', waiting: { entries: batch.length, bytes: ownBytes } };
  }

  settle({ waiting }: Placement): void {
    this.#waiting = waiting;
  }

  /** After a batch of which nobody knows whether it is stored. */
  forget(): void {
    this.#waiting = undefined;
  }
}

/** The table a batch goes to, and what waits to be folded once it is there. */
export type Placement = { readonly table: EntryTable; readonly waiting: Waiting };

function countWaiting(connection: Connection): Waiting {
  return connection
    .prepare(
      'select count(*) as entries, coalesce(sum(length(payload)), 0) as bytes from recent_entries',
    )
    .get() as Waiting;
}

function isWide(batch: readonly AppendCommand[]): boolean {
  if (batch.length < MIN_WIDE_CONVERSATIONS) return false;
  const conversations = new Set(batch.map(({ conversation }) => conversation)).size;
  return (
    conversations >= MIN_WIDE_CONVERSATIONS && batch.length < MAX_WIDE_ENTRIES_EACH * conversations
  );
}

/** Moves every recent entry to its place and brings the heads up to date. */
function fold(writer: Connection): void {
  writer
    .prepare(
      `insert into log_heads (conversation, head_seq, posts)
       select r.id >> 32, max(r.id & 4294967295), coalesce(h.posts, 0) + sum(${POSTS_OF_ROW})
       from recent_entries r left join log_heads h on h.conversation = r.id >> 32
       where r.id & 4294967295 > coalesce(h.head_seq, 0) group by r.id >> 32
       on conflict (conversation) do update set head_seq = excluded.head_seq, posts = excluded.posts`,
    )
    .run();
  writer
    .prepare(`insert into entries (${COLUMNS}) select ${COLUMNS} from recent_entries order by id`)
    .run();
  writer.prepare('delete from recent_entries').run();
}

const COLUMNS = `id, kind, author, sent_at, append_id, target_seq, silent, signed, payload, revision_seq,
  redacted, taken_down_reason`;

/** What an entry adds to the count of posts that stand. */
const POSTS_OF_ROW = `case r.kind when ${EntryKind.POST} then 1 when ${EntryKind.REDACTION} then -1 else 0 end`;

/**
 * Head and posts of a conversation. `log_heads` is true up to its `head_seq`: what lies beyond is recent.
 */
export function storedHead(
  connection: Connection,
  conversation: number,
): { readonly headSeq: number; readonly posts: number } {
  const folded = (connection
    .prepare('select head_seq as headSeq, posts from log_heads where conversation = ?')
    .get(conversation) ?? { headSeq: 0, posts: 0 }) as { headSeq: number; posts: number };
  const recent = connection
    .prepare(
      `select max(r.id & 4294967295) as headSeq, sum(${POSTS_OF_ROW}) as posts from recent_entries r
       where r.id > (?1 << 32 | ?2) and r.id < (?1 + 1 << 32)`,
    )
    .get(conversation, folded.headSeq) as { headSeq: number | null; posts: number | null };
  return {
    headSeq: recent.headSeq ?? folded.headSeq,
    posts: folded.posts + (recent.posts ?? 0),
  };
}
