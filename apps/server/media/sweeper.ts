import type { DeletedAccount } from '../accounts/options.ts';
import type { Timer } from '../runtime.ts';
import type { Database } from '../storage/port.ts';
import type { MediaRow } from '../storage/schema.ts';
import { STATE, UNUSED_LIFETIME_MS } from './records.ts';
import type { Room } from './room.ts';

const EVERY_MS = 600_000;
const FIRST_AFTER_MS = 30_000;
const BATCH = 50;

/** Removes files that nothing shows, uploads that never ended, and what a crash left on the disk. */
export class Sweeper {
  readonly #room: Room;
  #timer: Timer | undefined;
  #sweeping: Promise<void> | undefined;
  #stopped = false;
  /** Uploads without a row at the last sweep. */
  #seen: ReadonlySet<string> = new Set();

  constructor(room: Room) {
    this.#room = room;
  }

  start(): void {
    this.#next(FIRST_AFTER_MS);
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    this.#timer?.cancel();
    await this.#sweeping;
  }

  #next(delayMs: number): void {
    if (this.#stopped) return;
    this.#timer = this.#room.runtime.after(delayMs, () => {
      this.#sweeping = this.sweep()
        .catch((error: unknown) => this.#room.log.error('sweeping media failed', error))
        .finally(() => this.#next(EVERY_MS));
    });
  }

  /** Rows first, then the files that no row names: a crash in between leaves what the next one finds. */
  async sweep(): Promise<void> {
    await this.#dropOldClaims();
    while ((await this.#removeSome()) === BATCH && !this.#stopped);
    await this.#removeStrayUploads();
    await this.#removeStrayFiles();
  }

  /** Removes those of these that nothing shows or claims, and tells how many. */
  remove(mediaIds: readonly string[]): Promise<number> {
    const { files, filing, storage } = this.#room;
    return filing.run(async () => {
      const { rows, sizes } = await storage.transaction(async (database) => {
        const removed = await this.#removeRows(database, mediaIds);
        return { rows: removed, sizes: await removeSizes(database, removed) };
      });
      for (const { media_id } of rows) await files.removeUpload(media_id);
      const whole = rows.flatMap(({ content_hash, thumbnail_hash }) => [
        content_hash,
        thumbnail_hash,
      ]);
      await this.#removeUnnamed([...whole, ...sizes].filter((hash) => hash !== ''));
      return rows.length;
    });
  }

  /** What the account uploaded goes, unless a channel of others shows it: then nobody's it is. */
  async eraseAccount({ account }: DeletedAccount): Promise<void> {
    const { db } = this.#room.storage;
    await db.deleteFrom('media_uses').where('conversation', '=', -account).execute();
    for (;;) {
      const rows = await db
        .selectFrom('media')
        .select('media_id')
        .where('account', '=', account)
        .limit(BATCH)
        .execute();
      if (rows.length === 0) return;
      const mediaIds = rows.map(({ media_id }) => media_id);
      await db.deleteFrom('media_claims').where('media_id', 'in', mediaIds).execute();
      await this.remove(mediaIds);
      await db
        .updateTable('media')
        .set({ account: NOBODY })
        .where('media_id', 'in', mediaIds)
        .execute();
    }
  }

  async #dropOldClaims(): Promise<void> {
    const { runtime, storage } = this.#room;
    await storage.db
      .deleteFrom('media_claims')
      .where('claimed_at', '<=', runtime.settledNow() - UNUSED_LIFETIME_MS)
      .execute();
  }

  async #removeSome(): Promise<number> {
    const { runtime, storage } = this.#room;
    const rows = await storage.db
      .selectFrom('media')
      .select('media_id')
      .where('unused_since', '<=', runtime.settledNow() - UNUSED_LIFETIME_MS)
      .where('media_id', 'not in', (row) => row.selectFrom('media_claims').select('media_id'))
      .limit(BATCH)
      .execute();
    const mediaIds = rows.map(({ media_id }) => media_id);
    if (mediaIds.length === 0) return 0;
    const kept = await this.#keepAvatars(mediaIds);
    const removed = await this.remove(mediaIds.filter((mediaId) => !kept.has(mediaId)));
    return removed + kept.size;
  }

  /** A crash may part a channel from the use of its picture: the channel's word counts. */
  async #keepAvatars(mediaIds: readonly string[]): Promise<ReadonlySet<string>> {
    const { storage } = this.#room;
    const rows = await storage.db
      .selectFrom('channels')
      .select(['conversation', 'avatar_media_id as media_id'])
      .where('avatar_media_id', 'in', mediaIds)
      .execute();
    for (const { conversation, media_id } of rows) {
      await storage.transaction(async (database) => {
        const use = { media_id, conversation, seq: 0 };
        await database
          .insertInto('media_uses')
          .values(use)
          .onConflict((c) => c.doNothing())
          .execute();
        await database
          .updateTable('media')
          .set({ unused_since: null })
          .where('media_id', '=', media_id)
          .execute();
      });
    }
    return new Set(rows.map(({ media_id }) => media_id));
  }

  /** Within the transaction nothing can be claimed or attached. */
  async #removeRows(database: Database, mediaIds: readonly string[]): Promise<readonly MediaRow[]> {
    if (mediaIds.length === 0) return [];
    return database
      .deleteFrom('media')
      .where('media_id', 'in', mediaIds)
      .where('media_id', 'not in', (row) => row.selectFrom('media_claims').select('media_id'))
      .where('media_id', 'not in', (row) =>
        row.selectFrom('media_uses').select('media_id').where('media_id', 'in', mediaIds),
      )
      .returningAll()
      .execute();
  }

  /** Inside `filing`. */
  async #removeUnnamed(hashes: readonly string[]): Promise<void> {
    const { files, storage } = this.#room;
    for (const hash of new Set(hashes)) {
      const named = await storage.db
        .selectFrom('media')
        .select('media_id')
        .where((row) => row.or([row('content_hash', '=', hash), row('thumbnail_hash', '=', hash)]))
        .limit(1)
        .executeTakeFirst();
      const size = await storage.db
        .selectFrom('media_sizes')
        .select('media_id')
        .where('hash', '=', hash)
        .limit(1)
        .executeTakeFirst();
      if (!named && !size) await files.remove(hash);
    }
  }

  async #removeStrayUploads(): Promise<void> {
    const { files, storage } = this.#room;
    const seen = new Set<string>();
    for (const name of await files.uploadNames()) {
      const mediaId = name.slice(0, 32);
      const row = await storage.db
        .selectFrom('media')
        .select('state')
        .where('media_id', '=', mediaId)
        .executeTakeFirst();
      // A file stands before its row does: only what the last sweep saw too is left behind.
      if (row && row.state <= STATE.checking) continue;
      if (this.#seen.has(name)) await files.removeUpload(name);
      else seen.add(name);
    }
    this.#seen = seen;
  }

  async #removeStrayFiles(): Promise<void> {
    const { files, filing } = this.#room;
    for (let folder = 0; folder < 256 && !this.#stopped; folder++) {
      const hashes = await files.hashesIn(folder.toString(16).padStart(2, '0'));
      for (let at = 0; at < hashes.length && !this.#stopped; at += BATCH) {
        await filing.run(() => this.#removeUnnamed(hashes.slice(at, at + BATCH)));
      }
    }
  }
}

async function removeSizes(
  database: Database,
  rows: readonly MediaRow[],
): Promise<readonly string[]> {
  if (rows.length === 0) return [];
  const mediaIds = rows.map(({ media_id }) => media_id);
  const removed = await database
    .deleteFrom('media_sizes')
    .where('media_id', 'in', mediaIds)
    .returning('hash')
    .execute();
  return removed.map(({ hash }) => hash);
}

/** Account of files whose uploader is gone. */
const NOBODY = 0;
