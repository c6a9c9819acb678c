import { chmodSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { DependencyError, InternalError } from '@heliogram/protocol';
import type { ClientStore } from '../store/port.ts';
import { SqliteOutbox } from './sqlite-outbox.ts';
import { SqliteRecords } from './sqlite-records.ts';
import { migrate } from './sqlite-schema.ts';

/**
 * The store in one SQLite file that only its owner can read, made when absent. Any number of
 * processes may open it. Throws `unavailable` when it cannot be opened.
 */
export function openSqliteStore(file: string): ClientStore {
  const database = open(file);
  const run: Transact = (work) => transact(database, work);
  return {
    outbox: new SqliteOutbox(database, run),
    records: new SqliteRecords(database, run),
    close: async () => database.close(),
  };
}

/** Runs `work` in one durable transaction, waiting for other processes. */
export type Transact = <T>(work: () => T) => T;

function open(file: string): DatabaseSync {
  try {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    const database = new DatabaseSync(file, { timeout: 10_000 });
    chmodSync(file, 0o600);
    database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;');
    migrate(database);
    return database;
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new DependencyError('unavailable', `the store ${file} cannot be opened: ${reason}`, {
      cause,
    });
  }
}

function transact<T>(database: DatabaseSync, work: () => T): T {
  try {
    database.exec('BEGIN IMMEDIATE');
    try {
      const result = work();
      database.exec('COMMIT');
      return result;
    } catch (error) {
      database.exec('ROLLBACK');
      throw error;
    }
  } catch (cause) {
    throw storeError(cause);
  }
}

const SQLITE_FULL = 13;

function storeError(cause: unknown): Error {
  const message = cause instanceof Error ? cause.message : String(cause);
  const full = cause instanceof Error && 'errcode' in cause && cause.errcode === SQLITE_FULL;
  if (full)
    return new DependencyError('storage_full', 'the disk with the profile is full', { cause });
  return new InternalError(`the profile's store failed: ${message}`, { cause });
}
