import { chmod, constants, copyFile, mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Runtime } from '../../runtime.ts';
import { measure } from './files.ts';
import { type BackedUpFile, DATABASE_FILE, damagedBackup, readManifest } from './manifest.ts';
import { makeDirectory, syncPath } from './new-directory.ts';
import { checkDatabase } from './verify.ts';

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
      const { code = '' } = error;
      if (/^(ENOENT|EISDIR|ENOTDIR|EIO)$/.test(code)) throw damagedBackup(file.path);
      throw error;
    },
  );
  await chmod(target, 0o600);
  const { bytes, sha256 } = await measure(directory, file.path);
  if (bytes !== file.bytes || sha256 !== file.sha256) throw damagedBackup(file.path);
  await syncPath(target);
}
