import { matchExpression, type Phrase, searchPhrases, snippetOf } from '@heliogram/content';
import { DependencyError, HeliogramError } from '@heliogram/protocol';
import type { PostHits, PostQuery, PostSearch } from '../channels/search-port.ts';
import type { Runtime } from '../runtime.ts';
import { Turnstile } from '../turnstile.ts';
import { type IndexFile, isDamaged } from './index-file.ts';

export type PostSearchParts = {
  readonly file: IndexFile;
  readonly runtime: Runtime;
  /** The file turned out to be damaged. */
  readonly onDamage: () => void;
};

const SLICE_MS = 4;
const SLICE_ROWS = 256;
/** Posts ranked for one query; words so common say little about what is meant. */
const MAX_RANKED = 200_000;
const KEPT_AT_LEAST = 512;

type Candidate = {
  readonly conversation: number;
  readonly seq: number;
  readonly rank: number;
  readonly sentAt: number;
};

/** Ranks in slices: however many posts hold a word, everything else goes on in between. */
export class RankedPostSearch implements PostSearch {
  readonly #parts: PostSearchParts;
  readonly #turnstile = new Turnstile({ atOnce: 4, maxWaiting: 64 });

  constructor(parts: PostSearchParts) {
    this.#parts = parts;
  }

  async search(query: PostQuery): Promise<PostHits> {
    const phrases = searchPhrases(query.query);
    if (phrases.length === 0) return { hits: [], more: false };
    return this.#turnstile.run(() => this.#answer(query, phrases));
  }

  async #answer(query: PostQuery, phrases: readonly Phrase[]): Promise<PostHits> {
    try {
      const { offset, limit } = query;
      const best = await (query.newestFirst ? this.#newest : this.#rank).call(this, query, phrases);
      const hits = best.slice(offset, offset + limit).flatMap((hit) => {
        const text = this.#textOf(hit);
        if (text === undefined) return [];
        const { conversation, seq } = hit;
        return [{ conversation, seq, ...snippetOf(text, phrases) }];
      });
      return { hits, more: best.length > offset + limit };
    } catch (cause) {
      if (cause instanceof HeliogramError) throw cause;
      if (isDamaged(cause)) this.#parts.onDamage();
      const message = 'search is not available right now: try again later';
      throw new DependencyError('unavailable', message, { cause, retryAfterMs: 1_000 });
    }
  }

  /** The best ones, as many as the page and what is before it need, and one more. */
  async #rank(query: PostQuery, phrases: readonly Phrase[]): Promise<readonly Candidate[]> {
    const wanted = query.offset + query.limit + 1;
    const readable = new ReadableConversations(query.readable);
    const rows = this.#candidates(query, phrases);
    let best: Candidate[] = [];
    try {
      for (let ranked = 0; ranked < MAX_RANKED; ) {
        const slice = this.#take(rows);
        if (slice.length === 0) break;
        ranked += slice.length;
        best.push(...(await readable.only(slice)));
        if (best.length > wanted + KEPT_AT_LEAST) best = best.sort(byRank).slice(0, wanted);
        await new Promise<void>((resolve) => this.#parts.runtime.soon(resolve));
      }
    } finally {
      rows.return?.();
    }
    return best.sort(byRank).slice(0, wanted);
  }

  /** The newest ones, in a log's own order. */
  async #newest(query: PostQuery, phrases: readonly Phrase[]): Promise<readonly Candidate[]> {
    const wanted = query.offset + query.limit + 1;
    const readable = new ReadableConversations(query.readable);
    const rows = this.#candidates(query, phrases);
    const newest: Candidate[] = [];
    try {
      while (newest.length < wanted) {
        const slice = this.#take(rows);
        if (slice.length === 0) break;
        newest.push(...(await readable.only(slice)));
        await new Promise<void>((resolve) => this.#parts.runtime.soon(resolve));
      }
    } finally {
      rows.return?.();
    }
    return newest.slice(0, wanted);
  }

  #candidates(query: PostQuery, phrases: readonly Phrase[]): Iterator<Candidate> {
    const { conversation, newestFirst } = query;
    const within =
      conversation === undefined ? '' : 'and w.rowid >= (?2 << 32) and w.rowid < (?2 + 1 << 32)';
    // A statement of its own: searches interleave.
    const statement = this.#parts.file.reader.database.prepare(
      `select w.rowid >> 32 as conversation, w.rowid & 4294967295 as seq, p.sent_at as sentAt,
         bm25(post_words) as rank
       from post_words w join posts p on p.id = w.rowid
       where post_words match ?1 ${within} ${newestFirst ? 'order by w.rowid desc' : ''}`,
    );
    const expression = matchExpression(phrases);
    const rows =
      conversation === undefined
        ? statement.iterate(expression)
        : statement.iterate(expression, conversation);
    return rows as unknown as Iterator<Candidate>;
  }

  #take(rows: Iterator<Candidate>): Candidate[] {
    const { runtime } = this.#parts;
    const slice: Candidate[] = [];
    const until = runtime.monotonicMs() + SLICE_MS;
    while (slice.length < SLICE_ROWS && (slice.length === 0 || runtime.monotonicMs() < until)) {
      const { done, value } = rows.next();
      if (done) break;
      slice.push(value);
    }
    return slice;
  }

  #textOf({ conversation, seq }: Candidate): string | undefined {
    const row = this.#parts.file.reader
      .prepare('select text from posts where id = (?1 << 32 | ?2)')
      .get(conversation, seq) as { readonly text: string } | undefined;
    return row?.text;
  }
}

/** Better words first, then the newer post. */
function byRank(a: Candidate, b: Candidate): number {
  return a.rank - b.rank || b.sentAt - a.sentAt || b.conversation - a.conversation || b.seq - a.seq;
}

/** Asks about each conversation once. */
class ReadableConversations {
  readonly #ask: PostQuery['readable'];
  readonly #known = new Map<number, boolean>();

  constructor(ask: PostQuery['readable']) {
    this.#ask = ask;
  }

  async only(candidates: readonly Candidate[]): Promise<readonly Candidate[]> {
    const unknown = new Set(
      candidates.map(({ conversation }) => conversation).filter((row) => !this.#known.has(row)),
    );
    if (unknown.size > 0) {
      const open = await this.#ask([...unknown]);
      for (const row of unknown) this.#known.set(row, open.has(row));
    }
    return candidates.filter(({ conversation }) => this.#known.get(conversation));
  }
}
