import { searchPhrases, snippetOf } from '@heliogram/content';
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
} from '../entry-port.ts';
import { storeLimits } from '../limits.ts';
import { scoresOf } from '../matching.ts';
import { cutSpans, joinSpan } from '../spans.ts';
import { entryBytes, trimLogs } from '../trimming.ts';

type Log = {
  readonly entries: Map<number, CachedEntry>;
  spans: readonly Span[];
  usedAt: number;
  seenSeq: number;
  seenSentAt: number | undefined;
};

export class MemoryEntries implements EntryStore {
  readonly #logs = new Map<string, Log>();

  async put({ conversationId, entries, known, usedAt, ...seen }: EntryBatch): Promise<void> {
    const unseen = { seenSeq: 0, seenSentAt: undefined };
    const nothing = { entries: new Map(), spans: [], usedAt, ...unseen };
    const log = this.#logs.get(conversationId) ?? nothing;
    this.#logs.set(conversationId, log);
    log.usedAt = Math.max(log.usedAt, usedAt);
    if ((seen.seenSeq ?? 0) >= log.seenSeq) {
      log.seenSeq = seen.seenSeq ?? 0;
      log.seenSentAt = seen.seenSentAt;
    }
    if (known) {
      for (const seq of log.entries.keys()) {
        if (seq >= known.from && seq <= known.to) log.entries.delete(seq);
      }
      log.spans = joinSpan(log.spans, known);
    }
    for (const entry of entries) log.entries.set(entry.seq, entry);
  }

  async range({
    conversationId,
    afterSeq,
    beforeSeq,
    limit,
  }: EntryRangeQuery): Promise<EntryRange> {
    const log = this.#logs.get(conversationId);
    const count = Math.min(limit, storeLimits.maxRangeEntries);
    const within = sorted(log).filter(
      ({ seq }) => seq > (afterSeq ?? 0) && (beforeSeq === undefined || seq < beforeSeq),
    );
    const last = afterSeq === undefined;
    const entries = last
      ? within.slice(Math.max(0, within.length - count))
      : within.slice(0, count);
    const { spans = [], seenSeq = 0, seenSentAt } = log ?? {};
    return { entries, spans, seenSeq, seenSentAt };
  }

  async change(conversationId: string, entries: readonly CachedEntry[]): Promise<void> {
    const kept = this.#logs.get(conversationId)?.entries;
    for (const entry of entries) if (kept?.has(entry.seq)) kept.set(entry.seq, entry);
  }

  async remove(conversationId: string, seqs: readonly number[]): Promise<void> {
    for (const seq of seqs) this.#logs.get(conversationId)?.entries.delete(seq);
  }

  async search({ query, conversationId, limit }: EntrySearch): Promise<readonly EntryHit[]> {
    const phrases = searchPhrases(query);
    if (phrases.length === 0) return [];
    const all = [...this.#logs]
      .flatMap(([id, log]) => sorted(log).map((entry) => ({ conversationId: id, entry })))
      .filter(({ entry }) => entry.text !== '');
    const texts = all.map(({ entry }) => entry.text);
    const scores = scoresOf(texts, phrases);
    return all
      .map((hit, i) => ({ hit, score: scores[i] ?? 0 }))
      .filter(({ hit, score }) => score > 0 && isIn(hit, conversationId))
      .sort((a, b) => {
        if (conversationId !== undefined) return b.hit.entry.seq - a.hit.entry.seq;
        return b.score - a.score || newerFirst(a.hit.entry, b.hit.entry);
      })
      .slice(0, Math.min(limit, storeLimits.maxSearchHits))
      .map(({ hit }) => ({ ...hit, ...snippetOf(hit.entry.text, phrases) }));
  }

  async trim(bounds: TrimBounds): Promise<void> {
    trimLogs(
      {
        uses: () =>
          [...this.#logs]
            .sort(([, a], [, b]) => a.usedAt - b.usedAt)
            .map(([conversationId, { entries }]) => ({ conversationId, entries: entries.size })),
        totalBytes: () => total([...this.#logs.values()].map(bytesOf)),
        keepNewest: (conversationId, count) => this.#keepNewest(conversationId, count),
      },
      bounds,
    );
  }

  async forget(conversationId: string): Promise<void> {
    this.#logs.delete(conversationId);
  }

  async sizes(): Promise<readonly CachedSize[]> {
    return [...this.#logs]
      .map(([conversationId, { entries }]) => {
        return { conversationId, entries: entries.size, bytes: bytesOf({ entries }) };
      })
      .filter(({ entries }) => entries > 0)
      .sort((a, b) => b.bytes - a.bytes);
  }

  clear(): void {
    this.#logs.clear();
  }

  #keepNewest(conversationId: string, count: number): void {
    if (count === 0) {
      this.#logs.delete(conversationId);
      return;
    }
    const log = this.#logs.get(conversationId);
    const first = sorted(log).at(-count)?.seq;
    if (!log || first === undefined) return;
    for (const seq of log.entries.keys()) if (seq < first) log.entries.delete(seq);
    log.spans = cutSpans(log.spans, first);
  }
}

function isIn(hit: { readonly conversationId: string }, wanted: string | undefined): boolean {
  return wanted === undefined || hit.conversationId === wanted;
}

function newerFirst(a: CachedEntry, b: CachedEntry): number {
  return b.sentAt - a.sentAt || b.seq - a.seq;
}

function sorted(log: Log | undefined): readonly CachedEntry[] {
  return [...(log?.entries.values() ?? [])].sort((a, b) => a.seq - b.seq);
}

function bytesOf({ entries }: Pick<Log, 'entries'>): number {
  return total([...entries.values()].map(entryBytes));
}

function total(amounts: readonly number[]): number {
  return amounts.reduce((sum, each) => sum + each, 0);
}
