import { createWriteStream } from 'node:fs';
import type { IncomingMessage } from 'node:http';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { type Configstore, FileStore } from '@tus/file-store';
import { Upload } from '@tus/server';
import { codeOf } from './content-store.ts';
import { findMedia, STATE } from './records.ts';
import type { Room } from './room.ts';

/** A refusal as the tus library answers it. */
class TusRefusal extends Error {
  readonly status_code: number;
  readonly body: string;

  constructor(status: number, sentence: string) {
    super(sentence);
    this.status_code = status;
    this.body = `${sentence}\n`;
  }
}

/**
 * Open uploads as the tus library sees them. Their rows say what is to come and their files' lengths
 * what is here, so that nothing can disagree after a crash.
 */
export class UploadStore extends FileStore {
  readonly #room: Room;

  constructor(room: Room) {
    super({ directory: room.files.uploads, configstore: new UploadRows(room) });
    this.#room = room;
    this.extensions = ['termination'];
  }

  /** What arrived before a connection was lost stays; what is answered is on the disk. */
  override async write(
    readable: IncomingMessage | Readable,
    mediaId: string,
    offset: number,
  ): Promise<number> {
    const path = this.#room.files.uploadPath(mediaId);
    const file = createWriteStream(path, { flags: 'r+', start: offset, flush: true });
    try {
      await pipeline(readable, file);
    } catch (error) {
      if (codeOf(error) === 'ENOSPC' || codeOf(error) === 'EDQUOT') {
        throw new TusRefusal(507, 'the server has no space left for files');
      }
      throw error;
    }
    return offset + file.bytesWritten;
  }
}

class UploadRows implements Configstore {
  readonly #room: Room;

  constructor(room: Room) {
    this.#room = room;
  }

  async get(mediaId: string): Promise<Upload | undefined> {
    const row = await findMedia(this.#room.storage.db, mediaId);
    if (row?.state !== STATE.uploading) return undefined;
    return new Upload({ id: mediaId, size: row.upload_size, offset: 0 });
  }

  /** Uploads are opened by calls alone. */
  async set(): Promise<void> {
    throw new TusRefusal(405, 'create uploads with CreateUpload');
  }

  async delete(mediaId: string): Promise<void> {
    await this.#room.storage.db
      .deleteFrom('media')
      .where('media_id', '=', mediaId)
      .where('state', '=', STATE.uploading)
      .execute();
  }
}
