import type { MessageInitShape } from '@bufbuild/protobuf';
import { timestampFromMs } from '@bufbuild/protobuf/wkt';
import {
  type CreateUploadRequest,
  type CreateUploadResponseSchema,
  DependencyError,
  FileReason,
  limits,
  type MediaSchema,
  MediaService,
  MediaShape,
  ValidationError,
} from '@heliogram/protocol';
import {
  type BoundService,
  bindService,
  type CallContext,
  type Caller,
} from '../gateway/service.ts';
import { randomHex } from '../runtime.ts';
import type { Database } from '../storage/port.ts';
import type { MediaRow } from '../storage/schema.ts';
import type { CheckingRoom } from './checking-room.ts';
import { diskError } from './content-store.ts';
import { cleanFileName } from './file-names.ts';
import { requireQuota } from './media-quota.ts';
import { findMedia, noSuchMedia, requireReady, STATE, UNUSED_LIFETIME_MS } from './records.ts';
import { UPLOADS_PATH } from './room.ts';
import { issueTicket } from './tickets.ts';
import { isShown } from './visibility.ts';

/** What is decoded in memory has a bound of its own. */
const MAX_PHOTO_BYTES = 256 * 1_048_576;
/** The database shares the disk and needs some of it. */
const RESERVED_BYTES = 64 * 1_048_576;
/** How long a call waits for the check of a file. */
const WAIT_MS = 15_000;

export function mediaService(room: CheckingRoom): BoundService {
  return bindService(MediaService, {
    createUpload: (request, context) => createUpload(room, accountOf(context), request),
    getMedia: async ({ mediaId }, { caller }) => ({ media: await getMedia(room, caller, mediaId) }),
    deleteMedia: async ({ mediaId }, context) => {
      await deleteMedia(room, accountOf(context), mediaId);
      return {};
    },
  });
}

function accountOf({ caller }: CallContext): number {
  if (caller.kind === 'device') return caller.account;
  throw noSuchMedia();
}

async function createUpload(
  room: CheckingRoom,
  account: number,
  request: CreateUploadRequest,
): Promise<MessageInitShape<typeof CreateUploadResponseSchema>> {
  requireSize(room, request);
  await requireRoom(room, request.size);
  const mediaId = randomHex(room.runtime, 16);
  const { ticket, hash } = issueTicket(room.runtime);
  const now = room.runtime.settledNow();
  try {
    await room.files.emptyUpload(mediaId);
  } catch (error) {
    throw diskError(error);
  }
  try {
    await room.storage.transaction(async (database) => {
      await requireFewOpen(database, account, now);
      await requireQuota(database, room.quota, { account, size: request.size });
      const row = { ...newRow(request), media_id: mediaId, account, ticket_hash: hash };
      await database
        .insertInto('media')
        .values({ ...row, created_at: now, unused_since: now })
        .execute();
    });
  } catch (error) {
    await room.files.removeUpload(mediaId);
    throw error;
  }
  const expiresAt = timestampFromMs(now + UNUSED_LIFETIME_MS);
  return { mediaId, ticket, expiresAt, uploadPath: `${UPLOADS_PATH}/${mediaId}` };
}

function newRow({ size, shape: asked, name, fallBackToFile }: CreateUploadRequest) {
  const shape = asked === MediaShape.UNSPECIFIED ? MediaShape.FILE : asked;
  const large = shape === MediaShape.PHOTO && size > MAX_PHOTO_BYTES;
  return {
    state: STATE.uploading,
    shape: large ? MediaShape.FILE : shape,
    fall_back: fallBackToFile ? 1 : 0,
    file_reason: large ? FileReason.TOO_LARGE : FileReason.UNSPECIFIED,
    upload_size: size,
    name: cleanFileName(name),
    media_type: '',
    size: 0,
    content_hash: '',
    thumbnail_hash: '',
    width: 0,
    height: 0,
    blur: '',
    refusal: '',
    named_by_hash: 0,
  };
}

function requireSize({ maxUploadBytes }: CheckingRoom, request: CreateUploadRequest): void {
  const { size, shape, fallBackToFile } = request;
  const photo = shape === MediaShape.PHOTO && !fallBackToFile;
  const max = photo ? Math.min(MAX_PHOTO_BYTES, maxUploadBytes) : maxUploadBytes;
  if (size > max) throw new ValidationError('too_large', `the file is larger than ${max} bytes`);
}

async function requireRoom(room: CheckingRoom, size: number): Promise<void> {
  if ((await room.freeBytes(room.directory)) >= size + RESERVED_BYTES) return;
  throw new DependencyError('storage_full', 'the server has no space left for files', {
    retryAfterMs: 60_000,
  });
}

async function requireFewOpen(database: Database, account: number, now: number): Promise<void> {
  const { open } = await database
    .selectFrom('media')
    .select((row) => row.fn.countAll<number>().as('open'))
    .where('account', '=', account)
    .where('state', '=', STATE.uploading)
    .where('created_at', '>', now - UNUSED_LIFETIME_MS)
    .executeTakeFirstOrThrow();
  if (open < limits.maxOpenUploadsPerAccount) return;
  const max = limits.maxOpenUploadsPerAccount;
  throw new ValidationError(
    'limit_reached',
    `an account can have at most ${max} unfinished uploads`,
  );
}

/** Its uploader learns how it stands; others see what something shows them, and nothing else. */
async function getMedia(
  room: CheckingRoom,
  caller: Caller,
  mediaId: string,
): Promise<MessageInitShape<typeof MediaSchema>> {
  const row = await findMedia(room.storage.db, mediaId);
  if (!row) throw noSuchMedia();
  if (caller.kind === 'device' && caller.account === row.account) {
    return view(await checked(room, row));
  }
  if (row.state !== STATE.ready || !(await isShown(room, row))) throw noSuchMedia();
  return view(row);
}

async function checked(room: CheckingRoom, row: MediaRow): Promise<MediaRow> {
  const begun = row.state === STATE.uploading && (await room.checks.beginIfComplete(row));
  if (begun || row.state === STATE.checking) await checkWithin(room, row.media_id);
  const now = await findMedia(room.storage.db, row.media_id);
  if (!now) throw noSuchMedia();
  requireReady(now);
  return now;
}

async function checkWithin({ checks, runtime }: CheckingRoom, mediaId: string): Promise<void> {
  let cancel = (): void => undefined;
  const late = new Promise<void>((resolve) => {
    const timer = runtime.after(WAIT_MS, resolve);
    cancel = () => timer.cancel();
  });
  try {
    await Promise.race([checks.of(mediaId), late]);
  } finally {
    cancel();
  }
}

async function deleteMedia(room: CheckingRoom, account: number, mediaId: string): Promise<void> {
  const row = await findMedia(room.storage.db, mediaId);
  if (row?.account !== account) throw noSuchMedia();
  const gone = await room.sweeper.remove([mediaId]);
  if (gone === 0) throw new ValidationError('conflict', 'this file is in use');
}

function view(row: MediaRow): MessageInitShape<typeof MediaSchema> {
  return {
    mediaId: row.media_id,
    shape: shapeOf(row),
    mediaType: row.media_type,
    size: row.size,
    name: row.name,
    contentHash: Uint8Array.from(Buffer.from(row.content_hash, 'hex')),
    width: row.width,
    height: row.height,
    blur: row.blur,
    hasThumbnail: row.thumbnail_hash !== '',
    path: `/media/${row.media_id}`,
    fileReason: reasonOf(row),
  };
}

function reasonOf({ file_reason }: MediaRow): FileReason {
  return Object.values(FileReason).find((known) => known === file_reason) ?? FileReason.UNSPECIFIED;
}

function shapeOf({ shape }: MediaRow): MediaShape {
  return Object.values(MediaShape).find((known) => known === shape) ?? MediaShape.FILE;
}
