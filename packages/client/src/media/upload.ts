import {
  DependencyError,
  errorFromCode,
  type HeliogramError,
  type Media,
  MediaService,
  type MediaShape,
  ValidationError,
} from '@heliogram/protocol';
import { retryDelayMs, unitFrom } from '../connection/backoff.ts';
import type { Caller } from '../connection/connection.ts';
import { asHeliogramError } from '../errors.ts';
import type { HttpResponse, Platform } from '../ports.ts';
import type { RecordStore } from '../store/port.ts';
import { msOf } from '../timestamps.ts';
import { type OpenUpload, readOpenUpload, writeOpenUpload } from './open-uploads.ts';

/** Bytes to upload, read in pieces and again where an upload is resumed. */
export interface ByteSource {
  /** Bytes. */
  readonly size: number;
  read(offset: number, length: number): Promise<Uint8Array>;
}

export interface UploadRequest {
  readonly source: ByteSource;
  readonly name: string;
  /** As the sender sees it; the server trusts content. */
  readonly mediaType: string;
  readonly shape: MediaShape;
  /** Whether what cannot be shown may be kept as a file; `fileReason` of the answer then says why. */
  readonly fallBackToFile?: boolean;
  /** Names the same bytes with the same purpose again, so that an interrupted upload is resumed. */
  readonly resumeKey: string;
  /** Bytes that the server has. */
  readonly progress?: (sent: number) => void;
}

export interface UploadContext {
  readonly call: Caller;
  readonly origin: string;
  readonly records: RecordStore;
  readonly platform: Pick<Platform, 'http' | 'scheduler' | 'random'>;
}

const chunkBytes = 4 * 1024 * 1024;
/** Failures in a row, without a byte in between, after which an upload is given up. */
const maxFailures = 6;

/**
 * Uploads by tus 1.0 (https://tus.io/protocols/resumable-upload), resuming what an earlier attempt
 * left, and answers what the server found in the bytes. Throws `media_rejected`, `too_large`,
 * `unavailable` after repeated failures.
 */
export async function uploadMedia(context: UploadContext, request: UploadRequest): Promise<Media> {
  try {
    return await attempt(context, request);
  } catch (error) {
    if (!(error instanceof ForgottenUpload)) throw error;
    return attempt(context, request);
  }
}

/** The server has expired or lost the upload: it starts over. */
class ForgottenUpload extends ValidationError {
  constructor() {
    super('gone', 'the server has forgotten the upload');
  }
}

async function attempt(context: UploadContext, request: UploadRequest): Promise<Media> {
  const open = (await resumable(context, request)) ?? (await create(context, request));
  try {
    await sendAll(context, request, open);
    const media = await finished(context, open.mediaId);
    await context.records.delete('upload', [request.resumeKey]);
    return media;
  } catch (error) {
    // Only what a lost connection interrupted is worth resuming.
    if (!asHeliogramError(error).retry) await context.records.delete('upload', [request.resumeKey]);
    throw error;
  }
}

async function resumable(
  { records, platform }: UploadContext,
  { resumeKey }: UploadRequest,
): Promise<OpenUpload | undefined> {
  const upload = await readOpenUpload(records, resumeKey);
  return upload && upload.expiresAt > platform.scheduler.now() ? upload : undefined;
}

async function create(
  { call, records }: UploadContext,
  { source, name, mediaType, shape, resumeKey, fallBackToFile = false }: UploadRequest,
): Promise<OpenUpload> {
  const { size } = source;
  const file = { size, name, mediaType, shape, fallBackToFile };
  const answer = await call(MediaService.method.createUpload, file);
  const { mediaId, uploadPath, ticket, expiresAt } = answer;
  const upload = { mediaId, uploadPath, ticket, expiresAt: msOf(expiresAt) };
  await writeOpenUpload(records, resumeKey, upload);
  return upload;
}

async function sendAll(
  context: UploadContext,
  request: UploadRequest,
  upload: OpenUpload,
): Promise<void> {
  const { source, progress } = request;
  let failures = 0;
  // Unknown at first and after each failure: the server is asked, once it answers again.
  for (let offset: number | undefined; offset === undefined || offset < source.size; ) {
    try {
      offset ??= await offsetOf(context, upload);
      progress?.(offset);
      if (offset >= source.size) break;
      offset = await sendChunk(context, upload, { source, offset });
      failures = 0;
    } catch (thrown) {
      const error = asHeliogramError(thrown);
      failures++;
      if (!error.retry || failures >= maxFailures) throw error;
      offset = undefined;
      await pause(context, failures, error.retryAfterMs);
    }
  }
  progress?.(source.size);
}

async function sendChunk(
  { origin, platform }: UploadContext,
  { uploadPath, ticket }: OpenUpload,
  { source, offset }: { readonly source: ByteSource; readonly offset: number },
): Promise<number> {
  const body = await source.read(offset, Math.min(chunkBytes, source.size - offset));
  const response = await platform.http.send({
    method: 'PATCH',
    url: origin + uploadPath,
    headers: {
      'Tus-Resumable': '1.0.0',
      'Upload-Ticket': ticket,
      'Upload-Offset': String(offset),
      'Content-Type': 'application/offset+octet-stream',
    },
    body,
  });
  if (response.status !== 204 && response.status !== 200) throw await refusal(response);
  return offsetFrom(response);
}

async function offsetOf(
  { origin, platform }: UploadContext,
  { uploadPath, ticket }: OpenUpload,
): Promise<number> {
  const headers = { 'Tus-Resumable': '1.0.0', 'Upload-Ticket': ticket };
  const response = await platform.http.send({ method: 'HEAD', url: origin + uploadPath, headers });
  if (response.status !== 200 && response.status !== 204) throw await refusal(response);
  return offsetFrom(response);
}

function offsetFrom(response: HttpResponse): number {
  const offset = Number(response.header('Upload-Offset') ?? 'missing');
  if (Number.isSafeInteger(offset) && offset >= 0) return offset;
  throw new DependencyError('unavailable', 'the server did not report the state of the upload');
}

async function refusal(response: HttpResponse): Promise<HeliogramError> {
  const { status } = response;
  for await (const piece of response.body) void piece;
  if (status === 404 || status === 410) return new ForgottenUpload();
  if (status === 413)
    return new ValidationError('too_large', 'the file is too large for this server');
  if (status === 409)
    return new DependencyError('unavailable', 'the upload is at another position');
  if (status === 507) return new DependencyError('storage_full', 'the server has no space left');
  if (status === 401 || status === 403)
    return errorFromCode('forbidden', 'the server refused the upload');
  return new DependencyError('unavailable', `the server answered an upload with status ${status}`);
}

/** The server checks what arrived; until it has, it says so and is asked again. */
async function finished(context: UploadContext, mediaId: string): Promise<Media> {
  for (let asked = 1; ; asked++) {
    try {
      const { media } = await context.call(MediaService.method.getMedia, { mediaId });
      if (media) return media;
      throw new DependencyError('unavailable', 'the server did not return the uploaded file');
    } catch (thrown) {
      const error = asHeliogramError(thrown);
      if (error.code === 'not_found') throw new ForgottenUpload();
      const again = error.code === 'upload_incomplete' || error.code === 'timeout';
      if (!again || asked >= 60) throw error;
      await pause(context, Math.min(asked, 4), error.retryAfterMs);
    }
  }
}

function pause({ platform }: UploadContext, failures: number, retryAfterMs = 0): Promise<void> {
  const delayMs = retryDelayMs(failures, unitFrom(platform.random.bytes(4)), retryAfterMs);
  return new Promise((resolve) => {
    platform.scheduler.after(delayMs, resolve);
  });
}
