import { accessSync, constants, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { DependencyError, type HeliogramError, ValidationError } from '@heliogram/protocol';
import { primaryCode, storageError } from './connection.ts';

const SQLITE_PERM = 3;
const SQLITE_BUSY = 5;
const SQLITE_READONLY = 8;
const SQLITE_IOERR = 10;
const SQLITE_CORRUPT = 11;
const SQLITE_CANTOPEN = 14;
const SQLITE_NOTADB = 26;

/** Why a database file cannot be opened or read, as one sentence for the operator. */
export function openingError(error: unknown, path: string): HeliogramError {
  const cause = { cause: error };
  if (isDamage(error)) return damagedDatabase(path, cause);
  switch (primaryCode(error)) {
    case SQLITE_BUSY:
      return new DependencyError('unavailable', `another program is using ${path}`, cause);
    case SQLITE_PERM:
    case SQLITE_READONLY:
    case SQLITE_IOERR:
    case SQLITE_CANTOPEN:
      return new DependencyError('unavailable', `${path} ${whatHinders(path)}`, cause);
    default:
      return storageError(error);
  }
}

/** Whether SQLite says that the file itself is at fault. */
export function isDamage(error: unknown): boolean {
  const code = primaryCode(error);
  return code === SQLITE_CORRUPT || code === SQLITE_NOTADB;
}

export function damagedDatabase(path: string, options?: ErrorOptions): ValidationError {
  const sentence = `the database ${path} is damaged: restore a backup into a new directory`;
  return new ValidationError('malformed', sentence, options);
}

/** The rest of a sentence that begins with the path. */
function whatHinders(path: string): string {
  const stats = statSync(path, { throwIfNoEntry: false });
  if (stats && !stats.isFile()) return 'is not a file';
  if (!stats && !isAllowed(dirname(path))) return 'cannot be created: its folder is not writable';
  if (!stats) return 'does not exist';
  if (!isAllowed(path)) return 'cannot be read and written by this user';
  if (!isAllowed(dirname(path))) return 'cannot be used: this user cannot write to its folder';
  return 'cannot be read or written: the disk reports an error';
}

function isAllowed(path: string): boolean {
  try {
    accessSync(path, constants.R_OK | constants.W_OK);
    return true;
  } catch {
    return false;
  }
}
