import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DependencyError, UsageError, ValidationError } from '@heliogram/protocol';

export const MANIFEST_FILE = 'manifest.json';
export const DATABASE_FILE = 'heliogram.db';
export const MEDIA_FOLDER = 'media';
const FORMAT = 1;

/** What a backup holds. Written last: without it a directory is no backup. */
export type Manifest = {
  readonly format: typeof FORMAT;
  /** RFC 3339, UTC. */
  readonly createdAt: string;
  /** Of the server that wrote it. */
  readonly version: string;
  readonly files: readonly BackedUpFile[];
};

export type BackedUpFile = {
  /** Relative to the backup, with slashes. */
  readonly path: string;
  readonly bytes: number;
  /** Hex. */
  readonly sha256: string;
};

export function manifestText(facts: Omit<Manifest, 'format'>): string {
  return `${JSON.stringify({ format: FORMAT, ...facts }, null, 1)}\n`;
}

/**
 * Throws `usage` for a directory that is no backup, `malformed` for a damaged manifest,
 * `version_unsupported` for a newer format and `unavailable` for one that cannot be read.
 */
export async function readManifest(source: string): Promise<Manifest> {
  const value = parse(await readText(source));
  if (isManifest(value)) return value;
  const format = typeof value === 'object' && value !== null && 'format' in value && value.format;
  if (typeof format === 'number' && format > FORMAT) {
    const sentence = `a newer version of heliogram wrote the backup ${source}: restore it with that version`;
    throw new ValidationError('version_unsupported', sentence);
  }
  throw damagedBackup(MANIFEST_FILE);
}

export function damagedBackup(path: string, options?: ErrorOptions): ValidationError {
  return new ValidationError(
    'malformed',
    `the backup is damaged at ${path}: use another backup`,
    options,
  );
}

async function readText(source: string): Promise<string> {
  const path = join(source, MANIFEST_FILE);
  return readFile(path, 'utf8').catch((cause: NodeJS.ErrnoException) => {
    if (cause.code === 'ENOENT' || cause.code === 'ENOTDIR') {
      throw new UsageError(`${source} is not a backup: it has no ${MANIFEST_FILE}`, { cause });
    }
    throw new DependencyError('unavailable', `${path} cannot be read (${cause.code})`, { cause });
  });
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isManifest(value: unknown): value is Manifest {
  if (typeof value !== 'object' || value === null) return false;
  const { format, createdAt, version, files } = value as Record<string, unknown>;
  const texts = typeof createdAt === 'string' && typeof version === 'string';
  if (format !== FORMAT || !texts || !Array.isArray(files) || !files.every(isFile)) return false;
  return files.filter(({ path }) => path === DATABASE_FILE).length === 1;
}

function isFile(value: unknown): value is BackedUpFile {
  if (typeof value !== 'object' || value === null) return false;
  const { path, bytes, sha256 } = value as Record<string, unknown>;
  return (
    typeof path === 'string' &&
    isSafePath(path) &&
    Number.isSafeInteger(bytes) &&
    typeof sha256 === 'string' &&
    /^[0-9a-f]{64}$/.test(sha256)
  );
}

/** The database, or a file below media: nothing that could leave the target. */
function isSafePath(path: string): boolean {
  if (path === DATABASE_FILE) return true;
  const [folder, ...names] = path.split('/');
  return folder === MEDIA_FOLDER && names.length > 0 && names.every((name) => SAFE_NAME.test(name));
}

const SAFE_NAME = /^(?!\.{1,2}$)[^/\\\0]+$/;
