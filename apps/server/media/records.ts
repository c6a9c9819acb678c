import { MediaShape, ValidationError } from '@heliogram/protocol';
import type { Database } from '../storage/port.ts';
import type { MediaRow } from '../storage/schema.ts';

export const STATE = { uploading: 1, checking: 2, ready: 3, rejected: 4 } as const;

/** Files that nothing shows are removed after so long; an upload has so long to finish. */
export const UNUSED_LIFETIME_MS = 86_400_000;

export function findMedia(database: Database, mediaId: string): Promise<MediaRow | undefined> {
  return database
    .selectFrom('media')
    .selectAll()
    .where('media_id', '=', mediaId)
    .executeTakeFirst();
}

/** Throws unless the file has passed its check. */
export function requireReady(row: MediaRow): void {
  if (row.state === STATE.rejected) throw new ValidationError('media_rejected', row.refusal);
  if (row.state !== STATE.ready) {
    throw new ValidationError('upload_incomplete', 'the upload is not complete or not yet checked');
  }
}

/** A ready picture of the account's. Throws `not_found`, `upload_incomplete` or `media_rejected`. */
export async function requirePicture(
  database: Database,
  { account, mediaId }: { readonly account: number; readonly mediaId: string },
): Promise<void> {
  const row = await findMedia(database, mediaId);
  if (row?.account !== account) throw noSuchMedia();
  requireReady(row);
  if (row.shape !== MediaShape.PHOTO) {
    throw new ValidationError('media_rejected', 'a profile picture must be uploaded as a photo');
  }
}

/** Marks whatever of these has no use left, or has one again. */
export async function settleUse(
  database: Database,
  mediaIds: readonly string[],
  unusedSince: number,
): Promise<void> {
  if (mediaIds.length === 0) return;
  const used = await database
    .selectFrom('media_uses')
    .select('media_id')
    .distinct()
    .where('media_id', 'in', mediaIds)
    .execute();
  const inUse = new Set(used.map(({ media_id }) => media_id));
  for (const mediaId of mediaIds) {
    await database
      .updateTable('media')
      .set({ unused_since: inUse.has(mediaId) ? null : unusedSince })
      .where('media_id', '=', mediaId)
      .execute();
  }
}

export function noSuchMedia(): ValidationError {
  return new ValidationError('not_found', 'file not found');
}
