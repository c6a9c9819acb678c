import type { ShowAs } from '@heliogram/content';
import { MediaShape, ValidationError } from '@heliogram/protocol';
import type { AvatarClaims } from '../accounts/options.ts';
import type { AttachedFile, MediaClaim, MediaClaims, MediaUse } from '../channels/media-claims.ts';
import type { Database } from '../storage/port.ts';
import type { MediaRow } from '../storage/schema.ts';
import {
  findMedia,
  noSuchMedia,
  requirePicture,
  requireReady,
  STATE,
  settleUse,
} from './records.ts';
import type { Room } from './room.ts';

/** An unused file stays for a day from here on; one that lost its last use goes with the next sweep. */
const LONG_AGO = 0;

/** Uses of files by channels: claimed before an entry is appended, attached once it stands. */
export function mediaClaims({ storage, runtime }: Room): MediaClaims {
  return {
    claim: (claim) =>
      storage.transaction(async (database) => {
        const mediaIds: string[] = [];
        for (const file of claim.files) mediaIds.push(await claimable(database, claim, file));
        for (const media_id of mediaIds) {
          const row = {
            media_id,
            conversation: claim.conversation,
            claimed_at: runtime.settledNow(),
          };
          await database
            .insertInto('media_claims')
            .values(row)
            .onConflict((conflict) => conflict.doUpdateSet({ claimed_at: row.claimed_at }))
            .execute();
        }
        return mediaIds;
      }),
    claimAvatar: ({ account, mediaId }) =>
      storage.transaction(async (database) => {
        await requirePicture(database, { account, mediaId });
        await touch(database, mediaId, runtime.settledNow());
      }),
    attach: (use) => storage.transaction((database) => attach(database, use)),
    detach: ({ conversation, seq }) =>
      storage.transaction((database) => detach(database, conversation, seq)),
    detachAll: (conversation) =>
      storage.transaction((database) => detach(database, conversation, undefined)),
    unsettled: async () => {
      const rows = await storage.db
        .selectFrom('media_claims')
        .select('conversation')
        .distinct()
        .execute();
      return rows.map(({ conversation }) => conversation);
    },
  };
}

/** Avatars of accounts stand under the negated row of their account. */
export function avatarClaims({ runtime }: Room): AvatarClaims {
  return {
    claimAccountAvatar: async (database, { account, mediaId, previous }) => {
      if (mediaId !== '') {
        await requirePicture(database, { account, mediaId });
        await attach(database, { conversation: -account, seq: 0, mediaIds: [mediaId] });
      }
      if (previous === '' || previous === mediaId) return;
      await database
        .deleteFrom('media_uses')
        .where('media_id', '=', previous)
        .where('conversation', '=', -account)
        .execute();
      await settleUse(database, [previous], runtime.settledNow());
    },
  };
}

/** The account's own file, or one that an entry shows already, of which the post says what is so. */
async function claimable(
  database: Database,
  claim: MediaClaim,
  file: AttachedFile,
): Promise<string> {
  const byHash = file.mediaName === file.contentHash;
  const row = byHash
    ? await findByHash(database, claim, file.contentHash)
    : await findById(database, claim, file.mediaName);
  if (!row) throw noSuchMedia();
  requireReady(row);
  if (byHash) await allowHashAddress(database, row.media_id);
  else requireTrue(row, file);
  return row.media_id;
}

async function findById(
  database: Database,
  claim: MediaClaim,
  mediaId: string,
): Promise<MediaRow | undefined> {
  const row = await findMedia(database, mediaId);
  if (!row || row.account === claim.account) return row;
  return (await usesIn(database, claim)).find(({ media_id }) => media_id === mediaId);
}

async function findByHash(
  database: Database,
  claim: MediaClaim,
  hash: string,
): Promise<MediaRow | undefined> {
  const own = await database
    .selectFrom('media')
    .selectAll()
    .where('content_hash', '=', hash)
    .where('account', '=', claim.account)
    .where('state', '=', STATE.ready)
    .orderBy('created_at', 'desc')
    .orderBy('media_id')
    .executeTakeFirst();
  return own ?? (await usesIn(database, claim)).find(({ content_hash }) => content_hash === hash);
}

/** Files that the entries show of which the account may show them again. */
async function usesIn(database: Database, { alreadyIn }: MediaClaim): Promise<readonly MediaRow[]> {
  const rows: MediaRow[] = [];
  for (const { conversation, seq } of alreadyIn) {
    const shown = await database
      .selectFrom('media_uses as u')
      .innerJoin('media as m', 'm.media_id', 'u.media_id')
      .selectAll('m')
      .where('u.conversation', '=', conversation)
      .where('u.seq', '=', seq)
      .execute();
    rows.push(...shown);
  }
  return rows;
}

/** Readers of a post that names the hash know no other address. */
async function allowHashAddress(database: Database, mediaId: string): Promise<void> {
  await database
    .updateTable('media')
    .set({ named_by_hash: 1 })
    .where('media_id', '=', mediaId)
    .execute();
}

/** A post may not give a file another name, content or shape than its upload has. */
function requireTrue(row: MediaRow, { contentHash, fileName, showAs }: AttachedFile): void {
  const sameName = fileName === '' || fileName === row.name;
  const sameShape = showAs === 'file' || showAs === SHOWN_AS[row.shape];
  if (row.content_hash === contentHash && sameName && sameShape) return;
  throw new ValidationError('malformed', 'the post and the upload describe the file differently');
}

const SHOWN_AS: Readonly<Record<number, ShowAs>> = {
  [MediaShape.PHOTO]: 'photo',
  [MediaShape.VIDEO]: 'video',
  [MediaShape.AUDIO]: 'audio',
};

/** Of files that are gone no use is recorded. */
async function attach(database: Database, use: MediaUse): Promise<void> {
  for (const media_id of use.mediaIds) {
    const row = await findMedia(database, media_id);
    if (!row) continue;
    requireReady(row);
    const { conversation, seq } = use;
    await database
      .insertInto('media_uses')
      .values({ media_id, conversation, seq })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
    await database
      .deleteFrom('media_claims')
      .where('media_id', '=', media_id)
      .where('conversation', '=', conversation)
      .execute();
    await settleUse(database, [media_id], LONG_AGO);
  }
}

async function detach(
  database: Database,
  conversation: number,
  seq: number | undefined,
): Promise<void> {
  const uses = database
    .deleteFrom('media_uses')
    .where('conversation', '=', conversation)
    .$if(seq !== undefined, (query) => query.where('seq', '=', seq ?? 0))
    .returning('media_id');
  const dropped = await uses.execute();
  if (seq === undefined) {
    await database.deleteFrom('media_claims').where('conversation', '=', conversation).execute();
  }
  const mediaIds = [...new Set(dropped.map(({ media_id }) => media_id))];
  for (let at = 0; at < mediaIds.length; at += 200) {
    await settleUse(database, mediaIds.slice(at, at + 200), LONG_AGO);
  }
}

async function touch(database: Database, mediaId: string, now: number): Promise<void> {
  await database
    .updateTable('media')
    .set({ unused_since: now })
    .where('media_id', '=', mediaId)
    .where('unused_since', 'is not', null)
    .execute();
}
