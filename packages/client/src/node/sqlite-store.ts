import { chmodSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { DependencyError } from '@heliogram/protocol';
import { createSqlStore } from '../sql/sql-store.ts';
import type { ClientStore } from '../store/port.ts';
import { nodeDatabase } from './node-database.ts';

/**
 * The store in one SQLite file that only its owner can read, made when absent. Any number of
 * processes may open it. Throws `unavailable` when it cannot be opened.
 */
export function openSqliteStore(file: string): ClientStore {
  try {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    const database = new DatabaseSync(file, { timeout: 10_000 });
    chmodSync(file, 0o600);
    database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;');
    return createSqlStore(nodeDatabase(database), true);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new DependencyError('unavailable', `the store ${file} cannot be opened: ${reason}`, {
      cause,
    });
  }
}
