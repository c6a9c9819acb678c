import type { AvatarClaims } from '../accounts/options.ts';
import type { MediaClaim, MediaClaims, MediaUse } from '../channels/media-claims.ts';
import type { Database } from '../storage/port.ts';
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
        for (const hash of claim.contentHashes)
          mediaIds.push(await claimable(database, claim, hash));
        for (const media_id of mediaIds) {
          const row = { media_id, conversation: claim.conversation, claimed_at: runtime.now() };
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
        await touch(database, mediaId, runtime.now());
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
      await settleUse(database, [previous], runtime.now());
    },
  };
}

/** The account's own file with this content, or one that an entry shows already. */
async function claimable(database: Database, claim: MediaClaim, hash: string): Promise<string> {
  const own = await database
    .selectFrom('media')
    .select('media_id')
    .where('content_hash', '=', hash)
    .where('account', '=', claim.account)
    .where('state', '=', STATE.ready)
    .orderBy('created_at', 'desc')
    .orderBy('media_id')
    .executeTakeFirst();
  if (own) return own.media_id;
  for (const { conversation, seq } of claim.alreadyIn) {
    const shown = await database
      .selectFrom('media_uses as u')
      .innerJoin('media as m', 'm.media_id', 'u.media_id')
      .select('m.media_id')
      .where('u.conversation', '=', conversation)
      .where('u.seq', '=', seq)
      .where('m.content_hash', '=', hash)
      .executeTakeFirst();
    if (shown) return shown.media_id;
  }
  throw noSuchMedia();
}

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
