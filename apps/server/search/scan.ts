import { ConversationKind } from '@heliogram/protocol';
import type { Storage } from '../storage/port.ts';
import type { DirectoryIndex } from './directory-index.ts';
import type { IndexFile } from './index-file.ts';
import type { PostIndex } from './post-index.ts';

export type ScanParts = {
  readonly storage: Storage;
  readonly file: IndexFile;
  readonly posts: PostIndex;
  readonly directory: DirectoryIndex;
};

export type Findings = {
  /** Their log goes beyond their mark. */
  readonly behind: readonly number[];
  /** No longer there, or not the log that was indexed. */
  readonly removed: readonly number[];
  readonly channels: readonly number[];
  readonly posts: readonly { readonly conversation: number; readonly seq: number }[];
};

const PAGE = 200;
const NOTHING: Findings = { behind: [], removed: [], channels: [], posts: [] };

/**
 * Holds the index against the storage: what was appended, deleted, renamed or withheld while nobody
 * told, because the process died or the operator worked on the data directory alone.
 */
export class Scan {
  readonly #parts: ScanParts;
  #pages: AsyncGenerator<Findings> | undefined;

  constructor(parts: ScanParts) {
    this.#parts = parts;
  }

  restart(): void {
    this.#pages = this.#scan();
  }

  /** Undefined once everything was looked at. */
  async next(): Promise<Findings | undefined> {
    const page = await this.#pages?.next();
    if (page && !page.done) return page.value;
    this.#pages = undefined;
    return undefined;
  }

  async *#scan(): AsyncGenerator<Findings> {
    yield* this.#gone((after) => this.#parts.posts.marked(after, PAGE));
    yield* this.#gone((after) => this.#parts.directory.listed(after, PAGE));
    yield* this.#moderated();
    yield* this.#conversations();
  }

  async *#gone(page: (after: number) => readonly number[]): AsyncGenerator<Findings> {
    for (let known = page(0); known.length > 0; known = page(known.at(-1) ?? 0)) {
      const rows = await this.#parts.storage.db
        .selectFrom('channels')
        .select('conversation')
        .where('conversation', 'in', known)
        .execute();
      const there = new Set(rows.map(({ conversation }) => conversation));
      yield { ...NOTHING, removed: known.filter((row) => !there.has(row)) };
    }
  }

  /** Posts that a moderator withheld or gave back since the last look. */
  async *#moderated(): AsyncGenerator<Findings> {
    for (;;) {
      const actions = await this.#actionsAfter(this.#moderationMark());
      const last = actions.at(-1);
      if (!last) return;
      const posts = actions.flatMap(({ conversation, seq }) =>
        conversation !== null && seq > 0 ? [{ conversation, seq }] : [],
      );
      yield { ...NOTHING, posts };
      // Reached only when those posts were read again.
      this.#parts.file.writer.prepare('update moderation_mark set id = ?').run(last.id);
    }
  }

  #actionsAfter(mark: number) {
    return this.#parts.storage.db
      .selectFrom('moderation_actions as a')
      .leftJoin('conversations as c', 'c.conversation_id', 'a.subject')
      .select(['a.id', 'a.seq', 'c.id as conversation'])
      .where('a.id', '>', mark)
      .orderBy('a.id')
      .limit(PAGE)
      .execute();
  }

  #moderationMark(): number {
    const row = this.#parts.file.writer.prepare('select id from moderation_mark').get();
    return Number(row?.['id'] ?? 0);
  }

  async *#conversations(): AsyncGenerator<Findings> {
    const { posts, storage } = this.#parts;
    for (let after = 0; ; ) {
      const rows = await storage.db
        .selectFrom('conversations')
        .select('id')
        .where('kind', '=', ConversationKind.CHANNEL)
        .where('id', '>', after)
        .orderBy('id')
        .limit(PAGE)
        .execute();
      const channels = rows.map(({ id }) => id);
      if (channels.length === 0) return;
      after = channels.at(-1) ?? after;
      const heads = await storage.log.heads(channels);
      const headOf = (row: number) => heads.get(row)?.headSeq ?? 0;
      yield {
        ...NOTHING,
        channels,
        behind: channels.filter((row) => posts.mark(row) < headOf(row)),
        removed: channels.filter((row) => posts.mark(row) > headOf(row)),
      };
    }
  }
}
