import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { pathToFileURL } from 'node:url';
import { ValidationError } from '@heliogram/protocol';
import { filesBelow, measure } from './files.ts';
import {
  DATABASE_FILE,
  damagedBackup,
  MANIFEST_FILE,
  type Manifest,
  readManifest,
} from './manifest.ts';

export type VerifiedBackup = Pick<Manifest, 'createdAt' | 'version'> & {
  readonly files: number;
  readonly bytes: number;
};

/**
 * Holds every file of a backup against its manifest and asks the database whether it is whole. Changes
 * nothing. Throws `malformed` naming the first file at fault, and as `readManifest` does.
 */
export async function verifyBackup(source: string): Promise<VerifiedBackup> {
  const { createdAt, version, files } = await readManifest(source);
  for (const file of files) {
    const found = await measure(source, file.path).catch((error: unknown) => {
      throw damagedBackup(file.path, { cause: error });
    });
    if (found.bytes !== file.bytes || found.sha256 !== file.sha256) throw damagedBackup(file.path);
  }
  await requireNothingElse(source, new Set([MANIFEST_FILE, ...files.map(({ path }) => path)]));
  checkDatabase(join(source, DATABASE_FILE));
  const bytes = files.reduce((sum, file) => sum + file.bytes, 0);
  return { createdAt, version, files: files.length, bytes };
}

/** Throws `malformed` when the database of a backup is not whole. Writes nothing beside it. */
export function checkDatabase(path: string): void {
  const url = pathToFileURL(path);
  url.searchParams.set('immutable', '1');
  try {
    const database = new DatabaseSync(url, { readOnly: true });
    try {
      const answer = database.prepare('pragma quick_check(1)').get()?.['quick_check'];
      if (answer !== 'ok') throw damagedBackup(DATABASE_FILE);
    } finally {
      database.close();
    }
  } catch (error) {
    if (error instanceof ValidationError) throw error;
    throw damagedBackup(DATABASE_FILE, { cause: error });
  }
}

async function requireNothingElse(source: string, known: ReadonlySet<string>): Promise<void> {
  const extra = (await filesBelow(source)).find((path) => !known.has(path));
  if (extra === undefined) return;
  throw new ValidationError('malformed', `${extra} is not part of the backup ${source}`);
}
