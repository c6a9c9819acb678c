import {
  type Entry,
  type EntryCounters,
  EntryKind,
  type HeliogramError,
  LogService,
  limits,
  type ReadResponse,
  type Subscribed,
} from '@heliogram/protocol';
import { retryDelayMs, unitFrom } from '../connection/backoff.ts';
import type { Connection, PushFrame } from '../connection/connection.ts';
import { failureError } from '../connection/frames.ts';
import { asHeliogramError } from '../errors.ts';
import type { Platform } from '../ports.ts';
import { msOf, timestampOf } from '../timestamps.ts';
import { FollowQueue } from './follow-queue.ts';
import {
  type FollowEffect,
  type FollowEvent,
  type FollowState,
  startFollowing,
  stepFollow,
} from './follow-state.ts';
import type { Position } from './positions.ts';

/** What a followed log tells, in this order: `live` once, then its entries as they come. */
export type LogEvent =
  /** Everything after `headSeq` will come. */
  | { readonly type: 'live'; readonly headSeq: number; readonly headSentAt: number | undefined }
  /**
   * The server was restored from a backup: what came after `toSeq`, up to `fromSeq`, is gone from the log.
   * What stands there now comes next.
   */
  | { readonly type: 'rewound'; readonly fromSeq: number; readonly toSeq: number }
  /** The last known entry was trimmed from the log: nobody can tell whether the log is the one of then. */
  | { readonly type: 'unverified' }
  /** A post or note that is new here; a post may have been edited or deleted meanwhile. */
  | { readonly type: 'entry'; readonly entry: Entry }
  /** A post that came earlier was edited or deleted by this entry. */
  | { readonly type: 'entryChanged'; readonly seq: number; readonly by: Entry }
  | { readonly type: 'counters'; readonly counters: EntryCounters }
  /** Title, settings, pins or one's role changed: fetch the conversation again. */
  | { readonly type: 'conversationChanged' }
  | { readonly type: 'disconnected'; readonly error: HeliogramError }
  | { readonly type: 'connected' };

export interface Follow extends AsyncIterable<LogEvent> {
  end(): void;
}

export interface FollowOptions {
  /** The last seq that is known; absent: only what comes from now on. */
  readonly afterSeq?: number | undefined;
  /** When the entry at `afterSeq` was sent, milliseconds since the epoch: tells a restored log apart. */
  readonly afterSentAt?: number | undefined;
  /** Without `afterSeq`: what is known of the log from before. It is told if the log went back since. */
  readonly known?: Position | undefined;
  /** Also batched counters of recent posts. */
  readonly counters?: boolean;
}

/** Events that a slow consumer may leave waiting before its pushes turn into catch-up reads. */
const maxEventsWaiting = 4_096;

type Following = {
  readonly conversationId: string;
  readonly counters: boolean;
  readonly queue: FollowQueue<LogEvent>;
  state: FollowState;
  failures: number;
  /** Counts up with each that is lost. */
  subscriptions: number;
};

/** Follows any number of logs over one connection, across its losses. */
export class Follower {
  readonly #connection: Connection;
  readonly #platform: Pick<Platform, 'scheduler' | 'random'>;
  readonly #follows = new Map<string, Set<Following>>();

  constructor(connection: Connection, platform: Pick<Platform, 'scheduler' | 'random'>) {
    this.#connection = connection;
    this.#platform = platform;
    connection.events.on('ready', () => this.#resume());
    connection.events.on('lost', (error) => this.#interrupted(error));
    connection.events.on('failed', (error) => this.#endAll(error));
    connection.events.on('push', (frame) => this.#pushed(frame));
  }

  follow(conversationId: string, options: FollowOptions = {}): Follow {
    const queue: FollowQueue<LogEvent> = new FollowQueue(() => this.#relieve(following));
    const following: Following = {
      conversationId,
      counters: options.counters ?? false,
      queue,
      state: startFollowing(startOf(options), options.known ?? null),
      failures: 0,
      subscriptions: 0,
    };
    const others = this.#follows.get(conversationId) ?? new Set();
    this.#follows.set(conversationId, others.add(following));
    if (this.#connection.phase === 'ready') this.#subscribe([following]);
    // Failure to connect ends the follow through `failed`.
    else this.#connection.ready().catch(() => undefined);
    const end = () => this.#end(following);
    return { [Symbol.asyncIterator]: () => queue, end };
  }

  #resume(): void {
    const all = this.#all();
    for (const { queue } of all) queue.push({ type: 'connected' });
    const perRequest = 500;
    for (let i = 0; i < all.length; i += perRequest) this.#subscribe(all.slice(i, i + perRequest));
  }

  #subscribe(follows: readonly Following[]): void {
    const subscriptions = follows.map(({ conversationId, state }) => ({
      conversationId,
      ...knownPosition(state),
      backlog: state.cursor !== null,
      // The connection has one subscription of a log, whoever of them asked last.
      counters: this.#wantsCounters(conversationId),
    }));
    this.#connection.call(LogService.method.subscribe, { subscriptions }).then(
      ({ results }) => {
        for (const [i, following] of follows.entries()) {
          this.#subscribed(following, results[i], subscriptions[i]?.afterSeq ?? 0);
        }
      },
      (error: unknown) => {
        const known = asHeliogramError(error);
        for (const following of follows) this.#retryOrEnd(following, known);
      },
    );
  }

  /** The server ended the subscription, perhaps for good: its answer to another tells. */
  #subscribeAgain(following: Following): void {
    this.#disconnected(following);
    if (this.#connection.phase === 'ready') this.#subscribe([following]);
  }

  #subscribed(following: Following, result: Subscribed | undefined, afterSeq: number): void {
    if (!result || result.failure) {
      return this.#retryOrEnd(following, failureError(result?.failure));
    }
    following.failures = 0;
    const { backlog, headSeq, headSentAt } = result;
    if (result.unverified) following.queue.push({ type: 'unverified' });
    this.#take(following, {
      type: 'subscribed',
      head: { seq: headSeq, sentAt: headSentAt && msOf(headSentAt) },
      backlog,
      // A server that compares no times says only where its log ends.
      rewound: result.rewound || headSeq < afterSeq,
    });
  }

  #retryOrEnd(following: Following, error: HeliogramError): void {
    if (!error.retry) return this.#end(following, error);
    // A lost connection is resumed as a whole once it is back.
    if (this.#connection.phase !== 'ready') return;
    this.#later(following, error, () => this.#subscribe([following]));
  }

  #later(following: Following, error: HeliogramError, run: () => void): void {
    following.failures++;
    const unit = unitFrom(this.#platform.random.bytes(4));
    const delayMs = retryDelayMs(following.failures, unit, error.retryAfterMs);
    this.#platform.scheduler.after(delayMs, () => {
      if (this.#connection.phase === 'ready' && this.#isFollowed(following)) run();
    });
  }

  #take(following: Following, event: FollowEvent): void {
    const [state, effects] = stepFollow(following.state, event);
    following.state = state;
    for (const effect of effects) this.#run(following, effect);
  }

  #run(following: Following, effect: FollowEffect): void {
    switch (effect.type) {
      case 'live':
        return following.queue.push({
          type: 'live',
          headSeq: effect.head.seq,
          headSentAt: effect.head.sentAt,
        });
      case 'rewound':
        return following.queue.push(effect);
      case 'deliver':
        for (const entry of effect.entries) following.queue.push(logEvent(entry));
        if (following.queue.length < maxEventsWaiting) return;
        return this.#take(following, { type: 'congested' });
      case 'read':
        return this.#read(following, { afterSeq: effect.afterSeq }, ({ entries, headSeq }) => ({
          type: 'page',
          entries,
          head: headSeq,
        }));
      case 'trace':
        return this.#read(following, { beforeSeq: effect.beforeSeq }, ({ entries, more }) => ({
          type: 'traced',
          entries,
          more,
        }));
    }
  }

  #read(
    following: Following,
    range: { readonly afterSeq?: number; readonly beforeSeq?: number },
    eventOf: (answer: ReadResponse) => FollowEvent,
  ): void {
    const { conversationId, subscriptions } = following;
    const fromStart = range.afterSeq === 0;
    const request = { conversationId, ...range, fromStart, limit: limits.maxReadLimit };
    this.#connection.call(LogService.method.read, request).then(
      (answer) => {
        following.failures = 0;
        // The server may have been restored since an earlier subscription.
        if (following.subscriptions === subscriptions) this.#take(following, eventOf(answer));
      },
      (thrown: unknown) => {
        const error = asHeliogramError(thrown);
        if (following.subscriptions === subscriptions) {
          this.#take(following, { type: 'read-failed' });
        }
        if (!error.retry) return this.#end(following, error);
        return this.#later(following, error, () => this.#take(following, { type: 'retry' }));
      },
    );
  }

  #relieve(following: Following): void {
    const { state, queue } = following;
    if (state.congested && queue.length < maxEventsWaiting / 2) {
      this.#take(following, { type: 'relieved' });
    }
  }

  #pushed({ case: what, value }: PushFrame): void {
    switch (what) {
      case 'entry': {
        const { entry } = value;
        if (entry)
          this.#each(value.conversationId, (each) => this.#take(each, { type: 'pushed', entry }));
        return;
      }
      case 'lag':
        return this.#each(value.conversationId, (each) =>
          this.#take(each, { type: 'lag', head: value.headSeq }),
        );
      case 'counters':
        return this.#each(value.conversationId, ({ queue, counters: wanted }) => {
          if (!wanted || queue.length >= maxEventsWaiting) return;
          for (const counters of value.entries) queue.push({ type: 'counters', counters });
        });
      case 'change':
        if (value.what.case !== 'conversationId') return;
        return this.#each(value.what.value, ({ queue }) => {
          if (queue.length < maxEventsWaiting) queue.push({ type: 'conversationChanged' });
        });
      case 'ended':
        return this.#each(value.conversationId, (each) => this.#subscribeAgain(each));
      case 'signal':
        return;
    }
  }

  #each(conversationId: string, run: (following: Following) => void): void {
    for (const following of [...(this.#follows.get(conversationId) ?? [])]) run(following);
  }

  #interrupted(error: HeliogramError): void {
    for (const following of this.#all()) {
      this.#disconnected(following);
      following.queue.push({ type: 'disconnected', error });
    }
  }

  #disconnected(following: Following): void {
    following.subscriptions++;
    this.#take(following, { type: 'disconnected' });
  }

  #endAll(error: HeliogramError): void {
    for (const following of this.#all()) this.#end(following, error);
  }

  #end(following: Following, error?: HeliogramError): void {
    following.queue.end(error);
    const { conversationId } = following;
    const others = this.#follows.get(conversationId);
    others?.delete(following);
    if (!others || others.size > 0) return;
    this.#follows.delete(conversationId);
    if (this.#connection.phase !== 'ready') return;
    const request = { conversationIds: [conversationId] };
    this.#connection.call(LogService.method.unsubscribe, request).catch(() => undefined);
  }

  #wantsCounters(conversationId: string): boolean {
    return [...(this.#follows.get(conversationId) ?? [])].some(({ counters }) => counters);
  }

  #isFollowed(following: Following): boolean {
    return this.#follows.get(following.conversationId)?.has(following) ?? false;
  }

  #all(): Following[] {
    return [...this.#follows.values()].flatMap((each) => [...each]);
  }
}

function startOf({ afterSeq, afterSentAt: sentAt }: FollowOptions): Position | null {
  return afterSeq === undefined ? null : { seq: afterSeq, sentAt };
}

/** As the request names it: the entry at the cursor, or what is only compared. */
function knownPosition({ cursor, known, recent }: FollowState) {
  const last = recent.at(-1);
  const atCursor = last?.seq === cursor ? last : { seq: cursor ?? 0, sentAt: undefined };
  const { seq: afterSeq, sentAt } = cursor === null && known ? known : atCursor;
  return { afterSeq, ...(sentAt !== undefined && { afterSentAt: timestampOf(sentAt) }) };
}

function logEvent(entry: Entry): LogEvent {
  const changes = entry.kind === EntryKind.EDIT || entry.kind === EntryKind.REDACTION;
  return changes
    ? { type: 'entryChanged', seq: entry.targetSeq, by: entry }
    : { type: 'entry', entry };
}
