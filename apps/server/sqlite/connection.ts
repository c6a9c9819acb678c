import { DatabaseSync, type StatementSync } from 'node:sqlite';
import { DependencyError, HeliogramError, InternalError } from '@heliogram/protocol';

const MAX_CACHED_STATEMENTS = 400;
const BUSY_TIMEOUT_MS = 10_000;

/** One handle on the database file with its prepared statements. */
export class Connection {
  readonly database: DatabaseSync;
  readonly #statements = new Map<string, StatementSync>();

  constructor(path: string) {
    this.database = new DatabaseSync(path, { timeout: BUSY_TIMEOUT_MS });
    this.database.exec(`
      pragma page_size = 8192;
      pragma journal_mode = wal;
      pragma synchronous = full;
      pragma foreign_keys = off;
      pragma secure_delete = on;
      pragma temp_store = memory;
      pragma cache_size = -65536;
      pragma wal_autocheckpoint = 2000;
      pragma journal_size_limit = 67108864;
    `);
  }

  /** Prepares once; past the bound the oldest is dropped. */
  prepare(sql: string): StatementSync {
    const known = this.#statements.get(sql);
    if (known) return known;
    const statement = this.database.prepare(sql);
    this.#statements.set(sql, statement);
    if (this.#statements.size > MAX_CACHED_STATEMENTS) {
      const [oldest] = this.#statements.keys();
      if (oldest !== undefined) this.#statements.delete(oldest);
    }
    return statement;
  }

  /** Runs inside one durable transaction; whatever is thrown undoes all of it. */
  transact<T>(run: () => T): T {
    this.database.exec('begin immediate');
    try {
      const result = run();
      this.database.exec('commit');
      return result;
    } catch (error) {
      if (this.database.isTransaction) this.database.exec('rollback');
      throw error;
    }
  }

  /**
   * Moves what the write-ahead file holds into the file and empties it. Waits for nobody: false while
   * a reader is in the way.
   */
  emptyJournal(): boolean {
    this.database.exec('pragma busy_timeout = 0');
    try {
      return this.database.prepare('pragma wal_checkpoint(truncate)').get()?.['busy'] === 0;
    } finally {
      this.database.exec(`pragma busy_timeout = ${BUSY_TIMEOUT_MS}`);
    }
  }

  close(): void {
    this.#statements.clear();
    if (this.database.isOpen) this.database.close();
  }
}

const SQLITE_BUSY = 5;
const SQLITE_READONLY = 8;
const SQLITE_IOERR = 10;
const SQLITE_CORRUPT = 11;
const SQLITE_FULL = 13;
const SQLITE_CANTOPEN = 14;
const SQLITE_NOTADB = 26;

/** The house's error for what SQLite reports: a full disk and a busy file are worth a retry. */
export function storageError(error: unknown): HeliogramError {
  if (error instanceof HeliogramError) return error;
  const code = primaryCode(error);
  const options = { cause: error };
  if (code === SQLITE_FULL || isOutOfSpace(error)) {
    return new DependencyError(
      'storage_full',
      'the disk is full: reading works, writing does not',
      {
        ...options,
        retryAfterMs: 10_000,
      },
    );
  }
  if (
    code === SQLITE_BUSY ||
    code === SQLITE_IOERR ||
    code === SQLITE_READONLY ||
    code === SQLITE_CANTOPEN
  ) {
    return new DependencyError(
      'unavailable',
      'the database cannot be used right now: try again later',
      {
        ...options,
        retryAfterMs: 1_000,
      },
    );
  }
  if (code === SQLITE_CORRUPT || code === SQLITE_NOTADB) {
    const sentence = 'the database file is damaged: restore a backup';
    return new DependencyError('unavailable', sentence, options);
  }
  return new InternalError('a query failed', options);
}

export function primaryCode(error: unknown): number | undefined {
  if (!(error instanceof Error) || !('errcode' in error)) return undefined;
  return typeof error.errcode === 'number' ? error.errcode & 0xff : undefined;
}

/** A full disk also shows as an I/O error while a write-ahead file grows. */
function isOutOfSpace(error: unknown): boolean {
  return error instanceof Error && /disk is full|ENOSPC/.test(error.message);
}
