import { open, stat } from 'node:fs/promises';
import { HeliogramError, MediaShape, ValidationError } from '@heliogram/protocol';
import type { MediaRow } from '../storage/schema.ts';
import { Turnstile } from '../turnstile.ts';
import { codeOf, type DraftFile, diskError } from './content-store.ts';
import { cleanEbml } from './ebml.ts';
import { FileWindow } from './file-window.ts';
import { type Format, SNIFF_BYTES, sniff } from './formats.ts';
import { type Container, cleanMp4 } from './mp4.ts';
import { findMedia, STATE } from './records.ts';
import { rejected } from './refusal.ts';
import type { Room } from './room.ts';

/** What the check of a file finds out. */
type Findings = Pick<MediaRow, 'media_type' | 'width' | 'height' | 'blur'>;

const AT_ONCE = 2;
const MAX_WAITING = 10_000;
const PLAIN = { width: 0, height: 0, blur: '' } as const;

const photoDraft = (mediaId: string): string => `${mediaId}-photo`;
const thumbnailDraft = (mediaId: string): string => `${mediaId}-thumbnail`;

/**
 * Takes uploads whose last byte arrived, holds them against what they are said to be, and files them.
 * May be cut off anywhere and done again: the row becomes ready last.
 */
export class Checks {
  readonly #room: Room;
  readonly #turnstile = new Turnstile({ atOnce: AT_ONCE, maxWaiting: MAX_WAITING });
  readonly #running = new Map<string, Promise<void>>();

  constructor(room: Room) {
    this.#room = room;
  }

  /** What a crash left unchecked. */
  async resume(): Promise<void> {
    const rows = await this.#room.storage.db
      .selectFrom('media')
      .select('media_id')
      .where('state', '=', STATE.checking)
      .execute();
    for (const { media_id } of rows) this.begin(media_id);
  }

  /** Whether every byte of an open upload is here; it is then checked. */
  async beginIfComplete({ media_id, upload_size }: MediaRow): Promise<boolean> {
    const { size } = await stat(this.#room.files.uploadPath(media_id)).catch(() => ({ size: -1 }));
    if (size !== upload_size) return false;
    await this.#room.storage.db
      .updateTable('media')
      .set({ state: STATE.checking })
      .where('media_id', '=', media_id)
      .where('state', '=', STATE.uploading)
      .execute();
    this.begin(media_id);
    return true;
  }

  begin(mediaId: string): void {
    void this.of(mediaId).catch(() => undefined);
  }

  /** Resolves when the file is ready or rejected. Throws `storage_full` or `unavailable`. */
  of(mediaId: string): Promise<void> {
    const known = this.#running.get(mediaId);
    if (known !== undefined) return known;
    const running = this.#turnstile
      .run(() => this.#check(mediaId))
      .finally(() => this.#running.delete(mediaId));
    this.#running.set(mediaId, running);
    return running;
  }

  /** Resolves once nothing is being checked. */
  async idle(): Promise<void> {
    while (this.#running.size > 0) await Promise.allSettled(this.#running.values());
  }

  async #check(mediaId: string): Promise<void> {
    const row = await findMedia(this.#room.storage.db, mediaId);
    if (row?.state !== STATE.checking) return;
    try {
      await this.#settle(row, await this.#examine(row));
    } catch (thrown) {
      const error = diskError(thrown);
      if (!(error instanceof HeliogramError)) this.#room.log.error('checking a file failed', error);
      if (!(error instanceof ValidationError)) throw error;
      await this.#reject(row, error.message);
    }
    for (const name of [mediaId, photoDraft(mediaId), thumbnailDraft(mediaId)]) {
      await this.#room.files.removeUpload(name);
    }
  }

  async #examine(row: MediaRow): Promise<Draft> {
    const path = this.#room.files.uploadPath(row.media_id);
    const format = await formatOf(path);
    if (row.shape === MediaShape.PHOTO) return this.#photo(path, format);
    const frame = await this.#played(row, path, format);
    return {
      kind: 'upload',
      found: { ...PLAIN, ...frame, media_type: typeOf(row, format, frame) },
    };
  }

  async #photo(path: string, format: Format): Promise<Draft> {
    if (format.container !== 'raster') throw rejected('this is no picture');
    // Loaded with the first picture: a start does not wait for it.
    const { makePhoto } = await import('./photos.ts');
    const { bytes, thumbnail, mediaType, width, height, blur } = await makePhoto(path);
    const found = { media_type: mediaType, width, height, blur };
    return { kind: 'photo', bytes, thumbnail, found };
  }

  /** Files are kept byte for byte; what is shown in place is looked into and cleaned. */
  async #played({ shape }: MediaRow, path: string, format: Format) {
    if (shape !== MediaShape.VIDEO && shape !== MediaShape.AUDIO) return { width: 0, height: 0 };
    const inside = await lookInside(path, format);
    const { video, audio } = inside ?? {
      video: undefined,
      audio: format.mediaType.startsWith('audio/'),
    };
    if (shape === MediaShape.AUDIO && audio && !video) return { width: 0, height: 0 };
    if (shape === MediaShape.VIDEO && video && video.width > 0 && video.height > 0) return video;
    throw rejected(shape === MediaShape.VIDEO ? 'this is no video' : 'this is no audio');
  }

  async #settle({ media_id }: MediaRow, draft: Draft): Promise<void> {
    const { files, filing } = this.#room;
    const drafts = await this.#drafts(media_id, draft);
    const { content, thumbnail, size } = drafts;
    await filing.run(async () => {
      await files.place(content);
      if (thumbnail) await files.place(thumbnail);
      const hashes = { content_hash: content.hash, thumbnail_hash: thumbnail?.hash ?? '' };
      await this.#update(media_id, { ...draft.found, ...hashes, size, state: STATE.ready });
    });
  }

  async #drafts(mediaId: string, draft: Draft): Promise<DraftFiles> {
    const { files } = this.#room;
    if (draft.kind === 'upload') {
      const content = await files.draftOfUpload(mediaId);
      return { content, size: content.size };
    }
    return {
      content: await files.draftOfBytes(draft.bytes, photoDraft(mediaId)),
      thumbnail: await files.draftOfBytes(draft.thumbnail, thumbnailDraft(mediaId)),
      size: draft.bytes.byteLength,
    };
  }

  async #reject({ media_id }: MediaRow, refusal: string): Promise<void> {
    await this.#update(media_id, { state: STATE.rejected, refusal });
  }

  async #update(mediaId: string, change: Partial<MediaRow>): Promise<void> {
    await this.#room.storage.db
      .updateTable('media')
      .set({ ...change, unused_since: this.#room.runtime.now() })
      .where('media_id', '=', mediaId)
      .where('state', '=', STATE.checking)
      .execute();
  }
}

type DraftFiles = {
  readonly content: DraftFile;
  readonly thumbnail?: DraftFile;
  readonly size: number;
};

type Draft = { readonly found: Findings } & (
  | { readonly kind: 'upload' }
  | { readonly kind: 'photo'; readonly bytes: Uint8Array; readonly thumbnail: Uint8Array }
);

async function formatOf(path: string): Promise<Format> {
  const file = await open(path, 'r').catch((error: unknown) => {
    if (codeOf(error) === 'ENOENT') throw rejected('the upload was lost: send it again');
    throw error;
  });
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(SNIFF_BYTES), 0, SNIFF_BYTES, 0);
    return sniff(buffer.subarray(0, bytesRead));
  } finally {
    await file.close();
  }
}

async function lookInside(path: string, { container }: Format): Promise<Container | undefined> {
  if (container !== 'mp4' && container !== 'ebml') return undefined;
  const file = await open(path, 'r+');
  try {
    const window = new FileWindow(file, (await file.stat()).size);
    return container === 'mp4' ? await cleanMp4(window) : await cleanEbml(window);
  } finally {
    await file.close();
  }
}

/** The containers of video hold plain audio too. */
function typeOf(
  { shape }: MediaRow,
  { mediaType }: Format,
  { width }: { readonly width: number },
): string {
  return shape === MediaShape.AUDIO && width === 0
    ? mediaType.replace(/^video\/(mp4|webm|x-matroska|quicktime)$/, audioType)
    : mediaType;
}

const audioType = (_match: string, kind: string): string =>
  kind === 'quicktime' ? 'audio/mp4' : `audio/${kind}`;
