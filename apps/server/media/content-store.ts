import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { link, mkdir, open, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { DependencyError } from '@heliogram/protocol';

/** Durable bytes on their way, and the SHA-256 of them, hex. */
export type DraftFile = { readonly path: string; readonly hash: string };

/**
 * Files named by the SHA-256 of their bytes: `ab/ab12…`. A file appears whole and durable or not at
 * all, and is never written to again. `uploads/` holds what is on its way.
 */
export class ContentStore {
  readonly #directory: string;

  constructor(directory: string) {
    this.#directory = directory;
  }

  get uploads(): string {
    return join(this.#directory, 'uploads');
  }

  pathOf(hash: string): string {
    return join(this.#directory, hash.slice(0, 2), hash);
  }

  uploadPath(mediaId: string): string {
    return join(this.uploads, mediaId);
  }

  /** Reads the upload to its end and makes it durable, ready to be placed. */
  async draftOfUpload(mediaId: string): Promise<DraftFile & { readonly size: number }> {
    const path = this.uploadPath(mediaId);
    const hash = createHash('sha256');
    let size = 0;
    for await (const bytes of createReadStream(path, { highWaterMark: READ_BYTES })) {
      hash.update(bytes);
      size += bytes.length;
    }
    await sync(path);
    return { path, hash: hash.digest('hex'), size };
  }

  /** Gives the draft its place; where the same bytes lie already, they stay. */
  async place({ path, hash }: DraftFile): Promise<void> {
    const folder = join(this.#directory, hash.slice(0, 2));
    if ((await mkdir(folder, { recursive: true, mode: 0o700 })) !== undefined) {
      await sync(this.#directory);
    }
    try {
      await link(path, this.pathOf(hash));
    } catch (error) {
      if (codeOf(error) !== 'EEXIST') throw error;
    }
    await sync(folder);
  }

  async remove(hash: string): Promise<void> {
    await rm(this.pathOf(hash), { force: true });
  }

  async removeUpload(mediaId: string): Promise<void> {
    await rm(this.uploadPath(mediaId), { force: true });
  }

  /** Everything on its way, by name. */
  async uploadNames(): Promise<readonly string[]> {
    await mkdir(this.uploads, { recursive: true, mode: 0o700 });
    return readdir(this.uploads);
  }

  /** The hashes of one of 256 folders. */
  async hashesIn(folder: string): Promise<readonly string[]> {
    try {
      const names = await readdir(join(this.#directory, folder));
      return names.filter((name) => /^[0-9a-f]{64}$/.test(name));
    } catch (error) {
      if (codeOf(error) === 'ENOENT') return [];
      throw error;
    }
  }

  async emptyUpload(mediaId: string): Promise<void> {
    const file = await open(this.uploadPath(mediaId), 'wx', 0o600);
    await file.close();
  }
}

const READ_BYTES = 262_144;

async function sync(path: string): Promise<void> {
  const handle = await open(path, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

export function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}

/** A disk without room as the house says it; anything else as it is. */
export function diskError(error: unknown): unknown {
  const full = ['ENOSPC', 'EDQUOT', 'EFBIG'].includes(codeOf(error));
  if (!full && !(error instanceof Error && /No space left/.test(error.message))) return error;
  return new DependencyError('storage_full', 'the server has no space left for files', {
    cause: error,
    retryAfterMs: 60_000,
  });
}
