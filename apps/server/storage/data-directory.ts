import { chmodSync, existsSync, mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { DependencyError } from '@heliogram/protocol';

/** Where everything of one server lives. */
export type DataDirectory = {
  readonly path: string;
  readonly databaseFile: string;
  readonly searchFile: string;
  readonly mediaDirectory: string;
  readonly operatorSocket: string;
  /** Lets another process have the directory. Also happens when this process dies, however. */
  release(): void;
};

/**
 * Makes the directory if needed (private to its user) and takes it for this process. The lock is the
 * operating system's, held through an open SQLite transaction, so that no crash leaves it behind.
 * Throws `unavailable` when another process has it or it cannot be written.
 */
export function lockDataDirectory(path: string): DataDirectory {
  prepareDirectory(path);
  const lock = new DatabaseSync(join(path, 'lock'), { timeout: 0 });
  try {
    lock.exec('pragma locking_mode = exclusive; begin exclusive;');
  } catch (error) {
    lock.close();
    throw new DependencyError('unavailable', `another heliogram server uses ${path}`, {
      cause: error,
    });
  }
  return { ...dataPaths(path), release: () => lock.close() };
}

/** The paths alone, without taking the directory. */
export function dataPaths(path: string): Omit<DataDirectory, 'release'> {
  return {
    path,
    databaseFile: join(path, 'heliogram.db'),
    searchFile: join(path, 'search.db'),
    mediaDirectory: join(path, 'media'),
    operatorSocket: join(path, 'admin.sock'),
  };
}

/** Node's own recursive form never ends where a directory is there and takes no children, as in /proc. */
function makeDirectory(path: string): void {
  if (existsSync(path)) return;
  const parent = dirname(path);
  if (parent !== path) makeDirectory(parent);
  mkdirSync(path, { mode: 0o700 });
}

function prepareDirectory(path: string): void {
  try {
    makeDirectory(path);
    makeDirectory(join(path, 'media'));
    chmodSync(path, 0o700);
    new DatabaseSync(join(path, 'lock'), { timeout: 0 }).close();
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new DependencyError(
      'unavailable',
      `the data directory ${path} cannot be used: ${reason}`,
      {
        cause: error,
      },
    );
  }
}
