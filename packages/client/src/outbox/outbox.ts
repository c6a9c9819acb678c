import {
  type AppendResult,
  DependencyError,
  errorFromCode,
  type HeliogramError,
  LogService,
  limits,
  ValidationError,
  VerificationError,
} from '@heliogram/protocol';
import { newAppendId } from '../append-id.ts';
import { retryDelayMs, unitFrom } from '../connection/backoff.ts';
import type { Caller } from '../connection/connection.ts';
import { failureError } from '../connection/frames.ts';
import { Emitter } from '../emitter.ts';
import { asHeliogramError } from '../errors.ts';
import type { Platform } from '../ports.ts';
import { storeLimits } from '../store/limits.ts';
import type {
  NewOutboxItem,
  OutboxItem,
  OutboxOutcome,
  OutboxStore,
  SettledItem,
} from '../store/port.ts';
import { msOf } from '../timestamps.ts';
import { fittingBatch, nextBatchSize } from './batch.ts';

/** What is to be posted: encoded content and the intent behind it. */
export interface OutboxPost extends Omit<NewOutboxItem, 'appendId'> {
  /**
   * Chosen by whoever posts, 16 bytes as {@link newAppendId} makes them: posting the same id again is
   * the same post. Its fingerprint is then of no account.
   */
  readonly appendId?: Uint8Array | undefined;
}

/** An entry that is on its way. */
export interface Outgoing {
  readonly id: number;
  /** Bytes as they are sent: those of the first time, where an earlier attempt was taken over. */
  readonly payload: Uint8Array;
  /** Resolves once the entry is in the log; rejects when it was refused for good. */
  readonly posted: Promise<Posted>;
}

export interface Posted {
  readonly seq: number;
  /** Milliseconds since the epoch, the server's clock. */
  readonly sentAt: number;
}

/** What becomes of entries, of this session's and of those it sends for others. */
export type OutboxEvents = {
  /** Durable here and on their way, or on their way again. */
  readonly queued: { readonly conversationId: string; readonly items: readonly OutboxItem[] };
  readonly posted: Posted & { readonly item: OutboxItem };
  readonly failed: { readonly item: OutboxItem; readonly error: HeliogramError };
};

export interface OutboxOptions {
  readonly store: OutboxStore;
  readonly call: Caller;
  readonly platform: Pick<Platform, 'scheduler' | 'random' | 'process'>;
  /**
   * False: at the first failure worth a retry whoever waits is told, and the entry stays for later.
   * A rate limit is waited out in any case.
   */
  readonly retries: boolean;
  /** False: nobody is signed in, and nothing is taken. */
  readonly signedIn?: boolean;
}

type Waiting = {
  readonly conversationId: string;
  readonly posted: Promise<Posted>;
  readonly resolve: (posted: Posted) => void;
  readonly reject: (error: HeliogramError) => void;
};

/** Faults of the server in a row, after which a batch counts as refused. */
const maxInternalFailures = 3;

/** How long the outcome of a killed session's post is kept, for the same post to find it. */
const unclaimedMs = 3_600_000;

/**
 * Entries on their way to the server: durable before they are sent, in order within a conversation,
 * one append in flight in each, from the oldest unacknowledged one. The same bytes under the same id
 * are sent until an answer comes, so that an entry is in the log once however often it was sent.
 */
export class Outbox {
  readonly events = new Emitter<OutboxEvents>();
  readonly #options: OutboxOptions;
  readonly #waiting = new Map<number, Waiting>();
  readonly #pumps = new Map<string, Promise<void>>();
  /** Conversations with something to send that their pump may not have seen. */
  readonly #wanted = new Set<string>();
  /** Items of requests that are under way: they may be in the log already. */
  readonly #sending = new Set<number>();
  /** Items taken back while a pump may have read them. */
  readonly #takenBack = new Set<number>();
  #closed = false;

  constructor(options: OutboxOptions) {
    this.#options = options;
  }

  /**
   * Resolves once all are durable here; each is then sent. Throws `unauthenticated` or `too_large`
   * before any is kept.
   */
  async enqueue(
    conversationId: string,
    posts: readonly OutboxPost[],
  ): Promise<readonly Outgoing[]> {
    this.#requireSignedIn();
    for (const { payload } of posts) requireSize(payload);
    const { scheduler, random } = this.#options.platform;
    const now = scheduler.now();
    const items = await this.#options.store.enqueue({
      conversationId,
      enqueuedAt: now,
      ...this.#owner(),
      items: posts.map((post) => itemOf(post, () => newAppendId(now, random))),
    });
    return this.#dispatch(conversationId, items);
  }

  /** What waits or was refused, oldest first, of whatever session; of one conversation or of all. */
  unsettled(conversationId?: string): Promise<readonly OutboxItem[]> {
    const limit = storeLimits.maxUnsettledListed;
    return this.#options.store.unsettled({ conversationId, limit });
  }

  /** Sends a refused item once more, with the same bytes and id. Throws `not_found` for any other. */
  async retry(id: number): Promise<Outgoing> {
    this.#requireSignedIn();
    const items = await this.#options.store.retry([id], this.#options.platform.process.session);
    const [outgoing] = items.flatMap((item) => this.#dispatch(item.conversationId, [item]));
    if (!outgoing) throw new ValidationError('not_found', 'no refused post has this number');
    return outgoing;
  }

  /**
   * Takes back items that wait or were refused; those that are on their way to the server stay.
   * Answers the ones taken back.
   */
  async discard(ids: readonly number[]): Promise<readonly number[]> {
    const back = ids.filter((id) => !this.#sending.has(id));
    for (const id of back) this.#takenBack.add(id);
    await this.#options.store.forget(back);
    this.#giveUp(back, new DependencyError('interrupted', 'the post was discarded'));
    return back;
  }

  /** The outcome of these reached whoever posted them: nothing is left to remember. */
  async reported(outgoing: readonly Outgoing[]): Promise<void> {
    await this.#options.store.forget(outgoing.map(({ id }) => id));
  }

  /** Sends what sessions that are gone have left behind; resolves when all of it is settled. */
  async flush(): Promise<void> {
    const { store, platform } = this.#options;
    if (!this.#signedIn) return;
    await store.sweep(platform.scheduler.now() - unclaimedMs);
    const conversations = await store.conversations(this.#owner());
    await Promise.all(conversations.map((id) => this.#start(id)));
  }

  /** Sends nothing more; what is not acknowledged stays for the next session. */
  close(): void {
    this.#closed = true;
    const error = new DependencyError(
      'interrupted',
      'the connection was closed before the server confirmed the post',
    );
    this.#giveUp([...this.#waiting.keys()], error);
  }

  #owner() {
    const { process } = this.#options.platform;
    return { session: process.session, isAlive: (other: string) => process.isAlive(other) };
  }

  get #signedIn(): boolean {
    return this.#options.signedIn ?? true;
  }

  #requireSignedIn(): void {
    if (this.#signedIn) return;
    throw new VerificationError('unauthenticated', 'only an account can post');
  }

  #dispatch(conversationId: string, items: readonly OutboxItem[]): readonly Outgoing[] {
    const outgoing = items.map((item) => this.#expect(item));
    const queued = items.filter(({ outcome }) => outcome === null);
    if (queued.length > 0) this.events.emit('queued', { conversationId, items: queued });
    void this.#start(conversationId);
    return outgoing;
  }

  #expect({ id, payload, conversationId, outcome }: OutboxItem): Outgoing {
    const posted = this.#waiting.get(id)?.posted ?? this.#wait(id, conversationId);
    if (outcome) this.#tell({ id, outcome });
    return { id, payload, posted };
  }

  #wait(id: number, conversationId: string): Promise<Posted> {
    const { promise, resolve, reject } = Promise.withResolvers<Posted>();
    // Whoever does not wait for it is not told by an unhandled rejection.
    promise.catch(() => undefined);
    this.#waiting.set(id, { conversationId, posted: promise, resolve, reject });
    return promise;
  }

  #start(conversationId: string): Promise<void> {
    this.#wanted.add(conversationId);
    const pump = this.#pumps.get(conversationId) ?? this.#run(conversationId);
    this.#pumps.set(conversationId, pump);
    return pump;
  }

  /** Never rejects: failures are told to those who wait. */
  async #run(conversationId: string): Promise<void> {
    // Its first step comes after the caller has put it on the list of pumps.
    await Promise.resolve();
    try {
      while (this.#wanted.delete(conversationId) && !this.#closed) {
        await this.#pump(conversationId);
        await this.#collect(conversationId);
      }
    } catch (error) {
      this.#giveUp(this.#waitingIn(conversationId), asHeliogramError(error));
    } finally {
      this.#pumps.delete(conversationId);
    }
  }

  async #pump(conversationId: string): Promise<void> {
    let size: number = limits.maxAppendBatch;
    for (let failures = 0; !this.#closed; ) {
      const pending = await this.#pending(conversationId);
      const wanted = pending.filter(({ id }) => !this.#takenBack.has(id));
      const batch = fittingBatch(wanted, size);
      if (batch.length === 0) return;
      const error = await this.#sendOnce(conversationId, batch, failures);
      if (!error) {
        failures = 0;
        size = nextBatchSize(size, true);
        continue;
      }
      if (!this.#options.retries && error.retry && error.code !== 'rate_limited') {
        return this.#giveUp(
          batch.map(({ id }) => id),
          error,
        );
      }
      failures++;
      if (error.code === 'rate_limited') size = nextBatchSize(size, false);
      await this.#pause(failures, error.retryAfterMs);
    }
  }

  /** Outcomes of items taken over from a session that another process was sending for. */
  async #collect(conversationId: string): Promise<void> {
    const ids = this.#waitingIn(conversationId);
    if (ids.length === 0) return;
    for (const { id, outcome } of await this.#options.store.items(ids)) {
      if (outcome) this.#tell({ id, outcome });
    }
  }

  #waitingIn(conversationId: string): readonly number[] {
    const waiting = [...this.#waiting].filter(([, each]) => each.conversationId === conversationId);
    return waiting.map(([id]) => id);
  }

  #pending(conversationId: string): Promise<readonly OutboxItem[]> {
    const query = { conversationId, limit: limits.maxAppendBatch, ...this.#owner() };
    return this.#options.store.pending(query);
  }

  async #sendOnce(
    conversationId: string,
    batch: readonly OutboxItem[],
    failures: number,
  ): Promise<HeliogramError | undefined> {
    for (const { id } of batch) this.#sending.add(id);
    try {
      return await this.#send(conversationId, batch, failures);
    } finally {
      for (const { id } of batch) this.#sending.delete(id);
    }
  }

  /** Sends one batch and settles what was decided; the error is one that is worth another try. */
  async #send(
    conversationId: string,
    batch: readonly OutboxItem[],
    failures: number,
  ): Promise<HeliogramError | undefined> {
    const entries = batch.map(({ appendId, payload, targetSeq, silent }) => {
      return { appendId, payload, targetSeq, silent };
    });
    try {
      const { results } = await this.#options.call(LogService.method.append, {
        conversationId,
        entries,
      });
      return await this.#settle(batch, results);
    } catch (thrown) {
      const error = asHeliogramError(thrown);
      if (error.retry || this.#isUnsure(error, failures)) return error;
      await this.#settleAll(batch.map((item) => [item, failed(error)]));
      return undefined;
    }
  }

  /** A fault of the server can come after the entries were stored: the same bytes are asked about again. */
  #isUnsure(error: HeliogramError, failures: number): boolean {
    return error.code === 'internal' && failures < maxInternalFailures;
  }

  async #settle(
    batch: readonly OutboxItem[],
    results: readonly AppendResult[],
  ): Promise<HeliogramError | undefined> {
    const settled: [OutboxItem, OutboxOutcome][] = [];
    let retry: HeliogramError | undefined;
    for (const [i, item] of batch.entries()) {
      const outcome = outcomeOf(results[i]);
      if ('retry' in outcome) retry ??= outcome.retry;
      else settled.push([item, outcome]);
    }
    await this.#settleAll(settled);
    return retry;
  }

  async #settleAll(settled: readonly (readonly [OutboxItem, OutboxOutcome])[]): Promise<void> {
    await this.#options.store.settle(settled.map(([{ id }, outcome]) => ({ id, outcome })));
    for (const [item, outcome] of settled) {
      this.#tell({ id: item.id, outcome });
      if (outcome.kind === 'appended') this.events.emit('posted', { item, ...outcome });
      else this.events.emit('failed', { item, error: errorOf(outcome) });
    }
  }

  #tell({ id, outcome }: SettledItem): void {
    const waiting = this.#waiting.get(id);
    this.#waiting.delete(id);
    if (outcome.kind === 'appended') waiting?.resolve(outcome);
    else waiting?.reject(errorOf(outcome));
  }

  #giveUp(ids: readonly number[], error: HeliogramError): void {
    for (const id of ids) {
      this.#waiting.get(id)?.reject(error);
      this.#waiting.delete(id);
    }
  }

  #pause(failures: number, retryAfterMs = 0): Promise<void> {
    const { scheduler, random } = this.#options.platform;
    const delayMs = retryDelayMs(failures, unitFrom(random.bytes(4)), retryAfterMs);
    return new Promise((resolve) => {
      scheduler.after(delayMs, resolve);
    });
  }
}

/** An id of the poster's own is the one thing that makes it the same post. */
function itemOf({ appendId, ...post }: OutboxPost, newId: () => Uint8Array): NewOutboxItem {
  return appendId ? { ...post, appendId, fingerprint: '' } : { ...post, appendId: newId() };
}

function errorOf({ code, message }: Extract<OutboxOutcome, { kind: 'failed' }>): HeliogramError {
  return errorFromCode(code, message);
}

function outcomeOf(
  result: AppendResult | undefined,
): SettledItem['outcome'] | { readonly retry: HeliogramError } {
  const answer = result?.outcome;
  if (answer?.case === 'appended') {
    const { seq, sentAt } = answer.value;
    return { kind: 'appended', seq, sentAt: msOf(sentAt) };
  }
  if (answer?.case !== 'failure') {
    return { retry: new DependencyError('unavailable', 'the server did not answer for an entry') };
  }
  const error = failureError(answer.value);
  return error.retry ? { retry: error } : failed(error);
}

function failed({ code, message }: HeliogramError) {
  return { kind: 'failed', code, message } as const;
}

function requireSize(payload: Uint8Array): void {
  if (payload.byteLength <= limits.maxPayloadBytes) return;
  const message = `a post takes at most ${limits.maxPayloadBytes} bytes`;
  throw new ValidationError('too_large', message);
}
