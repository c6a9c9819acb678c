import { DependencyError, EntryKind, limits } from '@heliogram/protocol';
import type { Runtime, Timer } from '../runtime.ts';
import { storageError } from '../sqlite/index.ts';
import type { Storage, StoredEntry } from '../storage/port.ts';
import type { Log } from '../telemetry.ts';
import type { DirectoryIndex } from './directory-index.ts';
import { type IndexFile, isDamaged } from './index-file.ts';
import type { PostIndex } from './post-index.ts';
import { searchableText } from './post-text.ts';
import { Scan } from './scan.ts';

export type IndexerParts = {
  readonly storage: Storage;
  readonly file: IndexFile;
  readonly posts: PostIndex;
  readonly directory: DirectoryIndex;
  readonly runtime: Runtime;
  readonly log: Log;
};

const SLICE_MS = 4;
const SLICE_ENTRIES = 32;
const SLICE_BYTES = 65_536;
const RETRY_MS = 1_000;
const FLUSH_AGAIN_MS = 200;

type PostRef = { readonly conversation: number; readonly seq: number };

/**
 * Brings the index to what the log says, a slice at a time. It is told only where to look: what it
 * writes it reads from the storage, so that nothing queues up and a lost file is built again the same way.
 */
export class Indexer {
  readonly #parts: IndexerParts;
  readonly #scan: Scan;
  /** Posts to read again at once: redacted, withheld or given back. */
  readonly #posts = new Map<string, PostRef>();
  /** Channels whose place in the directory may have changed. */
  readonly #channels = new Set<number>();
  readonly #removed = new Set<number>();
  /** Conversations whose log goes beyond their mark. */
  readonly #behind = new Set<number>();
  #damaged = false;
  #unflushed = false;
  #started = false;
  #running: Promise<void> | undefined;
  #retry: Timer | undefined;
  #flushAgain: Timer | undefined;

  constructor(parts: IndexerParts) {
    this.#parts = parts;
    this.#scan = new Scan(parts);
  }

  start(): void {
    this.#started = true;
    this.#scan.restart();
    this.#wake();
  }

  async stop(): Promise<void> {
    this.#started = false;
    this.#retry?.cancel();
    this.#flushAgain?.cancel();
    await this.#running;
  }

  async settled(): Promise<void> {
    while (this.#running !== undefined) await this.#running;
  }

  appended(conversation: number, entries: readonly StoredEntry[]): void {
    this.#behind.add(conversation);
    for (const { kind, targetSeq } of entries) {
      if (kind === EntryKind.REDACTION) this.#queuePost({ conversation, seq: targetSeq });
    }
    this.#wake();
  }

  postChanged(post: PostRef): void {
    this.#queuePost(post);
    this.#wake();
  }

  channelChanged(conversation: number): void {
    this.#channels.add(conversation);
    this.#wake();
  }

  channelRemoved(conversation: number): void {
    this.#removed.add(conversation);
    this.#wake();
  }

  /** The file turned out to be damaged: it is thrown away and built again. */
  rebuild(): void {
    this.#damaged = true;
    this.#wake();
  }

  #queuePost(post: PostRef): void {
    this.#posts.set(`${post.conversation}/${post.seq}`, post);
  }

  #wake(): void {
    if (!this.#started || this.#running || this.#retry) return;
    this.#running = this.#run().finally(() => {
      this.#running = undefined;
    });
  }

  async #run(): Promise<void> {
    await this.#pause();
    while (this.#started) {
      try {
        if (!(await this.#step())) return;
      } catch (error) {
        if (!this.#recover(error)) return;
      }
      await this.#pause();
    }
  }

  #pause(): Promise<void> {
    return new Promise((resolve) => this.#parts.runtime.soon(resolve));
  }

  /** What must go goes first. False when there is nothing to do. */
  async #step(): Promise<boolean> {
    if (this.#damaged) this.#reset();
    else if (this.#posts.size > 0) await this.#rereadPosts();
    else if (this.#removed.size > 0) this.#removeSome();
    else if (this.#unflushed) this.#flush();
    else if (this.#channels.size > 0) await this.#rereadChannels();
    else if (this.#behind.size > 0) await this.#catchUp();
    else return this.#scanSome();
    return true;
  }

  /** True when there is work again at once. */
  #recover(error: unknown): boolean {
    if (isDamaged(error) && !this.#damaged) {
      this.#damaged = true;
      return true;
    }
    const known = storageError(error);
    if (!(known instanceof DependencyError)) this.#parts.log.error('indexing failed', error);
    else this.#parts.log.warn('indexing waits', { code: known.code });
    // Everything is found again by looking through the marks.
    this.#scan.restart();
    this.#sleep();
    return false;
  }

  #reset(): void {
    this.#parts.log.warn('search index rebuilt');
    this.#parts.file.reset();
    this.#damaged = false;
    this.#scan.restart();
  }

  #sleep(): void {
    this.#retry = this.#parts.runtime.after(RETRY_MS, () => {
      this.#retry = undefined;
      this.#wake();
    });
  }

  async #rereadPosts(): Promise<void> {
    const some = [...this.#posts].slice(0, SLICE_ENTRIES);
    for (const [key] of some) this.#posts.delete(key);
    const found = await Promise.all(some.map(([, post]) => this.#read(post)));
    try {
      this.#write(() => {
        for (const post of found) this.#put(post);
      });
    } catch (error) {
      for (const [, post] of some) this.#queuePost(post);
      throw error;
    }
  }

  async #read({ conversation, seq }: PostRef) {
    const entry = await this.#parts.storage.log.entry(conversation, seq);
    return { conversation, seq, entry };
  }

  #put({ conversation, seq, entry }: PostRef & { readonly entry: StoredEntry | undefined }): void {
    const text = entry && searchableText(entry);
    const sentAt = entry?.sentAt ?? 0;
    if (this.#parts.posts.put({ conversation, seq, sentAt, text })) this.#unflushed = true;
  }

  #removeSome(): void {
    const [conversation] = this.#removed;
    if (conversation === undefined) return;
    const { posts, directory } = this.#parts;
    const emptied = this.#write(() => {
      directory.put(conversation, undefined);
      for (const inTime = this.#slice(); inTime(); ) {
        if (!posts.removeFirst(conversation)) return true;
      }
      return false;
    });
    this.#unflushed = true;
    if (!emptied) return;
    this.#removed.delete(conversation);
    // Where the log is still there, its entries are other ones than before.
    this.#behind.add(conversation);
  }

  #flush(): void {
    this.#unflushed = false;
    if (this.#parts.file.flush()) return;
    // A search still reads what was removed.
    this.#flushAgain = this.#parts.runtime.after(FLUSH_AGAIN_MS, () => {
      this.#unflushed = true;
      this.#wake();
    });
  }

  async #rereadChannels(): Promise<void> {
    const some = [...this.#channels].slice(0, SLICE_ENTRIES);
    for (const conversation of some) this.#channels.delete(conversation);
    const listed = await this.#listed(some);
    const changed = this.#write(() =>
      some.map((row) => this.#parts.directory.put(row, listed.get(row))),
    );
    if (changed.includes(true)) this.#unflushed = true;
  }

  async #listed(conversations: readonly number[]) {
    const rows = await this.#parts.storage.db
      .selectFrom('channels')
      .select(['conversation', 'title', 'username', 'description'])
      .where('conversation', 'in', conversations)
      .where('unlisted', '=', 0)
      .where('taken_down_reason', 'is', null)
      .where('owner', '!=', 0)
      .execute();
    return new Map(
      rows.map(({ conversation, title, username, description }) => [
        conversation,
        { title, username: username ?? '', description },
      ]),
    );
  }

  async #catchUp(): Promise<void> {
    const [conversation] = this.#behind;
    if (conversation === undefined) return;
    this.#behind.delete(conversation);
    const { posts, storage } = this.#parts;
    const afterSeq = posts.mark(conversation);
    const page = await storage.log.read({ ...SLICE_OF_LOG, conversation, afterSeq });
    const found = await Promise.all(
      page.entries.map(async (entry) => ({
        upTo: entry.seq,
        ...(await this.#outcome(conversation, entry)),
      })),
    );
    // The file may have been begun anew meanwhile.
    const moved = posts.mark(conversation) !== afterSeq;
    const upTo = moved ? 0 : this.#write(() => this.#indexInTime(found));
    if (page.more || upTo < (found.at(-1)?.upTo ?? 0)) this.#behind.add(conversation);
  }

  /** The post that an entry brings or changes, as it stands now. */
  async #outcome(conversation: number, entry: StoredEntry) {
    const acts = entry.kind === EntryKind.EDIT || entry.kind === EntryKind.REDACTION;
    if (acts) return this.#read({ conversation, seq: entry.targetSeq });
    return { conversation, seq: entry.seq, entry };
  }

  #indexInTime(
    found: readonly (PostRef & {
      readonly upTo: number;
      readonly entry: StoredEntry | undefined;
    })[],
  ): number {
    let upTo = 0;
    const inTime = this.#slice();
    for (const post of found) {
      if (!inTime()) break;
      this.#put(post);
      upTo = post.upTo;
    }
    const [first] = found;
    if (first && upTo > 0) this.#parts.posts.setMark(first.conversation, upTo);
    return upTo;
  }

  /** Looks for what was missed; whatever it finds is queued like what is told. */
  async #scanSome(): Promise<boolean> {
    const found = await this.#scan.next();
    if (!found) return false;
    for (const conversation of found.behind) this.#behind.add(conversation);
    for (const conversation of found.removed) this.#removed.add(conversation);
    for (const conversation of found.channels) this.#channels.add(conversation);
    for (const post of found.posts) this.#queuePost(post);
    return true;
  }

  #write<T>(run: () => T): T {
    return this.#parts.file.writer.transact(run);
  }

  /** Tells whether the slice has time left; once at least. */
  #slice(): () => boolean {
    const { runtime } = this.#parts;
    const until = runtime.monotonicMs() + SLICE_MS;
    let turns = 0;
    return () => {
      turns += 1;
      return turns === 1 || (turns <= SLICE_ENTRIES && runtime.monotonicMs() < until);
    };
  }
}

const SLICE_OF_LOG = {
  beforeSeq: limits.maxSeq + 1,
  limit: SLICE_ENTRIES,
  from: 'start',
  listed: false,
  maxBytes: SLICE_BYTES,
} as const;
