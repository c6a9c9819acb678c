import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import { MediaShape } from '@heliogram/protocol';
import type { HttpClient, HttpRoute } from '../gateway/http-server.ts';
import { isKnown, targetOf } from '../gateway/index.ts';
import type { MediaRow } from '../storage/schema.ts';
import { byteRange } from './conditions.ts';
import { contentDisposition } from './file-names.ts';
import { isPictureSize, type PictureSize, sizeMediaType } from './pictures/picture.ts';
import { STATE } from './records.ts';
import type { Room } from './room.ts';
import { isShown } from './visibility.ts';

const ONE_FILE = /^\/media\/([0-9a-f]{32}|[0-9a-f]{64})(?:\/(thumbnail|preview|640|1280|2048))?$/;
/** Sites that preview links refuse larger pictures. */
const MAX_PREVIEW_BYTES = 300_000;
const MAX_OWN = 20;

/** What browsers show without running anything in it. Everything else is only saved. */
const SHOWN_IN_PLACE: ReadonlySet<string> = new Set([
  'image/jpeg',
  'image/png',
  'image/gif',
  'image/webp',
  'image/avif',
  'video/mp4',
  'video/webm',
  'video/quicktime',
  'video/x-matroska',
  'audio/aac',
  'audio/mpeg',
  'audio/ogg',
  'audio/flac',
  'audio/wav',
  'audio/mp4',
  'audio/webm',
]);

const SAFE_HEADERS = {
  'content-security-policy': "sandbox; default-src 'none'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
} as const;

type Served = {
  readonly hash: string;
  readonly mediaType: string;
  readonly disposition: string;
  /** Only its uploader may see it: nothing shows it yet. */
  readonly unshown: boolean;
};

/** The bytes' way out, by media id, or by the hash that older posts carry. */
export function downloadRoute(room: Room): HttpRoute {
  return {
    prefix: '/media',
    handle: async (request, response, client) => {
      if (request.method !== 'GET' && request.method !== 'HEAD') {
        response.setHeader('allow', 'GET, HEAD');
        return answerShort(response, 405);
      }
      const file = await find(room, request, client);
      if (file) await serve(room, { request, response, file });
      else answerShort(response, 404);
    },
  };
}

async function find(
  room: Room,
  request: IncomingMessage,
  client: HttpClient,
): Promise<Served | undefined> {
  const [, name = '', variant] = ONE_FILE.exec(targetOf(request).path) ?? [];
  if (name === '') return undefined;
  const byHash = name.length === HASH_DIGITS;
  const rows = candidates(room, { name, byHash, variant });
  for await (const row of rows) {
    if (await isShown(room, row)) return served(room, row, { variant, unshown: false, byHash });
  }
  if (byHash) return undefined;
  const own = request.headers.authorization && (await ownFile(room, name, client));
  return own ? served(room, own, { variant, unshown: true, byHash }) : undefined;
}

const HASH_DIGITS = 64;

/** Several uploads with the same bytes may be named by their hash; one that is shown is enough. */
async function* candidates(
  { storage }: Room,
  { name, byHash, variant }: Pick<Asked, 'byHash' | 'variant'> & { readonly name: string },
): AsyncGenerator<MediaRow> {
  for (let after = ''; ; ) {
    const rows = await storage.db
      .selectFrom('media')
      .selectAll()
      .where(byHash ? 'content_hash' : 'media_id', '=', name)
      .$if(byHash, (query) => query.where('named_by_hash', '=', 1))
      .$if(variant === 'thumbnail', (query) => query.where('thumbnail_hash', '!=', ''))
      .where('state', '=', STATE.ready)
      .where('unused_since', 'is', null)
      .where('media_id', '>', after)
      .orderBy('media_id')
      .limit(MAX_OWN)
      .execute();
    yield* rows;
    if (rows.length < MAX_OWN) return;
    after = rows.at(-1)?.media_id ?? after;
  }
}

async function ownFile(
  { storage }: Room,
  mediaId: string,
  client: HttpClient,
): Promise<MediaRow | undefined> {
  const caller = callerOf(client);
  if (caller?.kind !== 'device') return undefined;
  return storage.db
    .selectFrom('media')
    .selectAll()
    .where('media_id', '=', mediaId)
    .where('account', '=', caller.account)
    .where('state', '=', STATE.ready)
    .where('unused_since', 'is not', null)
    .executeTakeFirst();
}

/** A token that does not hold opens nothing, and shuts nothing that is open to everybody. */
function callerOf(client: HttpClient) {
  try {
    return client.callerOf();
  } catch {
    return undefined;
  }
}

type Asked = {
  /** `thumbnail`, or a `PictureSize`; undefined for the file itself. */
  readonly variant: string | undefined;
  readonly unshown: boolean;
  readonly byHash: boolean;
};

async function served(room: Room, row: MediaRow, asked: Asked): Promise<Served | undefined> {
  const { variant, unshown } = asked;
  if (variant === 'thumbnail') return thumbnailOf(row, unshown);
  if (variant === undefined || !isPictureSize(variant)) return whole(row, asked);
  const size = await room.storage.db
    .selectFrom('media_sizes')
    .select('hash')
    .where('media_id', '=', row.media_id)
    .where('name', '=', variant)
    .executeTakeFirst();
  if (!size) return withoutSize(row, variant, asked);
  const mediaType = sizeMediaType(variant);
  const disposition = contentDisposition('inline', `${variant}.${mediaType.slice(6)}`);
  return { hash: size.hash, mediaType, disposition, unshown };
}

/** Of what is small already, or came before there were sizes. Nothing larger serves as a preview. */
function withoutSize(row: MediaRow, size: PictureSize, asked: Asked): Served | undefined {
  if (row.shape !== MediaShape.PHOTO) return undefined;
  const large = size === 'preview' && row.size > MAX_PREVIEW_BYTES;
  return large ? thumbnailOf(row, asked.unshown) : whole(row, asked);
}

function thumbnailOf(row: MediaRow, unshown: boolean): Served | undefined {
  if (row.thumbnail_hash === '') return undefined;
  const disposition = contentDisposition('inline', 'thumbnail.webp');
  return { hash: row.thumbnail_hash, mediaType: 'image/webp', disposition, unshown };
}

function whole(row: MediaRow, { byHash, unshown }: Asked): Served {
  const { content_hash: hash, media_type: type, name, shape } = row;
  // What a hash names is bytes: whose file they are, what it is called and how it is shown stays unsaid.
  const inPlace = (byHash || shape !== MediaShape.FILE) && SHOWN_IN_PLACE.has(type);
  return {
    hash,
    mediaType: SHOWN_IN_PLACE.has(type) ? type : 'application/octet-stream',
    disposition: contentDisposition(inPlace ? 'inline' : 'attachment', byHash ? '' : name),
    unshown,
  };
}

type Exchange = {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly file: Served;
};

async function serve(room: Room, { request, response, file }: Exchange): Promise<void> {
  const path = room.files.pathOf(file.hash);
  const { size } = await stat(path).catch(() => ({ size: -1 }));
  if (size < 0) return answerShort(response, 404);
  const etag = `"${file.hash}"`;
  setHeaders(response, file, etag);
  if (isKnown(request.headers['if-none-match'], etag)) {
    response.writeHead(304).end();
    return;
  }
  const range = byteRange(request.headers, { size, etag });
  if (range === 'unsatisfiable') {
    response.setHeader('content-range', `bytes */${size}`);
    return answerShort(response, 416);
  }
  const { start, end } = range ?? { start: 0, end: size - 1 };
  if (range) response.setHeader('content-range', `bytes ${start}-${end}/${size}`);
  response.writeHead(range ? 206 : 200, { 'content-length': end - start + 1 });
  if (request.method === 'HEAD') response.end();
  else await send(path, { start, end }, response);
}

function setHeaders(response: ServerResponse, file: Served, etag: string): void {
  const headers = {
    ...SAFE_HEADERS,
    'accept-ranges': 'bytes',
    // The bytes behind a name never change; whether they may be seen does, so no shared cache keeps them.
    'cache-control': file.unshown ? 'private, no-store' : 'private, max-age=86400, immutable',
    'content-disposition': file.disposition,
    'content-type': file.mediaType,
    'cross-origin-resource-policy': mayLoadElsewhere(file) ? 'cross-origin' : 'same-origin',
    etag,
  };
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
}

/** Pictures, films and sound that a feed names load in readers on other origins; other files do not. */
function mayLoadElsewhere({ mediaType, unshown }: Served): boolean {
  return !unshown && (SHOWN_IN_PLACE.has(mediaType) || mediaType === 'image/webp');
}

/** At the reader's pace; one who goes away ends it. */
async function send(
  path: string,
  range: { readonly start: number; readonly end: number },
  response: ServerResponse,
): Promise<void> {
  try {
    await pipeline(createReadStream(path, range), response);
  } catch {
    response.destroy();
  }
}

function answerShort(response: ServerResponse, status: 404 | 405 | 416): void {
  const sentence = { 404: 'not found\n', 405: 'only GET and HEAD\n', 416: 'no such range\n' }[
    status
  ];
  response.removeHeader('content-disposition');
  response.removeHeader('etag');
  response.writeHead(status, {
    ...SAFE_HEADERS,
    'cache-control': 'no-store',
    'content-type': 'text/plain; charset=utf-8',
    'content-length': Buffer.byteLength(sentence),
  });
  response.end(sentence);
}
