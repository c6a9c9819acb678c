import { DependencyError, ValidationError } from '@heliogram/protocol';
import type { Database } from '@sqlite.org/sqlite-wasm';
import { storeError } from '../sql/sql-session.ts';
import { createSqlStore } from '../sql/sql-store.ts';
import { createMemoryStore } from '../store/memory-store.ts';
import type { ClientStore } from '../store/port.ts';
import { loadSqlite, openPool, poolDirectory, type SqliteEngine } from './sqlite-engine.ts';
import { wasmDatabase } from './wasm-database.ts';

const file = '/store.db';
const defaultName = 'heliogram-store';

/**
 * The store in a browser: SQLite in the origin's private files, where a dedicated worker can have them,
 * else in memory, with `persistent` false. One worker of the origin at a time may hold it: see
 * Leadership. Throws StoreDamagedError for a file that no longer is a store ({@link deleteBrowserStore}
 * starts over), `version_unsupported` for one of a newer program, `storage_full`.
 */
export async function openBrowserStore(name = defaultName): Promise<ClientStore> {
  const engine = await loadSqlite().catch(() => undefined);
  if (!engine) return createMemoryStore();
  const pool = await openPool(engine, name).catch(() => undefined);
  if (!pool) return storeOn(new engine.sqlite.oo1.DB(':memory:'), engine, false);
  try {
    const store = storeOn(new pool.OpfsSAHPoolDb(file), engine, true);
    const close = async () => {
      await store.close();
      pool.pauseVfs();
    };
    return { ...store, close };
  } catch (error) {
    pool.pauseVfs();
    throw error;
  }
}

/** Whether a store was ever made here. Asks no engine: it is known long before one is loaded. */
export async function browserStoreExists(name = defaultName): Promise<boolean> {
  try {
    const root = await navigator.storage.getDirectory();
    await root.getDirectoryHandle(poolDirectory(name).slice(1));
    return true;
  } catch {
    return false;
  }
}

/** Deletes the store's files. Device keys are elsewhere. The store must be closed. */
export async function deleteBrowserStore(name = defaultName): Promise<void> {
  try {
    const pool = await openPool(await loadSqlite(), name);
    await pool.wipeFiles();
    pool.pauseVfs();
  } catch {
    // What is no pool any more goes as a folder; where there are no private files, nothing is to go.
    await removeDirectory(poolDirectory(name).slice(1));
  }
}

async function removeDirectory(name: string): Promise<void> {
  try {
    const root = await navigator.storage.getDirectory?.();
    await root?.removeEntry(name, { recursive: true });
  } catch (cause) {
    if (cause instanceof Error && cause.name === 'NotFoundError') return;
    throw new DependencyError('unavailable', 'the stored files cannot be deleted now', { cause });
  }
}

function storeOn(database: Database, engine: SqliteEngine, persistent: boolean): ClientStore {
  const wrapped = wasmDatabase(database, engine.ranOutOfRoom);
  try {
    // Persisting journals would keep text that was erased.
    wrapped.exec(
      `PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = TRUNCATE;
       PRAGMA synchronous = FULL; PRAGMA temp_store = MEMORY`,
    );
    return createSqlStore(wrapped, persistent);
  } catch (error) {
    wrapped.close();
    if (error instanceof RangeError) {
      throw new ValidationError('version_unsupported', error.message, { cause: error });
    }
    throw storeError(wrapped, error);
  }
}
