import { MemoryLocker, Server } from '@tus/server';
import type { CheckingRoom } from './checking-room.ts';
import { findMedia } from './records.ts';
import { UPLOADS_PATH } from './room.ts';
import { UploadStore } from './upload-store.ts';

export type UploadServer = Pick<Server, 'handle'>;

/** tus 1.0 over the uploads that are open. */
export function createUploadServer(room: CheckingRoom): UploadServer {
  return new Server({
    path: UPLOADS_PATH,
    datastore: new UploadStore(room),
    locker: new MemoryLocker(),
    maxSize: room.maxUploadBytes,
    allowedOrigins: () => false,
    disableTerminationForFinishedUploads: true,
    onUploadFinish: async (_request, { id }) => {
      const row = await findMedia(room.storage.db, id);
      if (row) await room.checks.beginIfComplete(row);
      return {};
    },
  });
}
