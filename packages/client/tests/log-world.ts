import { create } from '@bufbuild/protobuf';
import {
  CountersSchema,
  type Entry,
  EntryKind,
  EntrySchema,
  HeliogramError,
  LogService,
  type ReadRequest,
} from '@heliogram/protocol';
import { type Caller, Connection } from '../src/connection/connection.ts';
import { fold } from '../src/conversations/cached-entries.ts';
import { CachedLog, type LogChange } from '../src/conversations/cached-log.ts';
import { Follower } from '../src/conversations/follower.ts';
import { composeDraft } from '../src/posts/compose-post.ts';
import { viewEntry } from '../src/posts/entry-view.ts';
import { createMemoryStore } from '../src/store/memory-store.ts';
import { msOf, timestampOf } from '../src/timestamps.ts';
import { FakeServer, fakePlatform } from './fake-server.ts';

export const chat = 'ab'.repeat(16);
const random = { bytes: (length: number) => new Uint8Array(length).fill(7) };
export const say = (text: string) =>
  composeDraft({ text }, { conversationId: chat, random }).payload;

/** A server with one log, read and pushed as the real one does. */
export class LogServer {
  readonly server = new FakeServer();
  readonly log: Entry[] = [];
  /** So many reads are refused for now. */
  failReads = 0;
  #time = 1_000_000;
  readonly reads: ReadRequest[] = [];
  counters = new Map<number, number>();

  constructor() {
    const { method } = LogService;
    this.server.on(method.subscribe, ({ subscriptions }) => ({
      results: subscriptions.map(({ conversationId, afterSeq, afterSentAt, backlog }) => ({
        conversationId,
        ...this.#head,
        rewound: !!afterSentAt && msOf(afterSentAt) !== msOf(this.log[afterSeq - 1]?.sentAt),
        backlog: backlog && this.log.length - afterSeq <= 3 ? this.log.slice(afterSeq) : [],
      })),
    }));
    this.server.on(method.unsubscribe, () => ({}));
    this.server.on(method.read, (request) => {
      this.reads.push(request);
      // Not those of the follower, which tries again by itself.
      if (request.listed && this.failReads > 0) {
        this.failReads--;
        throw new HeliogramError('unavailable', 'busy');
      }
      return this.#read(request);
    });
  }

  post(text: string, push = true): Entry {
    return this.#append({ kind: EntryKind.POST, payload: say(text) }, push);
  }

  edit(targetSeq: number, text: string, push = true): Entry {
    return this.#append({ kind: EntryKind.EDIT, targetSeq, payload: say(text) }, push);
  }

  redact(targetSeq: number, push = true): Entry {
    return this.#append({ kind: EntryKind.REDACTION, targetSeq }, push);
  }

  fill(count: number): void {
    for (let i = 0; i < count; i++) this.post(`post ${this.log.length + 1}`, false);
  }

  /** As a server does that was restored from a backup of then. */
  restore(seq: number): void {
    this.log.length = seq;
  }

  get #head() {
    const headSentAt = this.log.at(-1)?.sentAt;
    return { headSeq: this.log.length, ...(headSentAt && { headSentAt }) };
  }

  #append(entry: { kind: EntryKind; payload?: Uint8Array; targetSeq?: number }, push: boolean) {
    const seq = this.log.length + 1;
    this.#time += 1_000;
    const added = create(EntrySchema, { ...entry, seq, sentAt: timestampOf(this.#time) });
    this.log.push(added);
    if (push)
      this.server.link.push({ case: 'entry', value: { conversationId: chat, entry: added } });
    return added;
  }

  #read({ afterSeq, beforeSeq, limit, listed, fromStart }: ReadRequest) {
    const isListed = ({ kind }: Entry) => kind === EntryKind.POST || kind === EntryKind.NOTE;
    const within = this.log.filter(
      (entry) =>
        (!listed || isListed(entry)) &&
        entry.seq > afterSeq &&
        (beforeSeq === 0 || entry.seq < beforeSeq),
    );
    const forward = afterSeq > 0 || fromStart;
    const chosen = forward ? within.slice(0, limit) : within.slice(-limit);
    const entries = chosen.map((entry) => this.#folded(entry));
    return { entries, ...this.#head, more: within.length > limit };
  }

  #folded(entry: Entry): Entry {
    const changes = this.log.filter(({ targetSeq, kind }) => {
      return targetSeq === entry.seq && kind !== EntryKind.POST;
    });
    const views = this.counters.get(entry.seq);
    const counted =
      views === undefined ? entry : { ...entry, counters: create(CountersSchema, { views }) };
    return changes.reduce(fold, counted);
  }
}

export function setUp(
  options: { pageSize?: number; maxEntries?: number; isOnline?: () => boolean } = {},
) {
  const world = new LogServer();
  const store = createMemoryStore();
  const platform = fakePlatform(world.server);
  /** Answers to reads wait for it. */
  const gate = { promise: Promise.resolve() };
  const start = () => {
    const connection = new Connection({ origin: 'http://h', platform, clientName: 'test' });
    const { scheduler } = platform;
    const follower = new Follower(connection, platform);
    const { entries } = store;
    const parts = { conversationId: chat, follower, entries, scheduler, pageSize: 10, ...options };
    const call: Caller = async (method, request) => {
      const answer = await connection.call(method, request);
      await gate.promise;
      return answer;
    };
    const log = new CachedLog({ ...parts, call });
    const changes: LogChange[] = [];
    log.events.on('changed', (change) => changes.push(change));
    return { log, connection, changes };
  };
  return { world, store, platform, gate, start, ...start() };
}

export const seqs = (entries: readonly Entry[]) => entries.map(({ seq }) => seq);
export const range = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, i) => from + i);
export const textAt = (log: CachedLog, seq: number) => {
  const entry = log.entries.find((each) => each.seq === seq);
  return entry && viewEntry(chat, entry).text;
};
