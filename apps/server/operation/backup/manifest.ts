import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { UsageError } from '@heliogram/protocol';

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

/** Throws `usage` for a directory that is no whole backup of a format known here. */
export async function readManifest(source: string): Promise<Manifest> {
  const text = await readFile(join(source, MANIFEST_FILE), 'utf8').catch((error: unknown) => {
    throw new UsageError(`${source} is no backup: it has no ${MANIFEST_FILE}`, { cause: error });
  });
  const value = parse(text);
  if (isManifest(value)) return value;
  throw new UsageError(`${source} is a backup that this version cannot read`);
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
