import { indexedText } from '@heliogram/content';
import type { IndexFile } from './index-file.ts';

export type IndexedPost = {
  readonly conversation: number;
  readonly seq: number;
  readonly sentAt: number;
  /** Nothing of the post can be found any more. */
  readonly text: string | undefined;
};

type PostRow = { readonly sent_at: number; readonly text: string };

/** Posts by their words. Every write belongs into a transaction of the caller's. */
export class PostIndex {
  readonly #file: IndexFile;

  constructor(file: IndexFile) {
    this.#file = file;
  }

  /** Answers whether anything was taken out. */
  put({ conversation, seq, sentAt, text }: IndexedPost): boolean {
    const { writer } = this.#file;
    const old = writer
      .prepare('select sent_at, text from posts where id = (?1 << 32 | ?2)')
      .get(conversation, seq) as PostRow | undefined;
    if (old?.text === text) return false;
    if (old) this.#remove(conversation, seq, old.text);
    if (text !== undefined) {
      writer
        .prepare('insert into posts (id, sent_at, text) values (?1 << 32 | ?2, ?3, ?4)')
        .run(conversation, seq, sentAt, text);
      writer
        .prepare('insert into post_words (rowid, text) values (?1 << 32 | ?2, ?3)')
        .run(conversation, seq, indexedText(text));
    }
    return old !== undefined;
  }

  /** Takes out the conversation's first post; false when there is none, and its mark is gone too. */
  removeFirst(conversation: number): boolean {
    const { writer } = this.#file;
    const row = writer
      .prepare(
        `select id & 4294967295 as seq, text from posts
         where id >= (?1 << 32) and id < (?1 + 1 << 32) order by id limit 1`,
      )
      .get(conversation) as { seq: number; text: string } | undefined;
    if (row) this.#remove(conversation, row.seq, row.text);
    else writer.prepare('delete from marks where conversation = ?').run(conversation);
    return row !== undefined;
  }

  /** The seq up to which the log is indexed. */
  mark(conversation: number): number {
    const row = this.#file.writer
      .prepare('select seq from marks where conversation = ?')
      .get(conversation);
    return Number(row?.['seq'] ?? 0);
  }

  setMark(conversation: number, seq: number): void {
    this.#file.writer
      .prepare(
        `insert into marks (conversation, seq) values (?1, ?2)
         on conflict (conversation) do update set seq = ?2`,
      )
      .run(conversation, seq);
  }

  /** Conversations with a mark, after the given one, in order. */
  marked(after: number, limit: number): readonly number[] {
    return this.#file.writer
      .prepare('select conversation from marks where conversation > ? order by 1 limit ?')
      .all(after, limit)
      .map((row) => Number(row['conversation']));
  }

  #remove(conversation: number, seq: number, text: string): void {
    const { writer } = this.#file;
    writer
      .prepare(
        `insert into post_words (post_words, rowid, text) values ('delete', ?1 << 32 | ?2, ?3)`,
      )
      .run(conversation, seq, indexedText(text));
    writer.prepare('delete from posts where id = (?1 << 32 | ?2)').run(conversation, seq);
  }
}
