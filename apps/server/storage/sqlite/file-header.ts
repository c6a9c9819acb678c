import { closeSync, openSync, readSync, statSync } from 'node:fs';
import { schemaVersionHere } from './migrations.ts';

/** https://www.sqlite.org/fileformat.html#the_database_header */
const HEADER_BYTES = 100;
const MAGIC = 'SQLite format 3\0';

/**
 * Why a database file cannot be served, seen from its header alone, so that nothing is opened or changed.
 * Undefined when nothing speaks against it, and when there is no file yet.
 */
export function databaseProblem(path: string): string | undefined {
  const stats = statSync(path, { throwIfNoEntry: false });
  if (stats === undefined || (stats.isFile() && stats.size === 0)) return undefined;
  if (!stats.isFile()) return `${path} is not a file.`;
  const header = readHeader(path);
  if (header === undefined) return `${path} cannot be read: permission denied.`;
  const isDatabase = header.toString('latin1', 0, 16) === MAGIC;
  if (!isDatabase || header.byteLength < HEADER_BYTES) return damaged(path);
  const version = header.readUInt32BE(60);
  if (version > schemaVersionHere) return `${path} was written by a newer version of heliogram.`;
  return isShort(header, stats.size, path) ? damaged(path) : undefined;
}

const damaged = (path: string): string =>
  `The database ${path} is damaged: restore a backup into a new directory.`;

/** The count of pages holds only where it was written with the last change and no journal waits. */
function isShort(header: Buffer, size: number, path: string): boolean {
  if (header.readUInt32BE(24) !== header.readUInt32BE(92)) return false;
  if ((statSync(`${path}-wal`, { throwIfNoEntry: false })?.size ?? 0) > 0) return false;
  const pageSize = header.readUInt16BE(16);
  return header.readUInt32BE(28) * (pageSize === 1 ? 65_536 : pageSize) > size;
}

function readHeader(path: string): Buffer | undefined {
  try {
    const file = openSync(path, 'r');
    try {
      const header = Buffer.alloc(HEADER_BYTES);
      return header.subarray(0, readSync(file, header));
    } finally {
      closeSync(file);
    }
  } catch {
    return undefined;
  }
}
