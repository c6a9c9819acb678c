import { open, stat } from 'node:fs/promises';
import { HeliogramError, MediaShape, ValidationError } from '@heliogram/protocol';
import type { MediaRow } from '../storage/schema.ts';
import { Turnstile } from '../turnstile.ts';
import { codeOf, type DraftFile, diskError } from './content-store.ts';
import { cleanEbml } from './ebml.ts';
import { FileWindow } from './file-window.ts';
import { type Format, SNIFF_BYTES, sniff } from './formats.ts';
import { type Container, cleanMp4 } from './mp4.ts';
import { PICTURE_SIZES, type PictureSize } from './pictures/picture.ts';
import { PictureMaker } from './pictures/picture-maker.ts';
import { findMedia, STATE } from './records.ts';
import { FILE_REASONS, pictureRefusal, Refusal, rejected } from './refusal.ts';
import type { Room } from './room.ts';

/** What the check of a file finds out. */
type Findings = Pick<MediaRow, 'media_type' | 'width' | 'height' | 'blur'> &
  Partial<Pick<MediaRow, 'shape' | 'file_reason'>>;

const AT_ONCE = 2;
const MAX_WAITING = 10_000;
const PLAIN = { width: 0, height: 0, blur: '' } as const;

const photoDraft = (mediaId: string): string => `${mediaId}-photo`;
const thumbnailDraft = (mediaId: string): string => `${mediaId}-thumbnail`;
const sizeDraft = (mediaId: string, size: PictureSize): string => `${mediaId}-${size}`;

/**
 * Takes uploads whose last byte arrived, holds them against what they are said to be, and files them.
 * May be cut off anywhere and done again: the row becomes ready last.
 */
export class Checks {
  readonly #room: Room;
  readonly #turnstile = new Turnstile({ atOnce: AT_ONCE, maxWaiting: MAX_WAITING });
  readonly #pictures: PictureMaker;
  readonly #running = new Map<string, Promise<void>>();

  constructor(room: Room) {
    this.#room = room;
    this.#pictures = new PictureMaker(room.runtime);
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
    this.#pictures.stop();
  }

  async #check(mediaId: string): Promise<void> {
    const row = await findMedia(this.#room.storage.db, mediaId);
    if (row?.state !== STATE.checking) return;
    try {
      await this.#settle(row, await this.#examineOrKeep(row));
    } catch (thrown) {
      const error = diskError(thrown);
      if (!(error instanceof HeliogramError)) this.#room.log.error('checking a file failed', error);
      if (!(error instanceof ValidationError)) throw error;
      await this.#reject(row, error.message);
    }
    const sizes = PICTURE_SIZES.map((size) => sizeDraft(mediaId, size));
    for (const name of [mediaId, photoDraft(mediaId), thumbnailDraft(mediaId), ...sizes]) {
      await this.#room.files.removeUpload(name);
    }
  }

  /** What cannot be shown is kept as a file, where its sender agreed to that. */
  async #examineOrKeep(row: MediaRow): Promise<Draft> {
    try {
      return await this.#examine(row);
    } catch (error) {
      if (!(error instanceof Refusal) || row.fall_back === 0) throw error;
      const format = await formatOf(this.#room.files.uploadPath(row.media_id));
      const kept = { shape: MediaShape.FILE, file_reason: FILE_REASONS[error.reason] };
      return { kind: 'upload', found: { ...PLAIN, ...kept, media_type: format.mediaType } };
    }
  }

  async #examine(row: MediaRow): Promise<Draft> {
    const path = this.#room.files.uploadPath(row.media_id);
    const format = await formatOf(path);
    if (row.shape === MediaShape.PHOTO) return this.#photo(row, path, format);
    const frame = await this.#played(row, path, format);
    return {
      kind: 'upload',
      found: { ...PLAIN, ...frame, media_type: typeOf(row, format, frame) },
    };
  }

  async #photo({ media_id }: MediaRow, path: string, format: Format): Promise<Draft> {
    if (format.container !== 'raster') throw rejected('format', 'this is not a picture');
    const drafts = this.#room.files.uploadPath(media_id);
    const outcome = await this.#pictures.make({ path, mediaType: format.mediaType, drafts });
    if (outcome.kind === 'fault') throw pictureRefusal(outcome.fault);
    const { mediaType, width, height, blur, sizes } = outcome;
    return { kind: 'photo', sizes, found: { media_type: mediaType, width, height, blur } };
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
    throw rejected('format', shape === MediaShape.VIDEO ? NO_VIDEO : NO_AUDIO);
  }

  async #settle({ media_id }: MediaRow, draft: Draft): Promise<void> {
    const { files, filing } = this.#room;
    const { content, thumbnail, sizes } = await this.#drafts(media_id, draft);
    await filing.run(async () => {
      for (const file of [content, thumbnail, ...sizes]) if (file) await files.place(file);
      await this.#recordSizes(media_id, sizes);
      const hashes = { content_hash: content.hash, thumbnail_hash: thumbnail?.hash ?? '' };
      const { size } = content;
      await this.#update(media_id, { ...draft.found, ...hashes, size, state: STATE.ready });
    });
  }

  async #drafts(mediaId: string, draft: Draft): Promise<DraftFiles> {
    const { files } = this.#room;
    if (draft.kind === 'upload') return { content: await files.draftOfUpload(mediaId), sizes: [] };
    const sizes: SizeDraft[] = [];
    for (const name of draft.sizes) {
      sizes.push({ ...(await files.draftOfUpload(sizeDraft(mediaId, name))), name });
    }
    return {
      content: await files.draftOfUpload(photoDraft(mediaId)),
      thumbnail: await files.draftOfUpload(thumbnailDraft(mediaId)),
      sizes,
    };
  }

  async #recordSizes(media_id: string, sizes: readonly SizeDraft[]): Promise<void> {
    const { db } = this.#room.storage;
    await db.deleteFrom('media_sizes').where('media_id', '=', media_id).execute();
    if (sizes.length === 0) return;
    const rows = sizes.map(({ name, hash }) => ({ media_id, name, hash }));
    await db.insertInto('media_sizes').values(rows).execute();
  }

  async #reject({ media_id }: MediaRow, refusal: string): Promise<void> {
    await this.#update(media_id, { state: STATE.rejected, refusal });
  }

  async #update(mediaId: string, change: Partial<MediaRow>): Promise<void> {
    await this.#room.storage.db
      .updateTable('media')
      .set({ ...change, unused_since: this.#room.runtime.settledNow() })
      .where('media_id', '=', mediaId)
      .where('state', '=', STATE.checking)
      .execute();
  }
}

type SizedDraft = DraftFile & { readonly size: number };
type SizeDraft = DraftFile & { readonly name: PictureSize };

type DraftFiles = {
  readonly content: SizedDraft;
  readonly thumbnail?: SizedDraft;
  readonly sizes: readonly SizeDraft[];
};

type Draft = { readonly found: Findings } & (
  | { readonly kind: 'upload' }
  | { readonly kind: 'photo'; readonly sizes: readonly PictureSize[] }
);

const NO_VIDEO =
  'this video format is not supported (MP4, MOV, WebM and MKV are): send it as a file';
const NO_AUDIO =
  'this audio format is not supported (MP3, M4A, AAC, Ogg, FLAC and WAV are): send it as a file';

async function formatOf(path: string): Promise<Format> {
  const file = await open(path, 'r').catch((error: unknown) => {
    if (codeOf(error) === 'ENOENT') throw lost();
    throw error;
  });
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(SNIFF_BYTES), 0, SNIFF_BYTES, 0);
    return sniff(buffer.subarray(0, bytesRead));
  } finally {
    await file.close();
  }
}

function lost(): ValidationError {
  return new ValidationError('media_rejected', 'the upload was lost: upload the file again');
}

async function lookInside(path: string, { container }: Format): Promise<Container | undefined> {
  if (container !== 'mp4' && container !== 'ebml') return undefined;
  const file = await open(path, 'r+');
  try {
    const { size } = await file.stat();
    const clean = container === 'mp4' ? cleanMp4 : cleanEbml;
    // What is refused may be kept as it is: nothing is written before all of it was read.
    await clean(new FileWindow(file, size, 'read'));
    return await clean(new FileWindow(file, size, 'write'));
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
