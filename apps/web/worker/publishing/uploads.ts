import { fromBinary, toBinary } from '@bufbuild/protobuf';
import { asHeliogramError, attachmentOf, uploadMedia } from '@heliogram/client';
import type { Attachment } from '@heliogram/content';
import {
  FileReason,
  type Media,
  MediaSchema,
  MediaShape,
  ValidationError,
} from '@heliogram/protocol';
import type { KeptAsFile, UploadView } from '../../bridge/contract/publishing.ts';
import { Changes } from '../changes.ts';
import { failureView } from '../failure.ts';
import type { House } from '../session/house.ts';
import type { Shelf } from '../shelf/shelf.ts';
import { blobSource } from './blob-source.ts';

/** A file on its way, as it is kept over reloads. */
export interface KeptUpload {
  readonly uploadId: string;
  readonly conversationId: string;
  readonly file: File;
  readonly as: 'media' | 'file';
  /** Encoded `Media` once the server has checked it. */
  readonly media?: Uint8Array;
}

type Upload = KeptUpload & { readonly view: UploadView };

/** Uploads under way at once; the others wait their turn. */
const maxAtOnce = 3;

/** Files that drafts and posts wait for. Every file is on the shelf before its first byte is sent. */
export class Uploads {
  /** Of a conversation. */
  readonly changes = new Changes<string>();
  readonly #house: House;
  readonly #shelf: Shelf<KeptUpload>;
  readonly #uploads = new Map<string, Upload>();
  readonly #running = new Set<string>();
  /** They wait for a network. */
  readonly #paused = new Set<string>();

  constructor(house: House, shelf: Shelf<KeptUpload>) {
    this.#house = house;
    this.#shelf = shelf;
  }

  /** Goes on with what an earlier session left. */
  async start(): Promise<void> {
    for (const kept of await this.#shelf.all()) {
      this.#uploads.set(kept.uploadId, { ...kept, view: viewOf(kept) });
    }
    this.#runNext();
  }

  get bytes(): number {
    return [...this.#uploads.values()].reduce((sum, { file }) => sum + file.size, 0);
  }

  view(uploadId: string): UploadView | undefined {
    return this.#uploads.get(uploadId)?.view;
  }

  conversationOf(uploadId: string): string | undefined {
    return this.#uploads.get(uploadId)?.conversationId;
  }

  /** What a post carries; undefined until the server has checked the file. */
  attachment(uploadId: string): Attachment | undefined {
    const media = this.#uploads.get(uploadId)?.media;
    return media && attachmentOf(fromBinary(MediaSchema, media));
  }

  async add(conversationId: string, file: File, as: 'media' | 'file'): Promise<string> {
    if (file.size === 0) throw new ValidationError('invalid_argument', 'the file is empty');
    const uploadId = crypto.randomUUID();
    const kept = { uploadId, conversationId, file, as };
    await this.#shelf.put(uploadId, kept);
    this.#put({ ...kept, view: viewOf(kept) });
    this.#runNext();
    return uploadId;
  }

  retry(uploadId: string): void {
    const upload = this.#uploads.get(uploadId);
    if (upload?.view.state !== 'failed') return;
    this.#put({ ...upload, view: viewOf(upload) });
    this.#runNext();
  }

  /** Also ends what is under way: its next piece finds no file. */
  async remove(uploadIds: readonly string[]): Promise<void> {
    for (const uploadId of uploadIds) {
      const upload = this.#uploads.get(uploadId);
      this.#uploads.delete(uploadId);
      await this.#shelf.delete(uploadId);
      if (upload) this.changes.tell(upload.conversationId);
    }
  }

  #runNext(): void {
    for (const upload of this.#uploads.values()) {
      if (this.#running.size >= maxAtOnce) return;
      const { uploadId } = upload;
      const busy = this.#running.has(uploadId) || this.#paused.has(uploadId);
      if (upload.view.state === 'waiting' && !busy) void this.#run(uploadId);
    }
  }

  async #run(uploadId: string): Promise<void> {
    this.#running.add(uploadId);
    try {
      const media = await this.#send(uploadId);
      const upload = this.#uploads.get(uploadId);
      if (upload) await this.#finish(upload, media);
    } catch (error) {
      this.#refused(uploadId, error);
    } finally {
      this.#running.delete(uploadId);
      this.#runNext();
    }
  }

  async #send(uploadId: string): Promise<Media> {
    const { client, origin, platform, store } = this.#house;
    const { file, as } = this.#require(uploadId);
    const source = blobSource(file);
    return uploadMedia(
      { call: client.call, origin, records: store.records, platform },
      {
        source: {
          size: source.size,
          read: (offset, length) => {
            this.#require(uploadId);
            return source.read(offset, length);
          },
        },
        name: file.name,
        mediaType: file.type || 'application/octet-stream',
        shape: as === 'file' ? MediaShape.FILE : shapeOf(file.type),
        fallBackToFile: true,
        resumeKey: uploadId,
        progress: (sent) => this.#progress(uploadId, sent),
      },
    );
  }

  async #finish(upload: Upload, media: Media): Promise<void> {
    const { view, ...kept } = upload;
    const done = { ...kept, media: toBinary(MediaSchema, media) };
    await this.#shelf.put(upload.uploadId, done);
    if (this.#uploads.has(upload.uploadId)) this.#put({ ...done, view: viewOf(done) });
  }

  #progress(uploadId: string, sent: number): void {
    const upload = this.#uploads.get(uploadId);
    if (!upload) return;
    const state = sent >= upload.file.size ? 'checking' : 'uploading';
    this.#put({ ...upload, view: { ...upload.view, sent, state } });
  }

  #refused(uploadId: string, error: unknown): void {
    const upload = this.#uploads.get(uploadId);
    if (!upload) return;
    // What a lost connection broke goes on when there is one again.
    if (asHeliogramError(error).retry) return this.#waitForNetwork(uploadId);
    const view = { ...upload.view, state: 'failed', failure: failureView(error) } as const;
    this.#put({ ...upload, view });
  }

  #waitForNetwork(uploadId: string): void {
    const { platform, client } = this.#house;
    const upload = this.#uploads.get(uploadId);
    if (!upload) return;
    this.#paused.add(uploadId);
    platform.scheduler.after(retryAfterMs, () => {
      client.connection.ready().then(
        () => {
          this.#paused.delete(uploadId);
          const waiting = this.#uploads.get(uploadId);
          if (waiting) this.#put({ ...waiting, view: viewOf(waiting) });
          this.#runNext();
        },
        () => undefined,
      );
    });
  }

  #require(uploadId: string): Upload {
    const upload = this.#uploads.get(uploadId);
    if (upload) return upload;
    throw new ValidationError('gone', 'the file was taken back');
  }

  #put(upload: Upload): void {
    this.#uploads.set(upload.uploadId, upload);
    this.changes.tell(upload.conversationId);
  }
}

const retryAfterMs = 3_000;

function viewOf({ uploadId, file, as, media }: KeptUpload): UploadView {
  const { name, size } = file;
  const kind = as === 'file' ? 'file' : kindOf(file.type);
  if (!media) return { uploadId, kind, name, size, sent: 0, state: 'waiting' };
  const facts = fromBinary(MediaSchema, media);
  const { showAs, width, height } = attachmentOf(facts);
  const keptAsFile = KEPT_AS_FILE[facts.fileReason];
  return {
    uploadId,
    kind: showAs,
    name,
    size,
    sent: size,
    state: 'done',
    ...(width !== undefined && { width }),
    ...(height !== undefined && { height }),
    ...(keptAsFile !== undefined && { keptAsFile }),
  };
}

const KEPT_AS_FILE: Readonly<Record<number, KeptAsFile>> = {
  [FileReason.FORMAT]: 'format',
  [FileReason.DAMAGED]: 'damaged',
  [FileReason.TOO_LARGE]: 'tooLarge',
  [FileReason.ANIMATION]: 'animation',
};

function kindOf(mediaType: string): UploadView['kind'] {
  if (mediaType.startsWith('image/') && mediaType !== 'image/svg+xml') return 'photo';
  if (mediaType.startsWith('video/')) return 'video';
  return mediaType.startsWith('audio/') ? 'audio' : 'file';
}

const shapes = {
  photo: MediaShape.PHOTO,
  video: MediaShape.VIDEO,
  audio: MediaShape.AUDIO,
  file: MediaShape.FILE,
} as const;

function shapeOf(mediaType: string): MediaShape {
  return shapes[kindOf(mediaType)];
}
