import {
  asHeliogramError,
  CachedLog,
  type LogChange,
  type LogSnapshot,
  viewEntry,
} from '@heliogram/client';
import { type Entry, EntryKind } from '@heliogram/protocol';
import type {
  LogAnchor,
  LogEvent,
  LogFrame,
  LogTell,
  PostView,
  ReplyView,
} from '../../bridge/contract/log.ts';
import type { ChatList } from '../chats/chat-list.ts';
import { unreadOf } from '../chats/unread-count.ts';
import { failureView } from '../failure.ts';
import type { Watching } from '../hub/handlers.ts';
import { previewOf } from '../previews.ts';
import type { PublishingRooms } from '../publishing/handlers.ts';
import type { Outgoing } from '../publishing/outgoing.ts';
import type { House } from '../session/house.ts';
import { soon } from '../soon.ts';
import { AnsweredPosts } from './answered-posts.ts';
import type { ChannelRoom } from './channel-facts.ts';
import { type Origin, Origins } from './origins.ts';
import { postView } from './post-views.ts';
import { AuthorNames } from './profiles.ts';

export interface LogParts {
  readonly house: House;
  readonly room: ChannelRoom;
  readonly list: ChatList;
  readonly publishing: PublishingRooms;
  readonly emit: (event: LogEvent) => void;
}

interface Marks {
  readonly pinned: ReadonlySet<number>;
  readonly hidden: ReadonlySet<number>;
}

type Reason = Extract<LogEvent, { kind: 'changed' }>['reason'];

/** One window on one log, as the views of a channel see it. */
export class LogWatch implements Watching<LogTell> {
  readonly #parts: LogParts;
  readonly #log: CachedLog;
  readonly #names: AuthorNames;
  readonly #answered: AnsweredPosts;
  readonly #origins: Origins;
  readonly #ends: readonly (() => void)[];
  #outgoing: readonly Outgoing[] = [];
  /** Content ids of what arrived while this is open. */
  readonly #arrived = new Set<string>();
  #firstUnreadSeq: number | undefined;
  #marks: Marks = { pinned: new Set(), hidden: new Set() };
  #opened = false;
  /** Where it could not be opened for want of a connection. */
  #wanted: LogAnchor | undefined;
  #ended = false;

  constructor(parts: LogParts, at: LogAnchor) {
    const { house, room, publishing, list } = parts;
    const { client, platform, reading } = house;
    const { conversationId } = room;
    this.#parts = parts;
    this.#names = new AuthorNames(reading.call);
    this.#origins = new Origins(reading.call);
    this.#answered = new AnsweredPosts(reading.call, conversationId, (seqs) =>
      this.#repliesTo(seqs),
    );
    this.#log = new CachedLog({
      conversationId,
      // What is not kept here is said to be out of reach, not waited for.
      call: soon(house),
      follower: { follow: (...what) => reading.line.follower.follow(...what) },
      entries: client.entries,
      scheduler: platform.scheduler,
      isOnline: () => reading.line.connection.phase === 'ready',
    });
    const mine = (run: () => void) => (changed: string) => {
      if (changed === conversationId) run();
    };
    this.#ends = [
      ...this.#listen(),
      client.connection.events.on('ready', () => this.#openAgain()),
      publishing.outgoing.changes.on(mine(() => void this.#showOutgoing())),
      publishing.dispatches.changes.on(mine(() => this.#showMarked())),
      room.changes.on(() => this.#showMarked()),
      room.reactions.changes.on((seqs) => this.#showAgain(seqs)),
      list.changes.on(() => this.#show([], 'frame')),
    ];
    void this.#open(at);
  }

  tell(tell: LogTell): void {
    if (tell.kind === 'open') void this.#open(tell.at);
    else if (tell.kind !== 'visible') this.#log[tell.kind]().catch((error) => this.#failed(error));
  }

  end(): void {
    this.#ended = true;
    for (const end of this.#ends) end();
    this.#log.close().catch(() => undefined);
  }

  #listen(): readonly (() => void)[] {
    const { events } = this.#log;
    return [
      events.on('changed', (change) => this.#changed(change)),
      events.on('reopened', (snapshot) => this.#showOpened(snapshot)),
      events.on('authors', (profiles) => this.#names.know(profiles)),
      events.on('conversationChanged', () => void this.#parts.room.refresh()),
      // Whom the server lets in no more reads on as a visitor, and is told why elsewhere.
      events.on('ended', (error) => {
        if (!this.#parts.house.reading.asVisitor) this.#failed(error);
      }),
    ];
  }

  async #open(at: LogAnchor): Promise<void> {
    const { list, room } = this.#parts;
    try {
      // The mark of reading is known once the list is.
      await list.known;
      const chat = list.chat(room.conversationId);
      const readsOn = at.kind === 'unread' && chat && unreadOf(chat.unread) > 0;
      this.#outgoing = await this.#parts.publishing.outgoing.list(room.conversationId);
      if (at.kind === 'post' || at.kind === 'place') {
        const snapshot = await this.#log.open({ around: at.seq });
        const isUnread = at.kind === 'place' && chat && unreadOf(chat.unread) > 0;
        this.#firstUnreadSeq = isUnread ? firstAfter(snapshot, chat.unread.readSeq) : undefined;
        this.#showOpened(snapshot, { seq: at.seq, reason: at.kind });
      } else if (readsOn) {
        const { readSeq } = chat.unread;
        const snapshot = await this.#log.open({ around: 'unread', readSeq });
        this.#showUnread(snapshot, readSeq);
      } else {
        this.#firstUnreadSeq = undefined;
        this.#showOpened(await this.#log.open({ around: 'latest' }));
      }
    } catch (error) {
      if (asHeliogramError(error).retry) this.#wanted = at;
      this.#failed(error);
    }
  }

  #openAgain(): void {
    const at = this.#wanted;
    this.#wanted = undefined;
    if (at) void this.#open(at);
  }

  #showUnread(snapshot: LogSnapshot, readSeq: number): void {
    const first = firstAfter(snapshot, readSeq);
    this.#firstUnreadSeq = first;
    this.#showOpened(snapshot, first === undefined ? undefined : { seq: first, reason: 'unread' });
  }

  #showOpened(snapshot: LogSnapshot, at?: Extract<LogEvent, { kind: 'opened' }>['at']): void {
    this.#opened = true;
    const hidden = this.#hidden();
    const posts = snapshot.entries
      .filter(({ seq }) => !hidden.has(seq))
      .map((entry) => this.#view(entry));
    this.#emit({ kind: 'opened', frame: this.#frame, posts, ...(at && { at }) });
    this.#learn(snapshot.entries);
  }

  #changed({ inserted, updated, removed, reason }: LogChange): void {
    const { conversationId } = this.#parts.room;
    if (reason === 'arrived' && this.#outgoing.length > 0) {
      for (const entry of inserted) this.#arrived.add(viewEntry(conversationId, entry).id);
    }
    const entries = [...inserted, ...updated];
    this.#show(entries, reason === 'changed' ? 'edited' : reason, removed);
    this.#learn(entries);
  }

  async #showOutgoing(): Promise<void> {
    const { publishing, room } = this.#parts;
    this.#outgoing = await publishing.outgoing.list(room.conversationId);
    this.#show([], 'frame');
  }

  /** Posts that were pinned, unpinned, taken out of sight or brought back since this was looked at. */
  #showMarked(): void {
    const { room } = this.#parts;
    const marks = { pinned: new Set(room.channel?.pinnedSeqs), hidden: this.#hidden() };
    const changed = [
      ...onlyInOne(marks.pinned, this.#marks.pinned),
      ...onlyInOne(marks.hidden, this.#marks.hidden),
    ];
    this.#marks = marks;
    if (changed.length > 0) this.#showAgain(changed);
  }

  #showAgain(seqs: readonly number[]): void {
    const wanted = new Set(seqs);
    this.#show(
      this.#log.entries.filter(({ seq }) => wanted.has(seq)),
      'frame',
    );
  }

  #repliesTo(seqs: ReadonlySet<number>): void {
    this.#show(
      this.#log.entries.filter(({ targetSeq }) => seqs.has(targetSeq)),
      'frame',
    );
  }

  /** What is about to be deleted is out of sight at once, and back when that is undone. */
  #show(entries: readonly Entry[], reason: Reason, gone: readonly number[] = []): void {
    if (!this.#opened) return;
    const hidden = this.#hidden();
    const upserted = entries.filter(({ seq }) => !hidden.has(seq)).map((each) => this.#view(each));
    const removed = [...gone, ...entries.map(({ seq }) => seq).filter((seq) => hidden.has(seq))];
    this.#emit({ kind: 'changed', frame: this.#frame, upserted, removed, reason });
  }

  /** What entries do not say: names of authors, one's own reactions, what is answered. */
  #learn(entries: readonly Entry[]): void {
    const { room } = this.#parts;
    const posts = entries.filter(({ kind }) => kind === EntryKind.POST);
    const authors = posts.flatMap((entry) => viewEntry(room.conversationId, entry).authorId ?? []);
    const reacted = posts.filter(({ counters }) => (counters?.reactions.length ?? 0) > 0);
    const learning = [
      this.#names.learn(authors).then((learnt) => {
        if (learnt) this.#show(posts, 'frame');
      }),
      this.#learnOrigins(posts),
      room.reactions.learn(reacted.map(({ seq }) => seq)),
      this.#answered.learn(posts, this.#log.entries),
    ];
    // Without a network they stay unknown; what is read next asks again.
    for (const each of learning) each.catch(() => undefined);
  }

  async #learnOrigins(posts: readonly Entry[]): Promise<void> {
    const { conversationId } = this.#parts.room;
    const forwards = posts.flatMap((entry) => {
      const from = viewEntry(conversationId, entry).forwardedFrom?.conversationId;
      return from === undefined ? [] : [{ entry, from }];
    });
    const foreign = forwards.map(({ from }) => from).filter((from) => !this.#followed(from));
    if (!(await this.#origins.learn(foreign))) return;
    this.#show(
      forwards.map(({ entry }) => entry),
      'frame',
    );
  }

  /** One's own channels lead everywhere, also without a network. */
  #followed(conversationId: string): Origin | undefined {
    return this.#parts.list.chat(conversationId);
  }

  get #frame(): LogFrame {
    const { list, room } = this.#parts;
    const { headSeq, hasOlder, hasNewer } = this.#log.state;
    const chat = list.chat(room.conversationId);
    const firstUnreadSeq = this.#firstUnreadSeq;
    return {
      headSeq,
      hasOlder,
      hasNewer,
      unread: chat ? unreadOf(chat.unread) : 0,
      // The push of one's own post can be faster than the answer to whoever posted it.
      outgoing: this.#outgoing.filter(({ contentId = '' }) => !this.#arrived.has(contentId)),
      ...(firstUnreadSeq !== undefined && { firstUnreadSeq }),
    };
  }

  #hidden(): ReadonlySet<number> {
    const { publishing, room } = this.#parts;
    return publishing.dispatches.deleting(room.conversationId);
  }

  #view(entry: Entry): PostView {
    const { room } = this.#parts;
    return postView(room.conversationId, entry, {
      nameOf: (accountId) => this.#names.nameOf(accountId),
      ownReaction: (seq) => room.reactions.of(seq),
      isPinned: (seq) => room.isPinned(seq),
      originOf: (id) => this.#followed(id) ?? this.#origins.of(id),
      replyTo: (view) => (view.replyTo === undefined ? undefined : this.#reply(entry.targetSeq)),
    });
  }

  #reply(seq: number): ReplyView {
    const answered = this.#answered.of(seq, this.#log.entries);
    const { conversationId } = this.#parts.room;
    return {
      ...(seq > 0 && { seq }),
      ...(answered && { preview: previewOf(conversationId, answered) }),
    };
  }

  #failed(error: unknown): void {
    const { reading } = this.#parts.house;
    this.#emit({ kind: 'failed', failure: failureView(reading.reason(error)) });
  }

  #emit(event: LogEvent): void {
    if (!this.#ended) this.#parts.emit(event);
  }
}

function onlyInOne(a: ReadonlySet<number>, b: ReadonlySet<number>): readonly number[] {
  return [...a, ...b].filter((each) => a.has(each) !== b.has(each));
}

function firstAfter({ entries }: LogSnapshot, readSeq: number): number | undefined {
  return entries.find(({ seq, kind }) => seq > readSeq && kind === EntryKind.POST)?.seq;
}
