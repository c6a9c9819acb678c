import { DependencyError, HeliogramError, InternalError } from '@heliogram/protocol';
import { StoreDamagedError } from '../store/store-error.ts';
import type { SqlDatabase } from './sql-database.ts';

/** Work on one database with the errors of the store: `storage_full`, StoreDamagedError, `internal`. */
export class SqlSession {
  readonly database: SqlDatabase;

  constructor(database: SqlDatabase) {
    this.database = database;
  }

  /** Runs `work` in one durable transaction, waiting for other processes. */
  transact<T>(work: () => T): T {
    const { database } = this;
    return this.read(() => {
      database.exec('BEGIN IMMEDIATE');
      try {
        const result = work();
        database.exec('COMMIT');
        return result;
      } catch (error) {
        rollBack(database);
        throw error;
      }
    });
  }

  read<T>(work: () => T): T {
    try {
      return work();
    } catch (cause) {
      throw storeError(this.database, cause);
    }
  }
}

/** A full disk or a damaged file ends the transaction by itself: what went wrong first is what counts. */
function rollBack(database: SqlDatabase): void {
  try {
    database.exec('ROLLBACK');
  } catch {
    // Nothing is open any more.
  }
}

export function storeError(database: SqlDatabase, cause: unknown): Error {
  if (cause instanceof HeliogramError) return cause;
  const message = cause instanceof Error ? cause.message : String(cause);
  switch (database.faultOf(cause)) {
    case 'full':
      return new DependencyError('storage_full', 'there is no space left on this device', {
        cause,
      });
    case 'damaged':
      return new StoreDamagedError(`the store is damaged: ${message}`, { cause });
    case 'other':
      return new InternalError(`the store failed: ${message}`, { cause });
  }
}
