import type { SAHPoolUtil, Sqlite3Static } from '@sqlite.org/sqlite-wasm';

/** The engine, and whether its file layer met the end of the origin's quota since last asked. */
export interface SqliteEngine {
  readonly sqlite: Sqlite3Static;
  readonly ranOutOfRoom: () => boolean;
}

/** Main file and journal of one database, and room for what VACUUM writes. */
const poolFiles = 4;
/** The handles of a worker that ended are given back a moment later. */
const handleRetryMs = [10, 20, 50, 100, 200, 400, 800, 1_600] as const;

let loading: Promise<SqliteEngine> | undefined;

/** Loads SQLite once per worker. Rejects where WebAssembly is missing or forbidden. */
export function loadSqlite(): Promise<SqliteEngine> {
  loading ??= load();
  loading.catch(() => {
    loading = undefined;
  });
  return loading;
}

async function load(): Promise<SqliteEngine> {
  let outOfRoom = false;
  const silent = () => undefined;
  const config = {
    // Of the ways into OPFS only the pool is used; the others start workers of their own.
    disable: { vfs: { opfs: true, 'opfs-vfs': true, 'opfs-wl': true, kvvfs: true } },
    debug: silent,
    log: silent,
    warn: silent,
    error: (...said: readonly unknown[]) => {
      outOfRoom ||= said.some(isOutOfRoom);
    },
  };
  Object.assign(globalThis, { sqlite3ApiConfig: config });
  const { default: init } = await import('@sqlite.org/sqlite-wasm');
  const sqlite = await init();
  const ranOutOfRoom = () => {
    const seen = outOfRoom;
    outOfRoom = false;
    return seen;
  };
  return { sqlite, ranOutOfRoom };
}

/**
 * The pool of OPFS files under a name, which one worker of the origin can hold at a time. Rejects
 * where OPFS is missing, or another holds the pool and keeps it.
 */
export async function openPool({ sqlite }: SqliteEngine, name: string): Promise<SAHPoolUtil> {
  for (const waitMs of [...handleRetryMs, undefined]) {
    try {
      const pool = await sqlite.installOpfsSAHPoolVfs({
        name,
        directory: poolDirectory(name),
        initialCapacity: poolFiles,
        // By default the pool removes its files when it cannot be opened.
        preserveOnInitFailure: true,
        ...{ forceReinitIfPreviouslyFailed: true },
      });
      return pool.isPaused() ? await pool.unpauseVfs() : pool;
    } catch (error) {
      if (waitMs === undefined || !isHeldElsewhere(error)) throw error;
      await new Promise((resolve) => {
        setTimeout(resolve, waitMs);
      });
    }
  }
  throw new Error('unreachable');
}

export function poolDirectory(name: string): string {
  return `/${name}`;
}

/** Without room the browser either throws or writes less than it was given, which the pool words so. */
function isOutOfRoom(said: unknown): boolean {
  if (!(said instanceof Error)) return false;
  return said.name === 'QuotaExceededError' || said.message === 'Unknown write() failure.';
}

function isHeldElsewhere(error: unknown): boolean {
  return error instanceof Error && error.name === 'NoModificationAllowedError';
}
