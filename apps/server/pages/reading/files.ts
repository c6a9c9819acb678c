import { type Attachment, parseHouseUri } from '@heliogram/content';
import { MediaShape } from '@heliogram/protocol';
import { namesHash } from '../../channels/index.ts';
import type { Database } from '../../storage/port.ts';
import type { MediaRow } from '../../storage/schema.ts';

/** Fits every database's bound on parameters. */
const MAX_PER_QUERY = 500;
const READY = 3;

export type FileShape = 'photo' | 'video' | 'audio' | 'file';

/** An attachment as the server found the file to be: what a sender claims of it is not looked at. */
export type PublicFile = {
  /** Of its bytes, on this server. */
  readonly path: string;
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

const SHAPES: Readonly<Record<number, FileShape>> = {
  [MediaShape.PHOTO]: 'photo',
  [MediaShape.VIDEO]: 'video',
  [MediaShape.AUDIO]: 'audio',
};

/**
 * Each file is found by the media id that its post names. Older posts name a hash: theirs is the file
 * with these bytes that stands under the post.
 */
export async function findFiles(
  database: Database,
  conversation: number,
  posts: readonly PostFiles[],
): Promise<FoundFiles> {
  const names = posts.flatMap(({ attachments }) => attachments.map(mediaNameOf));
  const byId = await filesById(
    database,
    names.filter((name) => !namesHash(name)),
  );
  const hashes = names.filter(namesHash);
  const byUse = await filesByUse(database, { conversation, posts, hashes });
  const found = new Map<string, Found>();
  for (const { seq, attachments } of posts) {
    for (const name of attachments.map(mediaNameOf)) {
      const row = namesHash(name) ? byUse.get(keyOf(seq, name)) : byId.get(name);
      if (row) found.set(keyOf(seq, name), fileOf(row));
    }
  }
  return found;
}

/** What a post shows, in the order of its attachments; files that are gone are left out. */
export function publicFiles(post: PostFiles, found: FoundFiles): readonly PublicFile[] {
  return post.attachments.flatMap((attachment) => {
    const file = found.get(keyOf(post.seq, mediaNameOf(attachment)));
    if (!file) return [];
    const { description = '', durationMs = 0, name, showAs } = attachment;
    // Who sends a picture as a file wants it kept as one.
    const shape = showAs === 'file' ? 'file' : file.shape;
    return [{ ...file, shape, description, durationMs, name: name || file.name }];
  });
}

export type PostFiles = { readonly seq: number; readonly attachments: readonly Attachment[] };

type Found = Omit<PublicFile, 'description' | 'durationMs'>;
export type FoundFiles = ReadonlyMap<string, Found>;

type Row = Pick<MediaRow, (typeof COLUMNS)[number]>;

const COLUMNS = [
  'media_id',
  'content_hash',
  'shape',
  'media_type',
  'size',
  'name',
  'width',
  'height',
  'blur',
  'thumbnail_hash',
] as const;

async function filesById(
  database: Database,
  names: readonly string[],
): Promise<ReadonlyMap<string, Row>> {
  const wanted = [...new Set(names)];
  const rows = new Map<string, Row>();
  for (let at = 0; at < wanted.length; at += MAX_PER_QUERY) {
    const some = await database
      .selectFrom('media')
      .select(COLUMNS)
      .where('media_id', 'in', wanted.slice(at, at + MAX_PER_QUERY))
      .where('state', '=', READY)
      .execute();
    for (const row of some) rows.set(row.media_id, row);
  }
  return rows;
}

type OlderPosts = {
  readonly conversation: number;
  readonly posts: readonly PostFiles[];
  readonly hashes: readonly string[];
};

/** By seq and hash. */
async function filesByUse(
  database: Database,
  { conversation, posts, hashes }: OlderPosts,
): Promise<ReadonlyMap<string, Row>> {
  if (hashes.length === 0) return new Map();
  const seqs = posts.map(({ seq }) => seq);
  const rows = await database
    .selectFrom('media_uses')
    .innerJoin('media', 'media.media_id', 'media_uses.media_id')
    .select(COLUMNS.map((column) => `media.${column}` as const))
    .select('media_uses.seq')
    .where('media_uses.conversation', '=', conversation)
    .where('media_uses.seq', 'in', seqs)
    .where('media.state', '=', READY)
    .orderBy('media.created_at', 'desc')
    .execute();
  return new Map(rows.map((row) => [keyOf(row.seq, row.content_hash), row]));
}

function fileOf(row: Row): Found {
  const { media_id, shape, media_type, size, name, width, height, blur, thumbnail_hash } = row;
  return {
    path: `/media/${media_id}`,
    shape: SHAPES[shape] ?? 'file',
    mediaType: media_type,
    size,
    name,
    width,
    height,
    blur,
    hasThumbnail: thumbnail_hash !== '',
  };
}

const keyOf = (seq: number, mediaName: string): string => `${seq} ${mediaName}`;

function mediaNameOf({ url }: Attachment): string {
  const uri = parseHouseUri(url);
  return uri?.kind === 'media' ? uri.name : '';
}
