import type { DatabaseSync } from 'node:sqlite';
import { DependencyError, InternalError } from '@heliogram/protocol';

/** Runs `work` in one durable transaction, waiting for other processes. */
export type Transact = <T>(work: () => T) => T;

/** See {@link Transact}. Throws `storage_full`, or `internal` where the file itself fails. */
export function transact<T>(database: DatabaseSync, work: () => T): T {
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
