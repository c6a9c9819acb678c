import { chmod, constants, copyFile, mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { ValidationError } from '@heliogram/protocol';
import type { Runtime } from '../../runtime.ts';
import { measure } from './files.ts';
import { type BackedUpFile, DATABASE_FILE, readManifest } from './manifest.ts';
import { makeDirectory, syncPath } from './new-directory.ts';

/**
 * Copies a backup to a new data directory and holds every byte against the manifest before the
 * directory gets its name. A directory in use is never empty, so a running server is safe.
 */
export async function restore(options: {
  readonly source: string;
  readonly paths: { readonly path: string };
  readonly runtime: Runtime;
}): Promise<void> {
  const { source, paths, runtime } = options;
  const { files } = await readManifest(source);
  await makeDirectory({ target: paths.path, runtime }, async (directory) => {
    for (const file of files) await take(file, source, directory);
    checkDatabase(join(directory, DATABASE_FILE));
  });
}

async function take(file: BackedUpFile, source: string, directory: string): Promise<void> {
  const target = join(directory, file.path);
  await mkdir(dirname(target), { recursive: true, mode: 0o700 });
  await copyFile(join(source, file.path), target, constants.COPYFILE_FICLONE).catch(
    (error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') throw damaged(file);
      throw error;
    },
  );
  await chmod(target, 0o600);
  const { bytes, sha256 } = await measure(directory, file.path);
  if (bytes !== file.bytes || sha256 !== file.sha256) throw damaged(file);
  await syncPath(target);
}

function checkDatabase(path: string): void {
  const database = new DatabaseSync(path, { readOnly: true });
  try {
    const answer = database.prepare('pragma quick_check(1)').get()?.['quick_check'];
    if (answer !== 'ok') throw damaged({ path: DATABASE_FILE });
  } finally {
    database.close();
  }
}

const damaged = ({ path }: { readonly path: string }) =>
  new ValidationError('malformed', `the backup is damaged at ${path}: use another one`);
