import { type ChatLocal, type Follow, type LogEvent, timestampOf } from '@heliogram/client';
import {
  type ConversationSummary,
  type Entry,
  EntryKind,
  LogService,
  type UnreadState,
} from '@heliogram/protocol';
import type { ChatListView, ChatRow } from '../../bridge/contract/chats.ts';
import { Changes } from '../changes.ts';
import { readListed } from '../log/listed.ts';
import type { House } from '../session/house.ts';
import {
  asListed,
  type ChatState,
  chatOf,
  rowOf,
  withChangedLast,
  withCount,
  withEntry,
  withOwnPost,
  withRead,
  withRewind,
} from './chat-state.ts';
import { fetchSummaries, readSummaries, writeChanged, writeSummaries } from './summaries.ts';
import { unreadOf } from './unread-count.ts';

/** Changes in a row are told together, so often at most. */
const tellAfterMs = 40;
const tellEveryMs = 250;
/** Lists asked for in a row are one list. */
const listAfterMs = 250;
/** What arrives in a row is kept, and asked about, together. */
const keepAfterMs = 1_000;
const countAfterMs = 250;

/** One's conversations, live: from the store first, then as the server lists and pushes them. */
export class ChatList {
  readonly changes = new Changes();
  readonly #house: House;
  readonly #chats = new Map<string, ChatState>();
  readonly #follows = new Map<string, Follow>();
  readonly #outgoing = new Map<string, 'sending' | 'failed'>();
  /** Marks that the server has. */
  readonly #acknowledged = new Map<string, number>();
  /** When chats came that were not in the first list, milliseconds since the epoch. */
  readonly #came = new Map<string, number>();
  #locals = new Map<string, ChatLocal>();
  #loaded = false;
  readonly #known = Promise.withResolvers<void>();
  readonly #stored = Promise.withResolvers<void>();
  /** As the server listed them, with what arrived since: what is kept for a start without a network. */
  readonly #summaries = new Map<string, ConversationSummary>();
  readonly #unkept = new Set<string>();
  #telling = false;
  #toldAt = Number.NEGATIVE_INFINITY;
  #listing = false;
  /** Conversations whose count only the server knows now. */
  readonly #uncounted = new Set<string>();

  constructor(house: House) {
    this.#house = house;
  }

  /** Begins to keep the list; until the client is closed. */
  async start(): Promise<void> {
    try {
      await this.#start();
    } finally {
      this.#stored.resolve();
    }
  }

  async #start(): Promise<void> {
    const { client, store, keys } = this.#house;
    if (!keys) {
      this.#nowLoaded();
      return this.#tellNow();
    }
    client.connection.events.on('ready', () => this.relist());
    client.connection.events.on('push', (frame) => {
      if (frame.case === 'change' && frame.value.what.case === 'account') this.relist();
    });
    const known = await readSummaries(store);
    await this.#readLocals();
    for (const summary of known) {
      this.#summaries.set(summary.conversationId, summary);
      this.#chats.set(summary.conversationId, chatOf(summary));
    }
    if (known.length > 0) this.#nowLoaded();
    this.#tellNow();
    if (client.connection.phase === 'ready') this.relist();
  }

  get view(): ChatListView {
    const rows = [...this.#chats.values()].map((chat) => this.#row(chat));
    return { chats: rows.sort((a, b) => this.#compare(a, b)), loaded: this.#loaded };
  }

  /** Resolves once the store or the server has said what there is. */
  get known(): Promise<void> {
    return this.#known.promise;
  }

  /** Resolves once the store has said what it has. */
  get stored(): Promise<void> {
    return this.#stored.promise;
  }

  chat(conversationId: string): ChatState | undefined {
    return this.#chats.get(conversationId);
  }

  get all(): readonly ChatRow[] {
    return this.view.chats;
  }

  /** Asks the server for the list, soon. */
  relist(): void {
    if (this.#listing) return;
    this.#listing = true;
    this.#house.platform.scheduler.after(listAfterMs, () => {
      this.#listing = false;
      this.#list().catch(() => undefined);
    });
  }

  async refreshLocals(): Promise<void> {
    await this.#readLocals();
    this.#tell();
  }

  async #readLocals(): Promise<void> {
    const locals = await this.#house.store.chats.locals();
    this.#locals = new Map(locals.map((local) => [local.conversationId, local]));
  }

  /** How one's own posts of a conversation fare; undefined: all are posted. */
  setOutgoing(conversationId: string, outgoing: 'sending' | 'failed' | undefined): void {
    if (outgoing) this.#outgoing.set(conversationId, outgoing);
    else this.#outgoing.delete(conversationId);
    this.#tell();
  }

  async markRead(conversationId: string, seq: number): Promise<void> {
    const chat = this.#chats.get(conversationId);
    if (!this.#house.keys || seq <= (this.#acknowledged.get(conversationId) ?? 0)) return;
    this.#acknowledged.set(conversationId, seq);
    if (chat) this.#put(withRead(chat, seq));
    const { client } = this.#house;
    const mark = { conversationId, seq, ...(await this.#sentAt(conversationId, seq)) };
    const count = !(this.#chats.get(conversationId)?.unread.exact ?? true);
    const answer = await client.call(LogService.method.acknowledge, { marks: [mark], count });
    this.#counted(answer.states);
  }

  /** Names the entry that was read, so that no other one is marked after a restore of the server. */
  async #sentAt(conversationId: string, seq: number) {
    const query = { conversationId, afterSeq: seq - 1, beforeSeq: seq + 1, limit: 1 };
    const { entries } = await this.#house.store.entries.range(query);
    return entries[0] && { sentAt: timestampOf(entries[0].sentAt) };
  }

  #counted(states: readonly UnreadState[]): void {
    for (const state of states) {
      const chat = this.#chats.get(state.conversationId);
      if (chat) this.#put(withCount(chat, state));
    }
  }

  /** What the log alone does not tell is asked for, soon. */
  #countLater(conversationId: string): void {
    if (this.#uncounted.size === 0) {
      this.#house.platform.scheduler.after(countAfterMs, () => {
        const marks = [...this.#uncounted].map((id) => ({ conversationId: id, seq: 0 }));
        this.#uncounted.clear();
        this.#count(marks).catch(() => undefined);
      });
    }
    this.#uncounted.add(conversationId);
  }

  async #count(marks: readonly { conversationId: string; seq: number }[]): Promise<void> {
    const { call } = this.#house.client.connection;
    for (let i = 0; i < marks.length; i += 500) {
      const some = marks.slice(i, i + 500);
      this.#counted(
        (await call(LogService.method.acknowledge, { marks: some, count: true })).states,
      );
    }
  }

  async #list(): Promise<void> {
    const summaries = await fetchSummaries(this.#house.client.connection.call);
    const listed = new Set(summaries.map(({ conversationId }) => conversationId));
    for (const summary of summaries) {
      this.#summaries.set(summary.conversationId, summary);
      await this.#take(chatOf(summary));
    }
    for (const id of [...this.#chats.keys()]) if (!listed.has(id)) this.#drop(id);
    this.#nowLoaded();
    this.#tell();
    await writeSummaries(this.#house.store, summaries);
  }

  async #take(listed: ChatState): Promise<void> {
    const { conversationId, role } = listed;
    const known = this.#chats.get(conversationId);
    this.#acknowledge(listed);
    if (!known && this.#loaded)
      this.#came.set(conversationId, this.#house.platform.scheduler.now());
    // What is only known from the store may be of a log that went back since.
    const followed = this.#follows.has(conversationId) ? known : undefined;
    this.#chats.set(conversationId, asListed(listed, followed));
    if (role !== 'requested') await this.#follow(conversationId);
  }

  #acknowledge({ conversationId, unread }: ChatState): void {
    const known = this.#acknowledged.get(conversationId) ?? 0;
    this.#acknowledged.set(conversationId, Math.max(known, unread.readSeq));
  }

  #nowLoaded(): void {
    this.#loaded = true;
    this.#known.resolve();
  }

  #drop(conversationId: string): void {
    this.#chats.delete(conversationId);
    this.#follows.get(conversationId)?.end();
    this.#follows.delete(conversationId);
  }

  /** From the end on; what is kept of it from before is held against it. */
  async #follow(conversationId: string): Promise<void> {
    if (this.#follows.has(conversationId)) return;
    const { client, store } = this.#house;
    const { seenSeq, seenSentAt } = await store.entries.range({ conversationId, limit: 0 });
    if (this.#follows.has(conversationId) || client.connection.closed) return;
    const known = seenSeq > 0 ? { seq: seenSeq, sentAt: seenSentAt } : undefined;
    const follow = client.follower.follow(conversationId, { known });
    this.#follows.set(conversationId, follow);
    void this.#consume(conversationId, follow);
  }

  async #consume(conversationId: string, follow: Follow): Promise<void> {
    try {
      for await (const event of follow) await this.#event(conversationId, event);
    } catch {
      // Access ended, or the client was closed: the next list tells.
    }
    if (this.#follows.get(conversationId) !== follow) return;
    this.#follows.delete(conversationId);
    this.relist();
  }

  async #event(conversationId: string, event: LogEvent): Promise<void> {
    const chat = this.#chats.get(conversationId);
    if (!chat) return;
    if (event.type === 'rewound') return this.#rewound(chat, event);
    // Between the list and the subscription something arrived.
    if (event.type === 'live' && event.headSeq !== chat.headSeq) return this.relist();
    if (event.type === 'entry') return this.#arrived(chat, event.entry);
    if (event.type === 'conversationChanged') return this.relist();
    if (event.type !== 'entryChanged') return;
    this.#put(withEntry(chat, event.by));
    if (chat.last?.seq !== event.seq) return;
    // What stands before a deleted post is the server's to say.
    if (event.by.kind === EntryKind.REDACTION) return this.relist();
    const entry = await readListed(this.#house.client.call, conversationId, event.seq);
    const now = this.#chats.get(conversationId);
    if (entry && now) this.#put(withChangedLast(now, entry));
  }

  #arrived(chat: ChatState, entry: Entry): void {
    this.#put(withEntry(chat, entry));
    const { conversationId } = chat;
    const summary = this.#summaries.get(conversationId);
    const isListed = entry.kind === EntryKind.POST || entry.kind === EntryKind.NOTE;
    if (summary && isListed) this.#summaries.set(conversationId, { ...summary, last: entry });
  }

  /** The server was restored from a backup: what is kept of the log, and where reading stopped, are of another. */
  async #rewound(
    chat: ChatState,
    { fromSeq, toSeq }: Extract<LogEvent, { type: 'rewound' }>,
  ): Promise<void> {
    const { conversationId } = chat;
    const { store } = this.#house;
    this.#acknowledged.delete(conversationId);
    // A row that was just listed is of the log as it is; only what was kept is older.
    if (fromSeq >= chat.headSeq) this.#put(withRewind(chat, toSeq));
    this.relist();
    const { place } = await store.chats.local(conversationId);
    if (place && Math.max(place.seq, place.readSeq) > toSeq) {
      await store.chats.setLocal(conversationId, { place: null });
    }
    await store.entries.forget(conversationId);
  }

  #keepSoon(conversationId: string): void {
    const { platform, store } = this.#house;
    if (this.#unkept.size === 0) {
      platform.scheduler.after(keepAfterMs, () => {
        const changed = [...this.#unkept].flatMap((id) => this.#summaryNow(id));
        this.#unkept.clear();
        writeChanged(store, changed).catch(() => undefined);
      });
    }
    this.#unkept.add(conversationId);
  }

  /** As the row shows it: a start without a network begins with the same count. */
  #summaryNow(conversationId: string): readonly ConversationSummary[] {
    const summary = this.#summaries.get(conversationId);
    const chat = this.#chats.get(conversationId);
    if (!summary || !chat) return [];
    const { headSeq, unread } = chat;
    return [{ ...summary, headSeq, readSeq: unread.readSeq, unread: unreadOf(unread) }];
  }

  /** One's own post is not unread. */
  posted(conversationId: string, seq: number): void {
    const chat = this.#chats.get(conversationId);
    if (chat) this.#put(withOwnPost(chat, seq));
  }

  #put(chat: ChatState): void {
    const { conversationId } = chat;
    this.#chats.set(conversationId, chat);
    if (!chat.unread.exact) this.#countLater(conversationId);
    this.#keepSoon(conversationId);
    this.#tell();
  }

  #row(chat: ChatState): ChatRow {
    const { conversationId } = chat;
    const local = this.#locals.get(conversationId);
    const draft = local?.draft?.text;
    const outgoing = this.#outgoing.get(conversationId);
    return rowOf(chat, {
      pinned: local?.pinOrder !== null && local?.pinOrder !== undefined,
      ...(draft && { draft }),
      ...(outgoing && { outgoing }),
    });
  }

  #compare(a: ChatRow, b: ChatRow): number {
    if (a.pinned !== b.pinned) return a.pinned ? -1 : 1;
    if (a.pinned) {
      // Pinned at the same moment on two devices: the same order on both.
      const between = this.#pinOrder(a) - this.#pinOrder(b);
      return between || (a.conversationId < b.conversationId ? -1 : 1);
    }
    return this.#newsOf(b) - this.#newsOf(a) || a.title.localeCompare(b.title);
  }

  /** A chat without a post counts from when it came. */
  #newsOf({ conversationId, last }: ChatRow): number {
    return last?.at ?? this.#came.get(conversationId) ?? 0;
  }

  #pinOrder({ conversationId }: ChatRow): number {
    return this.#locals.get(conversationId)?.pinOrder ?? 0;
  }

  #tell(): void {
    if (this.#telling) return;
    this.#telling = true;
    const { scheduler } = this.#house.platform;
    const sinceMs = Math.max(0, scheduler.now() - this.#toldAt);
    scheduler.after(Math.max(tellAfterMs, tellEveryMs - sinceMs), () => {
      this.#telling = false;
      this.#tellNow();
    });
  }

  #tellNow(): void {
    this.#toldAt = this.#house.platform.scheduler.now();
    this.changes.tell();
  }
}
