import type { Attachment } from '@heliogram/content';
import { MediaShape } from '@heliogram/protocol';
import type { Database } from '../../storage/port.ts';

/** Fits every database's bound on parameters. */
const MAX_PER_QUERY = 500;
const READY = 3;

export type FileShape = 'photo' | 'video' | 'audio' | 'file';

/** An attachment as the server found the file to be: what a sender claims of it is not looked at. */
export type PublicFile = {
  readonly hash: string;
  readonly shape: FileShape;
  readonly mediaType: string;
  readonly size: number;
  readonly name: string;
  /** Pixels; 0 where unknown. */
  readonly width: number;
  readonly height: number;
  readonly blur: string;
  readonly hasThumbnail: boolean;
  /** The sender's words for those who cannot see it. */
  readonly description: string;
  /** The sender's claim; 0 where unknown. */
  readonly durationMs: number;
};

type Found = Omit<PublicFile, 'hash' | 'description' | 'durationMs'>;
export type FoundFiles = ReadonlyMap<string, Found>;

const SHAPES: Readonly<Record<number, FileShape>> = {
  [MediaShape.PHOTO]: 'photo',
  [MediaShape.VIDEO]: 'video',
  [MediaShape.AUDIO]: 'audio',
};

/** By hash; files that are gone are absent. */
export async function findFiles(
  database: Database,
  attachments: readonly Attachment[],
): Promise<FoundFiles> {
  const hashes = [...new Set(attachments.map(hashOf))];
  const found = new Map<string, Found>();
  for (let at = 0; at < hashes.length; at += MAX_PER_QUERY) {
    const rows = await database
      .selectFrom('media')
      .select(['content_hash', 'shape', 'media_type', 'size', 'name', 'width', 'height'])
      .select(['blur', 'thumbnail_hash'])
      .where('content_hash', 'in', hashes.slice(at, at + MAX_PER_QUERY))
      .where('state', '=', READY)
      .orderBy('shape', 'desc')
      .execute();
    for (const row of rows) {
      const { content_hash, shape, media_type, thumbnail_hash, ...rest } = row;
      found.set(content_hash, {
        ...rest,
        shape: SHAPES[shape] ?? 'file',
        mediaType: media_type,
        hasThumbnail: thumbnail_hash !== '',
      });
    }
  }
  return found;
}

export function publicFiles(
  attachments: readonly Attachment[],
  found: FoundFiles,
): readonly PublicFile[] {
  return attachments.flatMap((attachment) => {
    const hash = hashOf(attachment);
    const file = found.get(hash);
    if (!file) return [];
    const { description = '', durationMs = 0, name, showAs } = attachment;
    // Who sends a picture as a file wants it kept as one.
    const shape = showAs === 'file' ? 'file' : file.shape;
    return [{ ...file, shape, hash, description, durationMs, name: name || file.name }];
  });
}

function hashOf({ contentHash }: Attachment): string {
  return Buffer.from(contentHash).toString('hex');
}
