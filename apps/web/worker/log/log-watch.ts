import { type Follow, type LogEvent as Live, viewEntry } from '@heliogram/client';
import { type Entry, EntryKind, LogService } from '@heliogram/protocol';
import type {
  LogAnchor,
  LogEvent,
  LogFrame,
  LogTell,
  OutgoingPost,
  PostView,
} from '../../bridge/contract/log.ts';
import type { ChatList } from '../chats/chat-list.ts';
import { failureView } from '../failure.ts';
import type { Watching } from '../hub/handlers.ts';
import { previewOf } from '../previews.ts';
import type { PublishingRooms } from '../publishing/handlers.ts';
import type { House } from '../session/house.ts';
import type { ChannelRoom } from './channel-facts.ts';
import { readListed } from './listed.ts';
import { postView } from './post-views.ts';
import { AuthorNames } from './profiles.ts';

export interface LogParts {
  readonly house: House;
  readonly room: ChannelRoom;
  readonly list: ChatList;
  readonly publishing: PublishingRooms;
  readonly emit: (event: LogEvent) => void;
}

const pageSize = 50;

/** One window on one log. */
export class LogWatch implements Watching<LogTell> {
  readonly #parts: LogParts;
  readonly #names: AuthorNames;
  readonly #entries = new Map<number, Entry>();
  #frame: LogFrame = { hasOlder: false, hasNewer: false, headSeq: 0, unread: 0, outgoing: [] };
  #follow: Follow | undefined;
  readonly #ends: (() => void)[] = [];
  #opened = false;
  #ended = false;

  constructor(parts: LogParts, at: LogAnchor) {
    this.#parts = parts;
    this.#names = new AuthorNames(parts.house.client.call);
    const { conversationId } = parts.room;
    const mine = (changed: string) => {
      if (changed === conversationId) void this.#showOutgoing();
    };
    this.#ends.push(
      parts.publishing.outgoing.changes.on(mine),
      parts.publishing.dispatches.changes.on((changed) => {
        if (changed === conversationId) this.#showDeletions();
      }),
      parts.room.changes.on(() => this.#showAgain([...this.#entries.keys()])),
      parts.room.reactions.changes.on((seqs) => this.#showAgain(seqs)),
    );
    void this.#start(at);
  }

  tell(tell: LogTell): void {
    if (tell.kind === 'older') void this.#older();
    else if (tell.kind === 'newer') void this.#newer();
    else if (tell.kind === 'open') void this.#open(tell.at);
  }

  end(): void {
    this.#ended = true;
    this.#follow?.end();
    for (const end of this.#ends) end();
  }

  async #start(at: LogAnchor): Promise<void> {
    const { house, room } = this.#parts;
    const follow = house.client.follower.follow(room.conversationId, { counters: true });
    this.#follow = follow;
    let opened = false;
    try {
      for await (const event of follow) {
        if (!opened && event.type === 'live') {
          opened = true;
          this.#frame = { ...this.#frame, headSeq: event.headSeq };
          await this.#open(at);
        } else await this.#live(event);
      }
    } catch (error) {
      if (!this.#ended) this.#parts.emit({ kind: 'failed', failure: failureView(error) });
    }
  }

  async #open(at: LogAnchor): Promise<void> {
    const { list, room } = this.#parts;
    const chat = list.chat(room.conversationId);
    const readSeq = chat?.readSeq ?? 0;
    const { headSeq } = this.#frame;
    const around = at.kind === 'post' ? at.seq - 1 : readSeq;
    const toEnd = at.kind === 'latest' || (at.kind === 'unread' && (!chat || readSeq >= headSeq));
    this.#entries.clear();
    if (toEnd) await this.#read({ beforeSeq: headSeq + 1 });
    else {
      await this.#read({ beforeSeq: around + 1 });
      await this.#read({ afterSeq: around });
    }
    const posts = this.#posts();
    const firstUnread = posts.find(({ seq, note }) => seq > readSeq && !note)?.seq;
    const showsUnread = !toEnd && at.kind === 'unread' && firstUnread !== undefined;
    this.#frame = {
      ...this.#frame,
      outgoing: await this.#outgoing(),
      ...(showsUnread && { firstUnreadSeq: firstUnread }),
    };
    const target =
      at.kind === 'post'
        ? ({ seq: at.seq, reason: 'post' } as const)
        : showsUnread && ({ seq: firstUnread, reason: 'unread' } as const);
    this.#opened = true;
    this.#emit({ kind: 'opened', frame: this.#frame, posts, ...(target && { at: target }) });
    await this.#learn([...this.#entries.values()]);
  }

  async #read(range: {
    readonly beforeSeq?: number;
    readonly afterSeq?: number;
  }): Promise<Entry[]> {
    const { house, room } = this.#parts;
    const { entries, more, headSeq, authors } = await house.client.call(LogService.method.read, {
      conversationId: room.conversationId,
      limit: pageSize,
      listed: true,
      fromStart: range.beforeSeq === undefined,
      ...range,
    });
    this.#names.know(authors);
    for (const entry of entries) this.#entries.set(entry.seq, entry);
    const head = Math.max(this.#frame.headSeq, headSeq);
    const ends = range.beforeSeq === undefined ? { hasNewer: more } : { hasOlder: more };
    this.#frame = { ...this.#frame, ...ends, headSeq: head };
    return entries;
  }

  async #older(): Promise<void> {
    const first = Math.min(...this.#entries.keys());
    if (!this.#frame.hasOlder || !Number.isFinite(first)) return;
    const entries = await this.#read({ beforeSeq: first });
    this.#changed(entries, 'older');
    await this.#learn(entries);
  }

  async #newer(): Promise<void> {
    const last = Math.max(...this.#entries.keys());
    if (!this.#frame.hasNewer || !Number.isFinite(last)) return;
    const entries = await this.#read({ afterSeq: last });
    this.#changed(entries, 'newer');
    await this.#learn(entries);
  }

  async #live(event: Live): Promise<void> {
    if (event.type === 'entry') return this.#arrived(event.entry);
    if (event.type === 'conversationChanged') return this.#parts.room.refresh();
    if (event.type === 'counters') {
      const { seq, counters } = event.counters;
      const entry = this.#entries.get(seq);
      if (!entry || !counters) return;
      const counted = { ...entry, counters };
      this.#entries.set(seq, counted);
      this.#changed([counted], 'frame');
      return this.#learn([counted]);
    }
    if (event.type !== 'entryChanged') return;
    this.#frame = { ...this.#frame, headSeq: Math.max(this.#frame.headSeq, event.by.seq) };
    if (!this.#entries.has(event.seq)) return;
    const { house, room } = this.#parts;
    const entry = await readListed(house.client.call, room.conversationId, event.seq);
    if (entry) this.#entries.set(entry.seq, entry);
    if (entry) this.#changed([entry], 'edited');
  }

  #arrived(entry: Entry): void {
    const headSeq = Math.max(this.#frame.headSeq, entry.seq);
    this.#frame = { ...this.#frame, headSeq };
    if (this.#frame.hasNewer) return this.#changed([], 'frame');
    this.#entries.set(entry.seq, entry);
    this.#changed([entry], 'arrived');
    void this.#learn([entry]);
  }

  /** Names of authors and one's own reactions, which entries do not say. */
  async #learn(entries: readonly Entry[]): Promise<void> {
    const { room } = this.#parts;
    const { conversationId } = room;
    const posts = entries.filter(({ kind }) => kind === EntryKind.POST);
    const authors = posts.flatMap((entry) => viewEntry(conversationId, entry).authorId ?? []);
    const learnt = await this.#names.learn(authors);
    if (learnt) this.#changed(posts, 'frame');
    await room.reactions.learn(reacted(posts));
  }

  #showAgain(seqs: readonly number[]): void {
    this.#changed(
      seqs.flatMap((seq) => this.#entries.get(seq) ?? []),
      'frame',
    );
  }

  /** What is about to be deleted is out of sight at once, and back when that is undone. */
  #showDeletions(): void {
    this.#showAgain([...this.#entries.keys()]);
  }

  async #showOutgoing(): Promise<void> {
    this.#frame = { ...this.#frame, outgoing: await this.#outgoing() };
    this.#changed([], 'frame');
  }

  #outgoing(): Promise<readonly OutgoingPost[]> {
    return this.#parts.publishing.outgoing.list(this.#parts.room.conversationId);
  }

  #changed(
    entries: readonly Entry[],
    reason: Extract<LogEvent, { kind: 'changed' }>['reason'],
  ): void {
    if (!this.#opened) return;
    const hidden = this.#hidden();
    const upserted = entries
      .filter(({ seq }) => !hidden.has(seq))
      .map((entry) => this.#view(entry));
    const removed = entries.map(({ seq }) => seq).filter((seq) => hidden.has(seq));
    this.#emit({ kind: 'changed', frame: this.#frame, upserted, removed, reason });
  }

  #posts(): readonly PostView[] {
    const hidden = this.#hidden();
    const entries = [...this.#entries.values()].filter(({ seq }) => !hidden.has(seq));
    return entries.sort((a, b) => a.seq - b.seq).map((entry) => this.#view(entry));
  }

  #hidden(): ReadonlySet<number> {
    return this.#parts.publishing.dispatches.deleting(this.#parts.room.conversationId);
  }

  #view(entry: Entry): PostView {
    const { room } = this.#parts;
    const { conversationId } = room;
    return postView(conversationId, entry, {
      nameOf: (accountId) => this.#names.nameOf(accountId),
      ownReaction: (seq) => room.reactions.of(seq),
      isPinned: (seq) => room.isPinned(seq),
      replyTo: (view) => {
        if (view.replyTo === undefined) return undefined;
        const answered = this.#entries.get(entry.targetSeq);
        return {
          ...(entry.targetSeq > 0 && { seq: entry.targetSeq }),
          ...(answered && { preview: previewOf(conversationId, answered) }),
        };
      },
    });
  }

  #emit(event: LogEvent): void {
    if (!this.#ended) this.#parts.emit(event);
  }
}

function reacted(posts: readonly Entry[]): readonly number[] {
  return posts.flatMap(({ seq, counters }) => ((counters?.reactions.length ?? 0) > 0 ? [seq] : []));
}
