import { copyFile, link, mkdir, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { DependencyError, UsageError } from '@heliogram/protocol';
import type { Runtime } from '../../runtime.ts';
import { damagedDatabase, isDamage, openingError } from '../../sqlite/index.ts';
import { filesBelow, measure } from './files.ts';
import {
  type BackedUpFile,
  DATABASE_FILE,
  MANIFEST_FILE,
  MEDIA_FOLDER,
  manifestText,
} from './manifest.ts';
import { makeDirectory, syncPath } from './new-directory.ts';

const BUSY_TIMEOUT_MS = 10_000;
/** Named by its content, so it never changes. Uploads on their way have other names. */
const FINISHED_FILE = /^[0-9a-f]{2}\/[0-9a-f]{64}$/;

export type BackupOptions = {
  readonly databaseFile: string;
  readonly mediaDirectory: string;
  readonly destination: string;
  readonly runtime: Runtime;
  readonly version: string;
};

/**
 * One moment of the database, with at least the media files that it names. Files are named by content
 * and never change, so they are linked where the file system can. Indexes that a server makes again
 * are left out, and so is everything that is not meant to last.
 */
export async function backup(options: BackupOptions): Promise<void> {
  const { databaseFile, destination, mediaDirectory, runtime, version } = options;
  await requireDatabase(databaseFile);
  await makeDirectory({ target: destination, runtime }, async (directory) => {
    const media = join(directory, MEDIA_FOLDER);
    await mkdir(media, { mode: 0o700 });
    await takeMedia(mediaDirectory, media);
    await takeDatabase(databaseFile, join(directory, DATABASE_FILE));
    // Again: what came between the two is named by the database.
    await takeMedia(mediaDirectory, media);
    const paths = await filesBelow(directory);
    const files: BackedUpFile[] = [];
    for (const path of paths) files.push(await measure(directory, path));
    const createdAt = new Date(runtime.now()).toISOString();
    const manifest = join(directory, MANIFEST_FILE);
    await writeFile(manifest, manifestText({ createdAt, version, files }), { mode: 0o600 });
    await syncPath(manifest);
  });
}

async function requireDatabase(path: string): Promise<void> {
  const stats = await stat(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return undefined;
    throw new DependencyError('unavailable', `${path} cannot be read: permission denied`, {
      cause: error,
    });
  });
  if (!stats || stats.size === 0) {
    throw new UsageError(`${dirname(path)} is not the data directory of a server`);
  }
}

/** A snapshot through a connection of its own: the server goes on writing meanwhile. */
async function takeDatabase(from: string, to: string): Promise<void> {
  const database = openSource(from);
  const mask = process.umask(0o077);
  try {
    database.prepare('vacuum into ?').run(to);
  } catch (error) {
    throw isDamage(error) ? damagedDatabase(from, { cause: error }) : error;
  } finally {
    process.umask(mask);
    database.close();
  }
  await syncPath(to);
}

function openSource(path: string): DatabaseSync {
  const options = { timeout: BUSY_TIMEOUT_MS, readOnly: true };
  try {
    const database = new DatabaseSync(path, options);
    database.prepare('pragma user_version').get();
    return database;
  } catch (error) {
    throw openingError(error, path);
  }
}

async function takeMedia(from: string, to: string): Promise<void> {
  const taken = new Set(await filesBelow(to));
  for (const path of await filesBelow(from)) {
    if (taken.has(path) || !FINISHED_FILE.test(path)) continue;
    const target = join(to, path);
    await mkdir(dirname(target), { recursive: true, mode: 0o700 });
    await linkOrCopy(join(from, path), target);
  }
}

async function linkOrCopy(from: string, to: string): Promise<void> {
  try {
    await link(from, to);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    // Deleted since the directory was listed: nothing that stands names it.
    if (code === 'ENOENT') return;
    if (code !== 'EXDEV' && code !== 'EPERM' && code !== 'EMLINK') throw error;
    await copyFile(from, to);
    await syncPath(to);
  }
}
