import type { ChatLocal, Follow, LogEvent } from '@heliogram/client';
import { type ConversationSummary, type Entry, EntryKind, LogService } from '@heliogram/protocol';
import type { ChatListView, ChatRow } from '../../bridge/contract/chats.ts';
import { Changes } from '../changes.ts';
import { readListed } from '../log/listed.ts';
import type { House } from '../session/house.ts';
import {
  type ChatState,
  chatOf,
  rowOf,
  withChangedLast,
  withEntry,
  withRead,
} from './chat-state.ts';
import { fetchSummaries, readSummaries, writeChanged, writeSummaries } from './summaries.ts';

/** Changes in a row are told together, so often at most. */
const tellAfterMs = 40;
const tellEveryMs = 250;
/** Lists asked for in a row are one list. */
const listAfterMs = 250;
/** What arrives in a row is kept, and asked about, together. */
const keepAfterMs = 1_000;
const relistAfterMs = 3_000;

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
  #relisting = false;

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
    await this.#house.client.call(LogService.method.acknowledge, {
      marks: [{ conversationId, seq }],
    });
  }

  async #list(): Promise<void> {
    const summaries = await fetchSummaries(this.#house.client.connection.call);
    const listed = new Set(summaries.map(({ conversationId }) => conversationId));
    for (const summary of summaries) {
      this.#summaries.set(summary.conversationId, summary);
      this.#take(chatOf(summary));
    }
    for (const id of [...this.#chats.keys()]) if (!listed.has(id)) this.#drop(id);
    this.#nowLoaded();
    this.#tell();
    await writeSummaries(this.#house.store, summaries);
  }

  /** A list can be older than what was pushed or read meanwhile. */
  #take(listed: ChatState): void {
    const known = this.#chats.get(listed.conversationId);
    this.#acknowledge(listed);
    const newer = known && known.headSeq > listed.headSeq ? known : listed;
    const read = Math.max(known?.readSeq ?? 0, listed.readSeq);
    const { title, username, avatarMediaId, role, muted } = listed;
    if (!known && this.#loaded)
      this.#came.set(listed.conversationId, this.#house.platform.scheduler.now());
    this.#chats.set(
      listed.conversationId,
      withRead({ ...newer, title, username, avatarMediaId, role, muted }, read),
    );
    if (role !== 'requested') this.#follow(listed);
  }

  #acknowledge({ conversationId, readSeq }: ChatState): void {
    const known = this.#acknowledged.get(conversationId) ?? 0;
    this.#acknowledged.set(conversationId, Math.max(known, readSeq));
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

  #follow({ conversationId, headSeq }: ChatState): void {
    if (this.#follows.has(conversationId)) return;
    const follow = this.#house.client.follower.follow(conversationId, { afterSeq: headSeq });
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
    if (event.type === 'entry') return this.#arrived(chat, event.entry);
    if (event.type === 'conversationChanged') return this.relist();
    if (event.type !== 'entryChanged') return;
    this.#put(withEntry(chat, event.by));
    if (chat.last?.seq !== event.seq) return;
    const entry = await readListed(this.#house.client.call, conversationId, event.seq);
    const now = this.#chats.get(conversationId);
    if (entry && now) this.#put(withChangedLast(now, entry));
  }

  #arrived(chat: ChatState, entry: Entry): void {
    this.#put(withEntry(chat, entry));
    const { conversationId, role } = chat;
    const summary = this.#summaries.get(conversationId);
    if (summary && (entry.kind === EntryKind.POST || entry.kind === EntryKind.NOTE)) {
      const headSeq = Math.max(summary.headSeq, entry.seq);
      const unread = summary.unread + (entry.kind === EntryKind.POST ? 1 : 0);
      this.#summaries.set(conversationId, { ...summary, headSeq, unread, last: entry });
      this.#keepSoon(conversationId);
    }
    // It may be one's own, from another device: the server knows whose it is.
    if (role === 'owner' || role === 'admin') this.#relistLater();
  }

  #keepSoon(conversationId: string): void {
    const { platform, store } = this.#house;
    if (this.#unkept.size === 0) {
      platform.scheduler.after(keepAfterMs, () => {
        const changed = [...this.#unkept].flatMap((id) => this.#summaries.get(id) ?? []);
        this.#unkept.clear();
        writeChanged(store, changed).catch(() => undefined);
      });
    }
    this.#unkept.add(conversationId);
  }

  #relistLater(): void {
    if (this.#relisting) return;
    this.#relisting = true;
    this.#house.platform.scheduler.after(relistAfterMs, () => {
      this.#relisting = false;
      this.relist();
    });
  }

  /** One's own post is read by whoever wrote it. */
  posted(conversationId: string, seq: number): void {
    const chat = this.#chats.get(conversationId);
    if (chat && chat.headSeq <= seq) this.#put(withRead({ ...chat, headSeq: seq }, seq));
  }

  #put(chat: ChatState): void {
    this.#chats.set(chat.conversationId, chat);
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
