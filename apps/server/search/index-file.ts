import { rmSync } from 'node:fs';
import { SEARCH_WORDS_VERSION } from '@heliogram/content';
import { Connection, storageError } from '../sqlite/index.ts';

/** Raised when the tables change. An index of another layout, or of other words, is built again. */
const TABLES = 1;
const LAYOUT = TABLES * 1_000 + SEARCH_WORDS_VERSION;
const TOKENIZER = `tokenize = "unicode61 remove_diacritics 2 categories 'L* N* M* Co'"`;
const SQLITE_CORRUPT = 11;
const SQLITE_NOTADB = 26;

/**
 * `posts.id` is `conversation * 2^32 + seq`, as in the log. The word indexes keep no text of their own:
 * what leaves them is told again, so `text` changes only together with its words.
 */
const SCHEMA = `
create table posts (id integer primary key, sent_at integer not null, text text not null) strict;
create virtual table post_words using fts5(text, content = '', ${TOKENIZER});
insert into post_words (post_words, rank) values ('secure-delete', 1);
create table marks (conversation integer primary key, seq integer not null) strict;
create table directory (
  conversation integer primary key, title text not null, username text not null, description text not null
) strict;
create virtual table directory_words using fts5(title, username, description, content = '', ${TOKENIZER});
insert into directory_words (directory_words, rank) values ('secure-delete', 1);
create table moderation_mark (id integer not null) strict;
insert into moderation_mark values (0);
pragma user_version = ${LAYOUT};
`;

/** The search file's two handles: one writes in slices, the other answers beside it. */
export class IndexFile {
  readonly #path: string;
  #writer: Connection;
  #reader: Connection;

  /**
   * Opens the file, or begins an empty one where it is missing, damaged or of another layout. Throws
   * `unavailable` or `storage_full`.
   */
  constructor(path: string) {
    this.#path = path;
    try {
      [this.#writer, this.#reader] = openOrReset(path);
    } catch (error) {
      throw storageError(error);
    }
  }

  get writer(): Connection {
    return this.#writer;
  }

  get reader(): Connection {
    return this.#reader;
  }

  /** Forgets everything: the index is built again from the log. */
  reset(): void {
    this.close();
    remove(this.#path);
    [this.#writer, this.#reader] = open(this.#path);
  }

  /**
   * Moves what the write-ahead file holds into the file and empties it, so that removed text is in
   * neither. False while a reader is in the way.
   */
  flush(): boolean {
    const row = this.#writer.database.prepare('pragma wal_checkpoint(truncate)').get();
    return row?.['busy'] === 0;
  }

  close(): void {
    for (const handle of [this.#reader, this.#writer]) {
      if (handle.database.isOpen) handle.close();
    }
  }
}

/** Whether the file itself is at fault, not the disk or the query. */
export function isDamaged(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if (!('errcode' in error) || typeof error.errcode !== 'number') return false;
  const code = error.errcode & 0xff;
  return code === SQLITE_CORRUPT || code === SQLITE_NOTADB;
}

function openOrReset(path: string): [Connection, Connection] {
  try {
    return open(path);
  } catch (error) {
    if (!isDamaged(error) && !(error instanceof OtherLayout)) throw error;
    remove(path);
    return open(path);
  }
}

class OtherLayout extends Error {}

function open(path: string): [Connection, Connection] {
  const writer = new Connection(path);
  try {
    prepare(writer);
    return [writer, tuned(new Connection(path))];
  } catch (error) {
    writer.close();
    throw error;
  }
}

function prepare(writer: Connection): void {
  tuned(writer);
  const layout = writer.database.prepare('pragma user_version').get()?.['user_version'];
  if (layout === LAYOUT) {
    writer.database.exec('select * from posts limit 1; select * from post_words_config');
    return;
  }
  if (layout !== 0) throw new OtherLayout();
  writer.transact(() => writer.database.exec(SCHEMA));
}

/**
 * A lost tail is indexed again from the log, so nothing here waits for the disk; nor for the other
 * handle, which only this same thread could free.
 */
function tuned(connection: Connection): Connection {
  connection.database.exec(`
    pragma busy_timeout = 0;
    pragma synchronous = normal;
    pragma secure_delete = on;
    pragma cache_size = -16384;
    pragma wal_autocheckpoint = 1000;
  `);
  return connection;
}

function remove(path: string): void {
  for (const suffix of ['', '-wal', '-shm']) rmSync(path + suffix, { force: true });
}
