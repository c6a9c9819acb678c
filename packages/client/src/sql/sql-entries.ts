import { indexedText, matchExpression, searchPhrases, snippetOf } from '@heliogram/content';
import type {
  CachedEntry,
  CachedSize,
  EntryBatch,
  EntryHit,
  EntryRange,
  EntryRangeQuery,
  EntrySearch,
  EntryStore,
  Span,
  TrimBounds,
} from '../store/entry-port.ts';
import { storeLimits } from '../store/limits.ts';
import { cutSpans, joinSpan } from '../store/spans.ts';
import { entryBytes, trimLogs } from '../store/trimming.ts';
import { bytesOf, numberOf, textOf } from './columns.ts';
import type { SqlDatabase, SqlRow } from './sql-database.ts';
import type { SqlSession } from './sql-session.ts';

export class SqlEntries implements EntryStore {
  readonly #session: SqlSession;
  readonly #statements: ReturnType<typeof prepare>;

  constructor(session: SqlSession) {
    this.#session = session;
    this.#statements = prepare(session.database);
  }

  async put({ conversationId, entries, known, usedAt, ...seen }: EntryBatch): Promise<void> {
    const { use, within } = this.#statements;
    this.#session.transact(() => {
      use.run(conversationId, usedAt, seen.seenSeq ?? 0, seen.seenSentAt ?? null);
      if (known) {
        const given = new Set(entries.map(({ seq }) => seq));
        const held = within.all(conversationId, known.from, known.to);
        this.#drop(held.filter((row) => !given.has(numberOf(row, 'seq'))));
        this.#setSpans(conversationId, joinSpan(this.#spans(conversationId), known));
      }
      for (const entry of entries) this.#write(conversationId, entry);
    });
  }

  async range(query: EntryRangeQuery): Promise<EntryRange> {
    const { conversationId, afterSeq, beforeSeq = Number.MAX_SAFE_INTEGER, limit } = query;
    const { first, last } = this.#statements;
    const count = Math.min(limit, storeLimits.maxRangeEntries);
    return this.#session.read(() => {
      const rows =
        afterSeq === undefined
          ? last.all(conversationId, beforeSeq, count).toReversed()
          : first.all(conversationId, afterSeq, beforeSeq, count);
      const spans = this.#spans(conversationId);
      const seen = this.#statements.seen.get(conversationId);
      return { entries: rows.map(entryOf), spans, ...seenOf(seen) };
    });
  }

  async change(conversationId: string, entries: readonly CachedEntry[]): Promise<void> {
    this.#erasing(() => {
      for (const entry of entries) {
        if (this.#statements.one.get(conversationId, entry.seq)) this.#write(conversationId, entry);
      }
    });
  }

  async remove(conversationId: string, seqs: readonly number[]): Promise<void> {
    const { one } = this.#statements;
    this.#erasing(() => {
      for (const seq of seqs) this.#drop(one.all(conversationId, seq));
    });
  }

  async search({ query, conversationId, limit }: EntrySearch): Promise<readonly EntryHit[]> {
    const phrases = searchPhrases(query);
    if (phrases.length === 0) return [];
    const count = Math.min(limit, storeLimits.maxSearchHits);
    const expression = matchExpression(phrases);
    const { search, searchWithin } = this.#statements;
    const rows = this.#session.read(() =>
      conversationId === undefined
        ? search.all(expression, count)
        : searchWithin.all(expression, conversationId, count),
    );
    return rows.map((row) => {
      const entry = entryOf(row);
      const where = textOf(row, 'conversation_id');
      return { conversationId: where, entry, ...snippetOf(entry.text, phrases) };
    });
  }

  async trim(bounds: TrimBounds): Promise<void> {
    const { uses, totalBytes } = this.#statements;
    this.#session.transact(() => {
      trimLogs(
        {
          uses: () =>
            uses.all().map((row) => ({
              conversationId: textOf(row, 'conversation_id'),
              entries: numberOf(row, 'entries'),
            })),
          totalBytes: () => numberOf(totalBytes.get() ?? {}, 'bytes'),
          keepNewest: (conversationId, count) => this.#keepNewest(conversationId, count),
        },
        bounds,
      );
    });
  }

  async forget(conversationId: string): Promise<void> {
    this.#erasing(() => this.#keepNewest(conversationId, 0));
  }

  async sizes(): Promise<readonly CachedSize[]> {
    const rows = this.#session.read(() => this.#statements.sizes.all());
    return rows.map((row) => ({
      conversationId: textOf(row, 'conversation_id'),
      entries: numberOf(row, 'entries'),
      bytes: numberOf(row, 'bytes'),
    }));
  }

  /** The journal that still has the old text goes at once, while no other process reads from it. */
  #erasing(work: () => void): void {
    this.#session.transact(work);
    // Outside of WAL mode this does nothing.
    this.#session.database.exec('PRAGMA wal_checkpoint(TRUNCATE)');
  }

  #write(conversationId: string, entry: CachedEntry): void {
    const { one, insert, addWords } = this.#statements;
    const before = one.get(conversationId, entry.seq);
    if (before) this.#drop([before]);
    const { seq, kind, sentAt, encoded, text } = entry;
    const bytes = entryBytes(entry);
    const row = insert.get(conversationId, seq, kind, sentAt, encoded, text, bytes);
    if (text !== '') addWords.run(numberOf(row ?? {}, 'id'), indexedText(text));
  }

  /** Rows with `id` and `text`: their words are told to the index as they were. */
  #drop(rows: readonly SqlRow[]): void {
    for (const row of rows) {
      const [id, text] = [numberOf(row, 'id'), textOf(row, 'text')];
      if (text !== '') this.#statements.dropWords.run(id, indexedText(text));
      this.#statements.delete.run(id);
    }
  }

  #keepNewest(conversationId: string, count: number): void {
    const { firstKept, before, forgetLog } = this.#statements;
    const kept = count === 0 ? undefined : firstKept.get(conversationId, count - 1);
    if (count > 0 && !kept) return;
    const first = kept ? numberOf(kept, 'seq') : Number.MAX_SAFE_INTEGER;
    this.#drop(before.all(conversationId, first));
    this.#setSpans(conversationId, cutSpans(this.#spans(conversationId), first));
    if (count === 0) forgetLog.run(conversationId);
  }

  #spans(conversationId: string): readonly Span[] {
    return this.#statements.spans
      .all(conversationId)
      .map((row) => ({ from: numberOf(row, 'from_seq'), to: numberOf(row, 'to_seq') }));
  }

  #setSpans(conversationId: string, spans: readonly Span[]): void {
    this.#statements.forgetSpans.run(conversationId);
    for (const { from, to } of spans) this.#statements.addSpan.run(conversationId, from, to);
  }
}

function prepare(database: SqlDatabase) {
  const sql = (text: string) => database.prepare(text);
  const found = `SELECT e.* FROM entry_words w JOIN entries e ON e.id = w.rowid
     WHERE entry_words MATCH ?1`;
  // Rank is BM25, smaller for better.
  const best = 'ORDER BY w.rank, e.sent_at DESC, e.seq DESC LIMIT';
  return {
    use: sql(
      `INSERT INTO cached_logs (conversation_id, entries, bytes, used_at, seen_seq, seen_sent_at)
       VALUES (?, 0, 0, ?, ?, ?)
       ON CONFLICT DO UPDATE SET used_at = max(used_at, excluded.used_at),
         seen_sent_at = iif(excluded.seen_seq < seen_seq, seen_sent_at, excluded.seen_sent_at),
         seen_seq = max(seen_seq, excluded.seen_seq)`,
    ),
    one: sql('SELECT * FROM entries WHERE conversation_id = ? AND seq = ?'),
    within: sql('SELECT * FROM entries WHERE conversation_id = ? AND seq BETWEEN ? AND ?'),
    before: sql('SELECT * FROM entries WHERE conversation_id = ? AND seq < ?'),
    first: sql(
      `SELECT * FROM entries WHERE conversation_id = ?1 AND seq > ?2 AND seq < ?3
       ORDER BY seq LIMIT ?4`,
    ),
    last: sql(
      'SELECT * FROM entries WHERE conversation_id = ? AND seq < ? ORDER BY seq DESC LIMIT ?',
    ),
    firstKept: sql(
      'SELECT seq FROM entries WHERE conversation_id = ? ORDER BY seq DESC LIMIT 1 OFFSET ?',
    ),
    insert: sql(
      `INSERT INTO entries (conversation_id, seq, kind, sent_at, encoded, text, bytes)
       VALUES (?, ?, ?, ?, ?, ?, ?) RETURNING id`,
    ),
    delete: sql('DELETE FROM entries WHERE id = ?'),
    addWords: sql('INSERT INTO entry_words (rowid, text) VALUES (?, ?)'),
    dropWords: sql("INSERT INTO entry_words (entry_words, rowid, text) VALUES ('delete', ?, ?)"),
    search: sql(`${found} ${best} ?2`),
    searchWithin: sql(`${found} AND e.conversation_id = ?2 ORDER BY e.seq DESC LIMIT ?3`),
    uses: sql('SELECT conversation_id, entries FROM cached_logs ORDER BY used_at'),
    totalBytes: sql('SELECT coalesce(sum(bytes), 0) AS bytes FROM cached_logs'),
    sizes: sql('SELECT * FROM cached_logs WHERE entries > 0 ORDER BY bytes DESC'),
    seen: sql('SELECT seen_seq, seen_sent_at FROM cached_logs WHERE conversation_id = ?'),
    forgetLog: sql('DELETE FROM cached_logs WHERE conversation_id = ?'),
    spans: sql('SELECT * FROM spans WHERE conversation_id = ? ORDER BY from_seq'),
    addSpan: sql('INSERT INTO spans (conversation_id, from_seq, to_seq) VALUES (?, ?, ?)'),
    forgetSpans: sql('DELETE FROM spans WHERE conversation_id = ?'),
  };
}

function seenOf(row: SqlRow | undefined): Pick<EntryRange, 'seenSeq' | 'seenSentAt'> {
  if (!row) return { seenSeq: 0, seenSentAt: undefined };
  const sentAt = row['seen_sent_at'] === null ? undefined : numberOf(row, 'seen_sent_at');
  return { seenSeq: numberOf(row, 'seen_seq'), seenSentAt: sentAt };
}

function entryOf(row: SqlRow): CachedEntry {
  return {
    seq: numberOf(row, 'seq'),
    kind: numberOf(row, 'kind'),
    sentAt: numberOf(row, 'sent_at'),
    encoded: bytesOf(row, 'encoded'),
    text: textOf(row, 'text'),
  };
}
