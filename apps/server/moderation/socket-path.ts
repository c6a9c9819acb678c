import { mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';

/** What fits a socket address on every system (sockaddr_un: 104 bytes and more, with a final zero). */
const MAX_PATH_BYTES = 100;

/**
 * Runs with a path that names the same socket and is short enough to bind or dial: the given one, or
 * through a link to its directory that only this user can reach and that goes when `run` is done.
 */
export async function withShortPath<T>(
  socketPath: string,
  run: (path: string) => Promise<T>,
): Promise<T> {
  const full = resolve(socketPath);
  if (Buffer.byteLength(full) <= MAX_PATH_BYTES) return run(full);
  const privateDirectory = await mkdtemp(join(tmpdir(), 'heliogram-'));
  try {
    const link = join(privateDirectory, 'd');
    await symlink(dirname(full), link);
    return await run(join(link, basename(full)));
  } finally {
    await rm(privateDirectory, { recursive: true });
  }
}
