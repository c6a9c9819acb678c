import { accessSync, chmodSync, constants, existsSync, mkdirSync, statSync } from 'node:fs';
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
    throw lockError(error, path);
  }
  return { ...dataPaths(path), release: () => lock.close() };
}

function lockError(error: unknown, path: string): DependencyError {
  const cause = { cause: error };
  const damaged = error instanceof Error && /not a database|malformed/.test(error.message);
  const sentence = damaged
    ? `${join(path, 'lock')} is damaged: delete it and start again`
    : `another heliogram server uses ${path}`;
  return new DependencyError('unavailable', sentence, cause);
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
  const media = join(path, 'media');
  try {
    makeDirectory(path);
    makeDirectory(media);
    for (const folder of [path, media]) requireFolder(folder);
    chmodSync(path, 0o700);
    new DatabaseSync(join(path, 'lock'), { timeout: 0 }).close();
  } catch (error) {
    const sentence = `the data directory ${path} cannot be used: ${reasonOf(error, path)}`;
    throw new DependencyError('unavailable', sentence, { cause: error });
  }
}

function requireFolder(path: string): void {
  if (!statSync(path).isDirectory()) throw new NotAFolder(`${path} is a file`);
  accessSync(path, constants.R_OK | constants.W_OK | constants.X_OK);
}

class NotAFolder extends Error {}

const REASONS: Readonly<Record<string, string>> = {
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  EROFS: 'the file system is read-only',
  ENOENT: 'the folder cannot be created there',
  ENOTDIR: 'part of the path is a file',
  ENOSPC: 'the disk is full',
  EDQUOT: 'the disk is full',
  ENAMETOOLONG: 'the path is too long',
};

function reasonOf(error: unknown, path: string): string {
  if (!(error instanceof Error)) return String(error);
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  if (code === 'ERR_SQLITE_ERROR') return `${join(path, 'lock')} cannot be opened`;
  return REASONS[code] ?? error.message;
}
