import { type Entry, LogService, type Profile } from '@heliogram/protocol';
import type { Caller } from '../connection/connection.ts';
import type { Scheduler } from '../ports.ts';
import type { EntryBatch, EntryRange, EntryStore, Span } from '../store/entry-port.ts';
import { spanAt } from '../store/spans.ts';
import { msOf } from '../timestamps.ts';
import { fromCached, toCached } from './cached-entries.ts';
import type { LogPage } from './log-window.ts';
import type { Position } from './positions.ts';

/** Before a seq: the last ones; after it: the first; between two; neither: the end of the log. */
export interface PageQuery {
  readonly afterSeq?: number;
  readonly beforeSeq?: number;
  readonly limit: number;
}

export interface LogPagesParts {
  readonly conversationId: string;
  readonly call: Caller;
  readonly entries: Pick<EntryStore, 'range'>;
  readonly scheduler: Pick<Scheduler, 'now'>;
  readonly onAuthors: (authors: readonly Profile[]) => void;
  /** Takes what was read, to keep it. */
  readonly keep: (page: EntryBatch) => Promise<void>;
}

/** Pages of one log: from the store where it knows them whole, from the server, which are kept. */
export class LogPages {
  readonly #parts: LogPagesParts;

  constructor(parts: LogPagesParts) {
    this.#parts = parts;
  }

  /** How far everything that is kept has seen the log; seq 0: nothing is kept. */
  async seen(): Promise<Position> {
    const { entries, conversationId } = this.#parts;
    const { seenSeq: seq, seenSentAt: sentAt } = await entries.range({ conversationId, limit: 0 });
    return { seq, sentAt };
  }

  /** Undefined where the store has a gap. */
  async cached(query: PageQuery): Promise<LogPage | undefined> {
    const { entries: store, conversationId } = this.#parts;
    const atEnd = query.afterSeq === undefined && query.beforeSeq === undefined;
    const { spans } = await store.range({ conversationId, limit: 0 });
    const last = spans.at(-1);
    if (!last) return undefined;
    const wanted = atEnd ? { ...query, beforeSeq: last.to + 1 } : query;
    return wholePage(await store.range({ conversationId, ...wanted }), wanted);
  }

  /** What the server shows now. Throws what it answers. `first`: nothing of the log is kept yet. */
  async read(query: PageQuery, first = false): Promise<LogPage> {
    const { call, conversationId, scheduler, onAuthors, keep } = this.#parts;
    const { entries, headSeq, headSentAt, more, authors } = await call(LogService.method.read, {
      conversationId,
      ...query,
      listed: true,
      fromStart: query.afterSeq !== undefined,
    });
    const known = knownBy(query, { entries, headSeq, more });
    const page = { entries, headSeq, headSentAt: headSentAt && msOf(headSentAt), known };
    if (authors.length > 0) onAuthors(authors);
    const usedAt = scheduler.now();
    const seen = first ? { seenSeq: headSeq, seenSentAt: page.headSentAt } : {};
    await keep({
      conversationId,
      entries: entries.map(toCached),
      known,
      usedAt,
      ...seen,
    });
    return page;
  }
}

function knownBy(
  { afterSeq, beforeSeq }: PageQuery,
  answer: { readonly entries: readonly Entry[]; readonly headSeq: number; readonly more: boolean },
): Span {
  const { entries, headSeq, more } = answer;
  const [first, last] = [entries[0]?.seq ?? 1, entries.at(-1)?.seq ?? 0];
  const end = Math.min(beforeSeq === undefined ? headSeq : beforeSeq - 1, Math.max(headSeq, last));
  if (afterSeq !== undefined) return { from: afterSeq + 1, to: more ? last : Math.max(end, last) };
  return { from: more ? first : 1, to: Math.max(end, last) };
}

function wholePage(range: EntryRange, query: PageQuery): LogPage | undefined {
  const { afterSeq, beforeSeq, limit } = query;
  const forward = afterSeq !== undefined;
  const span = spanAt(range.spans, forward ? afterSeq + 1 : (beforeSeq ?? 1) - 1);
  if (!span) return undefined;
  const within = range.entries.filter(({ seq }) => seq >= span.from && seq <= span.to);
  const entries = within.flatMap((entry) => fromCached(entry) ?? []);
  if (entries.length < within.length) return undefined;
  const full = entries.length === limit;
  const [first, last] = [entries[0]?.seq ?? span.from, entries.at(-1)?.seq ?? span.to];
  const end = Math.min(span.to, (beforeSeq ?? span.to + 1) - 1);
  const known = forward
    ? { from: afterSeq + 1, to: full ? last : end }
    : { from: full ? first : span.from, to: end };
  const headSeq = Math.max(range.seenSeq, range.spans.at(-1)?.to ?? 0);
  return { entries, known, headSeq };
}
