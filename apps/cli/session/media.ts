import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import { basename, extname } from 'node:path';
import { type ByteSource, uploadMedia } from '@heliogram/client';
import { nodePlatform } from '@heliogram/client/node';
import { FileReason, type Media, MediaShape, ValidationError } from '@heliogram/protocol';
import { Progress } from '../output/progress.ts';
import { printable, shorten } from '../output/terminal-text.ts';
import type { Session } from './session.ts';

export type FileToUpload = {
  readonly path: string;
  /** Byte for byte, to download; otherwise pictures, video and audio are shown in place. */
  readonly asFile: boolean;
  readonly quiet: boolean;
  /** What cannot be shown is sent as a file; false: it is refused. */
  readonly fallBackToFile: boolean;
};

/** Uploads a file with a progress bar, or goes on where an earlier attempt stopped. */
export async function uploadFile(session: Session, file: FileToUpload): Promise<Media> {
  const { path, asFile, quiet, fallBackToFile } = file;
  const { client, call, device } = session;
  const { size } = await regularFile(path);
  const { mediaType, shape } = kindOf(path, asFile);
  const hash = await hashOf(path);
  const progress = new Progress(shorten(printable(basename(path)), 24), quiet);
  const handle = await open(path);
  const source: ByteSource = {
    size,
    read: async (offset, length) => {
      const { buffer, bytesRead } = await handle.read(Buffer.alloc(length), 0, length, offset);
      return buffer.subarray(0, bytesRead);
    },
  };
  try {
    const media = await uploadMedia(
      { call, origin: device.origin, records: client.records, platform: nodePlatform },
      {
        source,
        name: basename(path),
        mediaType,
        shape,
        fallBackToFile,
        resumeKey: `${hash}:${shape}:${fallBackToFile}:${basename(path)}`,
        progress: (sent) => progress.update(sent / size),
      },
    );
    requirePicture(shape, media);
    return media;
  } finally {
    progress.end();
    await handle.close();
  }
}

/** A name that promises a picture where none is would mislead readers, too. */
function requirePicture(shape: MediaShape, { name, fileReason }: Media): void {
  if (shape !== MediaShape.PHOTO || fileReason !== FileReason.FORMAT) return;
  throw new ValidationError('media_rejected', `“${name}” is not a picture: send it with --as-file`);
}

/** Why a picture, video or audio became a file, for the person who sent it; undefined for all others. */
export function fileNote({ name, fileReason }: Media): string | undefined {
  const reason = FILE_REASONS[fileReason];
  if (reason === undefined) return undefined;
  return `“${printable(name)}” will be sent as a file, unchanged, including any location stored in it: ${reason}.`;
}

const FILE_REASONS: Readonly<Record<number, string>> = {
  [FileReason.FORMAT]: 'the server cannot show this format',
  [FileReason.DAMAGED]: 'it is damaged or incomplete',
  [FileReason.TOO_LARGE]: 'it is too large to show',
  [FileReason.ANIMATION]: 'this type of animation cannot be shown',
};

async function regularFile(path: string): Promise<{ readonly size: number }> {
  const found = await stat(path).catch(() => undefined);
  if (!found?.isFile()) throw new ValidationError('not_found', `file not found: ${path}`);
  if (found.size === 0) throw new ValidationError('invalid_argument', `the file is empty: ${path}`);
  return found;
}

async function hashOf(path: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const bytes of createReadStream(path)) hash.update(bytes);
  return hash.digest('hex');
}

const TYPES: ReadonlyMap<string, readonly [mediaType: string, shape: MediaShape]> = new Map([
  ['.jpg', ['image/jpeg', MediaShape.PHOTO]],
  ['.jpeg', ['image/jpeg', MediaShape.PHOTO]],
  ['.png', ['image/png', MediaShape.PHOTO]],
  ['.webp', ['image/webp', MediaShape.PHOTO]],
  ['.gif', ['image/gif', MediaShape.PHOTO]],
  ['.avif', ['image/avif', MediaShape.PHOTO]],
  ['.heic', ['image/heic', MediaShape.PHOTO]],
  ['.heif', ['image/heif', MediaShape.PHOTO]],
  ['.bmp', ['image/bmp', MediaShape.PHOTO]],
  ['.tif', ['image/tiff', MediaShape.PHOTO]],
  ['.tiff', ['image/tiff', MediaShape.PHOTO]],
  ['.aac', ['audio/aac', MediaShape.AUDIO]],
  ['.mp4', ['video/mp4', MediaShape.VIDEO]],
  ['.webm', ['video/webm', MediaShape.VIDEO]],
  ['.mov', ['video/quicktime', MediaShape.VIDEO]],
  ['.mp3', ['audio/mpeg', MediaShape.AUDIO]],
  ['.ogg', ['audio/ogg', MediaShape.AUDIO]],
  ['.opus', ['audio/ogg', MediaShape.AUDIO]],
  ['.m4a', ['audio/mp4', MediaShape.AUDIO]],
  ['.flac', ['audio/flac', MediaShape.AUDIO]],
  ['.wav', ['audio/wav', MediaShape.AUDIO]],
]);

function kindOf(path: string, asFile: boolean) {
  const [mediaType, shape] = TYPES.get(extname(path).toLowerCase()) ?? [
    'application/octet-stream',
    MediaShape.FILE,
  ];
  return { mediaType, shape: asFile ? MediaShape.FILE : shape };
}
