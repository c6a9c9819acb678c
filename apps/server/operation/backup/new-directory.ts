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
    await mkdir(partial, { mode: 0o700, recursive: true });
    await chmod(partial, 0o700);
    await fill(partial);
    await syncPath(partial);
    // Over an empty directory at most: the system refuses any other.
    await rename(partial, target);
    await syncPath(dirname(target));
  } catch (error) {
    await rm(partial, { recursive: true, force: true });
    throw explained(error, target);
  }
}

async function requireEmpty(target: string): Promise<void> {
  const names = await readdir(target).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw explained(error, target);
  });
  if (names.length > 0) throw new UsageError(`${target} is not empty: name a new directory`);
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

function explained(error: unknown, target: string): HeliogramError {
  if (error instanceof HeliogramError) return error;
  const cause = { cause: error };
  const reason = error instanceof Error ? error.message : String(error);
  if (/ENOSPC|EDQUOT|disk is full/.test(reason)) {
    return new DependencyError('storage_full', `there is no room for ${target}`, cause);
  }
  if (/ENOTEMPTY|EEXIST|ENOTDIR/.test(reason)) {
    return new UsageError(`${target} is there already: name a new directory`, cause);
  }
  return new DependencyError('unavailable', `${target} cannot be written: ${reason}`, cause);
}
