import { chmod, mkdir, open, readdir, rename, rm } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { DependencyError, HeliogramError, UsageError } from '@heliogram/protocol';
import { type Runtime, randomHex } from '../../runtime.ts';

/**
 * Makes a directory whole or not at all: `fill` writes beside the target, under a name that nobody
 * mistakes for it, and only what is on disk takes the target's name. Throws `usage` when the target
 * holds anything.
 */
export async function makeDirectory(
  parts: { readonly target: string; readonly runtime: Runtime },
  fill: (directory: string) => Promise<void>,
): Promise<void> {
  const target = resolve(parts.target);
  await requireEmpty(target);
  const partial = `${target}.partial-${randomHex(parts.runtime, 4)}`;
  try {
    await makeFolders(partial);
    await chmod(partial, 0o700);
    await fill(partial);
    await syncPath(partial);
    // Over an empty directory at most: the system refuses any other.
    await rename(partial, target);
    await syncPath(dirname(target));
  } catch (error) {
    await rm(partial, { recursive: true, force: true });
    throw unreadSource(error, partial) ?? explained(error, target);
  }
}

/** Node's own recursive form never ends below a directory that takes no children, as in /proc. */
async function makeFolders(path: string): Promise<void> {
  const make = () => mkdir(path, { mode: 0o700 });
  await make().catch(async (error: NodeJS.ErrnoException) => {
    const parent = dirname(path);
    if (error.code === 'EEXIST') return;
    if (error.code !== 'ENOENT' || parent === path) throw error;
    await makeFolders(parent);
    await make();
  });
}

async function requireEmpty(target: string): Promise<void> {
  const names = await readdir(target).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw explained(error, target);
  });
  if (names.length > 0) throw new UsageError(`${target} is not empty: choose a new directory`);
}

/** Makes what was written to a file or directory survive a power cut. */
export async function syncPath(path: string): Promise<void> {
  const handle = await open(path, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** What failed outside of the new directory is the source's fault, not the destination's. */
function unreadSource(error: unknown, partial: string): HeliogramError | undefined {
  if (!(error instanceof Error) || !('path' in error) || typeof error.path !== 'string') return;
  const { path } = error;
  const code = 'code' in error ? String(error.code) : '';
  const readFailed = /^(EACCES|EPERM|EISDIR|ENOTDIR|EIO|ELOOP)$/.test(code);
  if (!readFailed || path === partial || path.startsWith(`${partial}/`)) return;
  return new DependencyError('unavailable', `${path} cannot be read (${code})`, { cause: error });
}

function explained(error: unknown, target: string): HeliogramError {
  if (error instanceof HeliogramError) return error;
  const cause = { cause: error };
  const reason = error instanceof Error ? error.message : String(error);
  if (/ENOSPC|EDQUOT|disk is full/.test(reason)) {
    return new DependencyError('storage_full', `the disk has no space left for ${target}`, cause);
  }
  if (/ENOTEMPTY|EEXIST|ENOTDIR/.test(reason)) {
    return new UsageError(`${target} already exists: choose a new directory`, cause);
  }
  return new DependencyError(
    'unavailable',
    `${target} cannot be written: ${inWords(reason)}`,
    cause,
  );
}

function inWords(reason: string): string {
  if (/EACCES|EPERM/.test(reason)) return 'permission denied';
  if (/EROFS/.test(reason)) return 'the file system is read-only';
  if (/ENOENT/.test(reason)) return 'the folder cannot be created there';
  return reason;
}
