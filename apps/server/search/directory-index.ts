import { indexedText, matchExpression, searchPhrases } from '@heliogram/content';
import { DependencyError } from '@heliogram/protocol';
import type { DirectorySearch } from '../channels/search-port.ts';
import type { IndexFile } from './index-file.ts';

export type DirectoryEntry = {
  readonly title: string;
  readonly username: string;
  readonly description: string;
};

/** A word in the title weighs more than one in the name, and that more than one in the description. */
const RANK = 'bm25(directory_words, 10, 8, 2)';

/** Listed channels by their words. Writes belong into a transaction of the caller's. */
export class DirectoryIndex implements DirectorySearch {
  readonly #file: IndexFile;

  constructor(file: IndexFile) {
    this.#file = file;
  }

  /** Undefined takes the channel out. Answers whether anything was taken out. */
  put(conversation: number, entry: DirectoryEntry | undefined): boolean {
    const { writer } = this.#file;
    const old = writer
      .prepare('select title, username, description from directory where conversation = ?')
      .get(conversation) as DirectoryEntry | undefined;
    if (old && entry && sameEntry(old, entry)) return false;
    if (old) {
      writer
        .prepare(
          `insert into directory_words (directory_words, rowid, title, username, description)
           values ('delete', ?, ?, ?, ?)`,
        )
        .run(conversation, ...words(old));
      writer.prepare('delete from directory where conversation = ?').run(conversation);
    }
    if (entry) this.#insert(conversation, entry);
    return old !== undefined;
  }

  #insert(conversation: number, entry: DirectoryEntry): void {
    const { writer } = this.#file;
    writer
      .prepare(
        'insert into directory (conversation, title, username, description) values (?, ?, ?, ?)',
      )
      .run(conversation, entry.title, entry.username, entry.description);
    writer
      .prepare(
        'insert into directory_words (rowid, title, username, description) values (?, ?, ?, ?)',
      )
      .run(conversation, ...words(entry));
  }

  /** Channels in the index, after the given one, in order. */
  listed(after: number, limit: number): readonly number[] {
    return this.#file.writer
      .prepare('select conversation from directory where conversation > ? order by 1 limit ?')
      .all(after, limit)
      .map((row) => Number(row['conversation']));
  }

  async search({ query, offset, limit }: Parameters<DirectorySearch['search']>[0]) {
    const phrases = searchPhrases(query);
    if (phrases.length === 0) return { conversations: [], more: false };
    const expression = matchExpression(phrases);
    try {
      const found = this.#file.reader
        .prepare(
          `select rowid as conversation from directory_words where directory_words match ?
           order by ${RANK}, rowid limit ? offset ?`,
        )
        .all(expression, limit + 1, offset)
        .map((row) => Number(row['conversation']));
      return { conversations: found.slice(0, limit), more: found.length > limit };
    } catch (cause) {
      throw new DependencyError(
        'unavailable',
        'search is not available right now: try again later',
        {
          cause,
          retryAfterMs: 1_000,
        },
      );
    }
  }
}

const sameEntry = (a: DirectoryEntry, b: DirectoryEntry): boolean =>
  a.title === b.title && a.username === b.username && a.description === b.description;

const words = ({ title, username, description }: DirectoryEntry): [string, string, string] => [
  indexedText(title),
  indexedText(username),
  indexedText(description),
];
