import { type Entry, type HeliogramError, limits, type Profile } from '@heliogram/protocol';
import type { Caller } from '../connection/connection.ts';
import { Emitter } from '../emitter.ts';
import { asHeliogramError } from '../errors.ts';
import type { Scheduler } from '../ports.ts';
import type { EntryStore, Span } from '../store/entry-port.ts';
import { joinSpan } from '../store/spans.ts';
import type { Follow, Follower, LogEvent } from './follower.ts';
import { LogKeeper } from './log-keeper.ts';
import { LogPages, type PageQuery } from './log-pages.ts';
import {
  bound,
  emptyWindow,
  hasNewer,
  hasOlder,
  type LogPage,
  type LogWindow,
  openAt,
  takeCounters,
  takeEntry,
  takePage,
  type WindowChange,
} from './log-window.ts';
import type { Position } from './positions.ts';

export interface CachedLogParts {
  readonly conversationId: string;
  /** As `Client.call`: reads wait for a connection where the client keeps trying. */
  readonly call: Caller;
  readonly follower: Pick<Follower, 'follow'>;
  readonly entries: EntryStore;
  readonly scheduler: Scheduler;
  /** Whether the server can be asked now; absent: yes. If not, the end of what is kept is the end. */
  readonly isOnline?: () => boolean;
  /** Posts and notes of one page; default 50. */
  readonly pageSize?: number;
  /** In the window at once; default 1,000. What is farther off is let go of. */
  readonly maxEntries?: number;
}

export interface OpenAt {
  /** A seq; the first one after `readSeq`; or the end. */
  readonly around: number | 'unread' | 'latest';
  readonly readSeq?: number;
}

export interface LogState {
  readonly headSeq: number;
  readonly hasOlder: boolean;
  readonly hasNewer: boolean;
}

export interface LogSnapshot extends LogState {
  /** Posts and notes, edits folded in; `viewEntry` reads them. Ascending, without a gap. */
  readonly entries: readonly Entry[];
  /** False: as it was when last read here; `changed` tells what is different now. */
  readonly fresh: boolean;
}

export interface LogChange extends LogState, WindowChange {
  /** `arrived`: new in the log, at its end. `changed`: edited, deleted, counted, or read anew. */
  readonly reason: 'older' | 'newer' | 'arrived' | 'changed';
}

export type CachedLogEvents = {
  readonly changed: LogChange;
  /** Too much happened since what was shown from the store: this is the window now. */
  readonly reopened: LogSnapshot;
  readonly authors: readonly Profile[];
  readonly conversationChanged: undefined;
  /** Whether changes arrive as they happen. */
  readonly live: boolean;
  /** It is followed no more: access ended, or the client was closed. */
  readonly ended: HeliogramError;
  /** The store keeps nothing of what is read now: it is full or damaged. */
  readonly unkept: HeliogramError;
};

/** Missed entries that are taken in one by one; after more, what was kept is forgotten and read anew. */
const maxCatchUpEntries = 2_000;

/**
 * One log as somebody reads it: a window that opens from the store at once and from the server where the
 * store has a gap, is checked against the server, grows at both ends, and follows what happens. All
 * that is read is kept. Logs and edits of others are folded in; deletions erase what was kept.
 */
export class CachedLog {
  readonly events = new Emitter<CachedLogEvents>();
  readonly #parts: CachedLogParts;
  readonly #pages: LogPages;
  readonly #keeper: LogKeeper;
  readonly #pageSize: number;
  #window: LogWindow = emptyWindow;
  #at: OpenAt = { around: 'latest' };
  #opening = 0;
  #follow: Follow | undefined;
  #growing: { older?: Promise<void> | undefined; newer?: Promise<void> | undefined } = {};
  #unchecked: readonly Span[] = [];
  #checking = false;
  #closed = false;

  constructor(parts: CachedLogParts) {
    this.#parts = parts;
    this.#pageSize = parts.pageSize ?? limits.defaultReadLimit;
    const onUnkept = (error: unknown) => this.events.emit('unkept', asHeliogramError(error));
    const onAuthors = (authors: readonly Profile[]) => this.events.emit('authors', authors);
    this.#keeper = new LogKeeper({ ...parts, onUnkept });
    const keep: LogKeeper['keepPage'] = (page) => this.#keeper.keepPage(page);
    this.#pages = new LogPages({ ...parts, onAuthors, keep });
  }

  get state(): LogState {
    const window = this.#window;
    return { headSeq: window.headSeq, hasOlder: hasOlder(window), hasNewer: hasNewer(window) };
  }

  /** In the window now. */
  get entries(): readonly Entry[] {
    return this.#window.entries;
  }

  /**
   * Opens the window there, in place of what was in it: from the store where it knows the place, else
   * from the server. Throws what the server answers. Of two opened at once the later one stays.
   */
  async open(at: OpenAt): Promise<LogSnapshot> {
    this.#at = at;
    this.#opening++;
    const opening = this.#opening;
    const seen = await this.#pages.seen();
    const cached = await this.#openCached(at);
    const window = cached ?? (await this.#openFresh(at, seen.seq === 0 && !this.#follow));
    if (opening !== this.#opening) return this.#snapshot(false);
    this.#show(window);
    this.#startFollowing(seen.seq === 0 ? headOf(window) : seen);
    if (cached?.span) this.#check(cached.span);
    return this.#snapshot(!cached);
  }

  /** One more page before the window, told by `changed`. Resolves when it is there, or there is none. */
  older(): Promise<void> {
    this.#growing.older ??= this.#grow('older').finally(() => {
      this.#growing.older = undefined;
    });
    return this.#growing.older;
  }

  /** One more page after the window. */
  newer(): Promise<void> {
    this.#growing.newer ??= this.#grow('newer').finally(() => {
      this.#growing.newer = undefined;
    });
    return this.#growing.newer;
  }

  /** Follows no more. Resolves once what was told is kept. */
  async close(): Promise<void> {
    this.#closed = true;
    this.#follow?.end();
    await this.#keeper.flush();
  }

  /** Puts it in place of the window before, which heard of what arrived meanwhile. */
  #show(window: LogWindow): void {
    const wasAtEnd = !hasNewer(window);
    const headSeq = Math.max(window.headSeq, this.#window.headSeq);
    this.#window = { ...window, headSeq };
    if (wasAtEnd && hasNewer(this.#window)) this.newer().catch(() => undefined);
  }

  async #openCached(at: OpenAt): Promise<LogWindow | undefined> {
    const limit = this.#pageSize;
    const anchor = anchorOf(at);
    const online = this.#parts.isOnline?.() ?? true;
    if (anchor === undefined) {
      const window = windowOf(await this.#pages.cached({ limit }));
      return window && online && hasNewer(window) ? undefined : window;
    }
    const before = await this.#pages.cached({ beforeSeq: anchor + 1, limit });
    const after = await this.#pages.cached({ afterSeq: anchor, limit });
    if (!before && anchor > 0) return undefined;
    // What is unread came after what is kept: it is what one opens the log for.
    if (online && at.around === 'unread' && !after?.entries.length) return undefined;
    return windowOf(before ?? after, after);
  }

  async #openFresh(at: OpenAt, first: boolean): Promise<LogWindow> {
    const limit = this.#pageSize;
    const anchor = anchorOf(at);
    if (anchor === undefined) return openAt(emptyWindow, await this.#pages.read({ limit }, first));
    const query = anchor === 0 ? { afterSeq: 0, limit } : { beforeSeq: anchor + 1, limit };
    const window = openAt(emptyWindow, await this.#pages.read(query, first));
    const { span } = window;
    if (!span || span.to >= window.headSeq) return window;
    return takePage(window, await this.#pages.read({ afterSeq: span.to, limit }))[0];
  }

  async #grow(side: 'older' | 'newer'): Promise<void> {
    const opening = this.#opening;
    const isCurrent = () => opening === this.#opening && !this.#closed;
    // A page of nothing but edits shows nothing: the next one is wanted too.
    for (let query = this.#next(side); query && isCurrent(); ) {
      const { page, cached } = await this.#page(query);
      if (!isCurrent()) return;
      const grew = this.#take(takePage(this.#window, page), side);
      if (cached) this.#check(page.known);
      const next = this.#next(side);
      const moved = next?.beforeSeq !== query.beforeSeq || next?.afterSeq !== query.afterSeq;
      query = grew || !moved ? undefined : next;
    }
  }

  /** What continues the window on a side; undefined at the end of the log. */
  #next(side: 'older' | 'newer'): PageQuery | undefined {
    const { span } = this.#window;
    const limit = this.#pageSize;
    if (!span) return undefined;
    if (side === 'older')
      return hasOlder(this.#window) ? { beforeSeq: span.from, limit } : undefined;
    return hasNewer(this.#window) ? { afterSeq: span.to, limit } : undefined;
  }

  async #page(query: PageQuery): Promise<{ readonly page: LogPage; readonly cached: boolean }> {
    const page = await this.#pages.cached(query);
    return page ? { page, cached: true } : { page: await this.#pages.read(query), cached: false };
  }

  #startFollowing({ seq: afterSeq, sentAt: afterSentAt }: Position): void {
    if (this.#follow || this.#closed) return;
    const { follower, conversationId } = this.#parts;
    const options = { afterSeq, afterSentAt, counters: true };
    const follow = follower.follow(conversationId, options);
    this.#follow = follow;
    this.#read(follow, afterSeq).catch((error: unknown) => {
      if (this.#follow !== follow || this.#closed) return;
      this.#follow = undefined;
      this.events.emit('ended', asHeliogramError(error));
    });
  }

  async #read(follow: Follow, afterSeq: number): Promise<void> {
    let outdated = false;
    for await (const event of follow) {
      if (this.#closed || this.#follow !== follow) return;
      outdated ||= outdates(event, afterSeq);
      if (!outdated) await this.#happened(event);
      // Where it cannot be read now, it is when there is a connection again.
      else if (await this.#startedOver(event)) return;
    }
  }

  async #happened(event: LogEvent): Promise<void> {
    switch (event.type) {
      case 'rewound':
      case 'unverified':
        return;
      case 'live':
        this.#window = { ...this.#window, headSeq: Math.max(this.#window.headSeq, event.headSeq) };
        this.#tell({ inserted: [], updated: [], removed: [] }, 'changed');
        return this.#isLive(true);
      case 'connected':
        return this.#isLive(true);
      case 'disconnected':
        return this.#isLive(false);
      case 'entry':
        this.#take(takeEntry(this.#window, event.entry), 'arrived');
        return this.#keeper.keep(event.entry);
      case 'entryChanged':
        this.#take(takeEntry(this.#window, event.by), 'changed');
        return this.#keeper.keep(event.by);
      case 'counters': {
        const { seq, counters } = event.counters;
        this.#take(takeCounters(this.#window, event.counters), 'changed');
        if (counters) this.#keeper.count(seq, counters);
        return;
      }
      case 'conversationChanged':
        return this.events.emit('conversationChanged', undefined);
    }
  }

  #isLive(live: boolean): void {
    this.events.emit('live', live);
    if (live) void this.#checkAll();
  }

  /** Forgets what was kept and reads it anew; false where the server cannot be asked now. */
  async #startedOver(event: LogEvent): Promise<boolean> {
    if (event.type === 'disconnected') this.events.emit('live', false);
    if (event.type !== 'live' && event.type !== 'connected' && event.type !== 'rewound')
      return false;
    try {
      await this.#startOver();
      return true;
    } catch (error) {
      if (!asHeliogramError(error).retry) throw error;
      return false;
    }
  }

  async #startOver(): Promise<void> {
    this.#unchecked = [];
    this.#opening++;
    const opening = this.#opening;
    await this.#keeper.flush();
    await this.#parts.entries.forget(this.#parts.conversationId);
    const window = await this.#openFresh(this.#at, true);
    this.#follow?.end();
    this.#follow = undefined;
    if (this.#closed) return;
    // Somebody who opened another place meanwhile sees what is there, followed from here on.
    if (opening === this.#opening) {
      this.#window = emptyWindow;
      this.#show(window);
    }
    this.#startFollowing(headOf(window));
    if (opening === this.#opening) this.events.emit('reopened', this.#snapshot(true));
    this.events.emit('live', true);
  }

  /** What came from the store is read again, for counters and whatever the log does not tell. */
  #check(span: Span): void {
    this.#unchecked = joinSpan(this.#unchecked, span);
    void this.#checkAll();
  }

  async #checkAll(): Promise<void> {
    if (this.#checking) return;
    this.#checking = true;
    for (let span = this.#unchecked.at(-1); span && !this.#closed; span = this.#unchecked.at(-1)) {
      const query = { afterSeq: span.from - 1, beforeSeq: span.to + 1, limit: limits.maxReadLimit };
      // Tried again when the connection is back; where access has ended, the follow tells.
      const page = await this.#pages.read(query).catch(() => undefined);
      if (!page) break;
      this.#take(takePage(this.#window, page), 'changed');
      this.#unchecked = without(this.#unchecked, page.known, span);
    }
    this.#checking = false;
  }

  /** Whether anything was inserted. */
  #take(step: readonly [LogWindow, WindowChange], reason: LogChange['reason']): boolean {
    const [window, change] = step;
    const headMoved = window.headSeq !== this.#window.headSeq;
    const grew = reason === 'older' ? 'older' : 'newer';
    const [bounded, { removed }] = bound(window, this.#parts.maxEntries ?? 1_000, grew);
    this.#window = bounded;
    const { inserted, updated } = change;
    const gone = [...change.removed, ...removed];
    const something = inserted.length + updated.length + gone.length > 0;
    if (something || headMoved) this.#tell({ inserted, updated, removed: gone }, reason);
    return inserted.length > 0;
  }

  #tell(change: WindowChange, reason: LogChange['reason']): void {
    if (!this.#closed) this.events.emit('changed', { ...change, ...this.state, reason });
  }

  #snapshot(fresh: boolean): LogSnapshot {
    return { ...this.state, entries: this.#window.entries, fresh };
  }
}

/**
 * After a restore of the server what is kept may be gone from the log; among too many entries edits and
 * deletions are not known. In both cases nothing of then stays.
 */
function outdates(event: LogEvent, afterSeq: number): boolean {
  if (event.type === 'live') return event.headSeq - afterSeq > maxCatchUpEntries;
  return event.type === 'rewound';
}

function headOf({ headSeq: seq, headSentAt: sentAt }: LogWindow): Position {
  return { seq, sentAt };
}

function anchorOf({ around, readSeq = 0 }: OpenAt): number | undefined {
  if (around === 'latest') return undefined;
  return around === 'unread' ? readSeq : around;
}

function windowOf(page: LogPage | undefined, next?: LogPage): LogWindow | undefined {
  if (!page) return undefined;
  const window = openAt(emptyWindow, page);
  const whole = next ? takePage(window, next)[0] : window;
  return whole.entries.length > 0 ? whole : undefined;
}

/** What was read is checked; a page that came back short leaves the rest of its span. */
function without(spans: readonly Span[], read: Span, asked: Span): readonly Span[] {
  const others = spans.filter((span) => span !== asked);
  const rest = { from: Math.max(asked.from, read.to + 1), to: asked.to };
  return rest.from <= asked.from ? others : joinSpan(others, rest);
}
