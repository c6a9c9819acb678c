import type { IncomingMessage, ServerResponse } from 'node:http';
import type { HttpRoute } from '../gateway/http-server.ts';
import { targetOf } from '../gateway/index.ts';
import type { MediaRow } from '../storage/schema.ts';
import type { CheckingRoom } from './checking-room.ts';
import { findMedia, STATE, UNUSED_LIFETIME_MS } from './records.ts';
import { UPLOADS_PATH } from './room.ts';
import { fits } from './tickets.ts';
import type { UploadServer } from './upload-server.ts';

const ONE_UPLOAD = /^\/uploads\/([0-9a-f]{32})$/;
const METHODS = new Set(['HEAD', 'PATCH', 'DELETE']);

/** The bytes' way in: tus 1.0 for uploads that CreateUpload opened, each with its ticket. */
export function uploadRoute(room: CheckingRoom): HttpRoute {
  let loading: Promise<UploadServer> | undefined;
  // Loaded with the first upload: a start does not wait for it.
  const load = async () => (await import('./upload-server.ts')).createUploadServer(room);
  return {
    prefix: UPLOADS_PATH,
    handle: async (request, response) => {
      const admitted = request.method === 'OPTIONS' ? '' : await admit(room, request, response);
      if (admitted === undefined) return;
      // The library finds the upload in the last part of the address: it gets the one that was admitted.
      request.url = `${UPLOADS_PATH}/${admitted}`;
      loading ??= load();
      await (await loading).handle(request, response);
    },
  };
}

/** The upload that the request may act on; undefined when the request is answered already. */
async function admit(
  room: CheckingRoom,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<string | undefined> {
  const mediaId = ONE_UPLOAD.exec(targetOf(request).path)?.[1];
  if (!METHODS.has(request.method ?? '')) {
    response.setHeader('allow', 'HEAD, PATCH, DELETE, OPTIONS');
    return refuse(response, 405, 'create uploads with CreateUpload');
  }
  const row = mediaId === undefined ? undefined : await findMedia(room.storage.db, mediaId);
  if (!row) return refuse(response, 404, 'upload not found');
  if (!fits(request.headers['upload-ticket'], row.ticket_hash)) {
    return refuse(response, 403, 'the ticket belongs to another upload');
  }
  if (row.state !== STATE.uploading) return finished(request, response, row);
  if (room.runtime.settledNow() >= row.created_at + UNUSED_LIFETIME_MS) {
    return refuse(response, 410, 'the upload has expired');
  }
  if (await isSuspended(room, row.account)) {
    return refuse(response, 403, 'the account is suspended');
  }
  return row.media_id;
}

/** Whoever missed the last answer learns that nothing is left to send. */
function finished(request: IncomingMessage, response: ServerResponse, row: MediaRow): undefined {
  if (request.method !== 'HEAD') return refuse(response, 409, 'the upload is already complete');
  response.writeHead(200, {
    'cache-control': 'no-store',
    'tus-resumable': '1.0.0',
    'upload-length': String(row.upload_size),
    'upload-offset': String(row.upload_size),
  });
  response.end();
  return undefined;
}

async function isSuspended({ storage }: CheckingRoom, account: number): Promise<boolean> {
  const row = await storage.db
    .selectFrom('accounts')
    .select('suspended_reason')
    .where('id', '=', account)
    .executeTakeFirst();
  return !row || row.suspended_reason !== null;
}

function refuse(response: ServerResponse, status: number, sentence: string): undefined {
  const body = `${sentence}\n`;
  response.writeHead(status, {
    'content-type': 'text/plain; charset=utf-8',
    'content-length': Buffer.byteLength(body),
    'tus-resumable': '1.0.0',
  });
  response.end(body);
  return undefined;
}
