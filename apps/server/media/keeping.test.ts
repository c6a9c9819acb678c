import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import { linkSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { accountId, MediaShape } from '@heliogram/protocol';
import sharp from 'sharp';
import type { AttachedFile } from '../channels/media-claims.ts';
import { STATE } from './records.ts';
import { byHash, byId, DAY_MS, type World, withWorld } from './tests/world.ts';

const photo = (background: string) =>
  sharp({ create: { width: 20, height: 20, channels: 3, background } })
    .png()
    .toBuffer();

type Place = { readonly conversation: number; readonly seq: number };

const claim = (
  world: World,
  { account, conversation }: { readonly account: number; readonly conversation: number },
  { file, alreadyIn = [] }: { readonly file: AttachedFile; readonly alreadyIn?: readonly Place[] },
) => world.media.claims.claim({ account, conversation, files: [file], alreadyIn });

test('MED-30: the same bytes are kept once, until the last file of them goes', () =>
  withWorld(async (world) => {
    const ada = await world.account();
    const bob = await world.account();
    const bytes = randomBytes(100);
    const first = await world.upload(ada, bytes);
    const second = await world.upload(bob, bytes);
    assert.equal(first.hash, second.hash);
    assert.deepEqual(world.stored(), [first.hash]);
    await world.call('deleteMedia', ada, { mediaId: first.mediaId });
    assert.deepEqual(world.stored(), [first.hash]);
    await world.call('deleteMedia', bob, { mediaId: second.mediaId });
    assert.deepEqual(world.stored(), []);
  }));

test('MED-31: a file is attached by its uploader, or where a post shows it already', () =>
  withWorld(async (world) => {
    const ada = await world.account();
    const bob = await world.account();
    const [one, two] = [await world.channel(), await world.channel()];
    const media = await world.upload(ada, randomBytes(10));
    const { mediaId } = media;
    await assert.rejects(
      claim(world, { account: bob.account, conversation: two }, { file: byId(media) }),
      { code: 'not_found' },
    );
    const seq = await world.show(ada, one, byId(media));
    await assert.rejects(
      claim(world, { account: bob.account, conversation: two }, { file: byId(media) }),
      { code: 'not_found' },
    );
    await assert.rejects(
      claim(
        world,
        { account: bob.account, conversation: two },
        { file: byId(media), alreadyIn: [{ conversation: one, seq: seq + 1 }] },
      ),
      { code: 'not_found' },
    );
    assert.deepEqual(
      await claim(
        world,
        { account: bob.account, conversation: two },
        { file: byId(media), alreadyIn: [{ conversation: one, seq }] },
      ),
      [mediaId],
    );
    await assert.rejects(
      claim(
        world,
        { account: ada.account, conversation: one },
        { file: byHash({ hash: 'ab'.repeat(32) }) },
      ),
      { code: 'not_found' },
    );
    await assert.rejects(world.call('deleteMedia', ada, { mediaId }), { code: 'conflict' });
  }));

test('MED-32: what was never posted goes after a day, what is shown stays, what lost its last post goes', () =>
  withWorld(async (world) => {
    const ada = await world.account();
    const channel = await world.channel();
    const unused = await world.upload(ada, randomBytes(10));
    const shown = await world.upload(ada, randomBytes(11));
    const seq = await world.show(ada, channel, byId(shown));
    world.putForward(DAY_MS - 60_000);
    await world.media.sweep();
    assert.deepEqual(world.stored().sort(), [unused.hash, shown.hash].sort());
    world.putForward(60_000);
    await world.media.sweep();
    assert.deepEqual(world.stored(), [shown.hash]);
    await assert.rejects(world.call('getMedia', ada, { mediaId: unused.mediaId }), {
      code: 'not_found',
    });
    world.putForward(400 * DAY_MS);
    await world.media.sweep();
    assert.deepEqual(world.stored(), [shown.hash]);
    await world.media.claims.detach({ conversation: channel, seq });
    await world.media.sweep();
    assert.deepEqual(world.stored(), []);
  }));

test('OPS-21: a jump of the clock removes no upload, and its own day still counts', () =>
  withWorld(async (world) => {
    const ada = await world.account();
    const unused = await world.upload(ada, randomBytes(10));
    world.jump(400 * DAY_MS);
    const later = await world.upload(ada, randomBytes(11));
    await world.media.sweep();
    assert.deepEqual(world.stored().sort(), [unused.hash, later.hash].sort());
    world.jump(-400 * DAY_MS);
    world.putForward(DAY_MS);
    await world.media.sweep();
    assert.deepEqual(world.stored(), []);
  }));

test('MED-33: a claim keeps a file for a day and is found after a crash until it is attached', () =>
  withWorld(async (world) => {
    const ada = await world.account();
    const channel = await world.channel();
    const media = await world.upload(ada, randomBytes(10));
    world.putForward(DAY_MS - 60_000);
    const mediaIds = await claim(
      world,
      { account: ada.account, conversation: channel },
      { file: byId(media) },
    );
    world.putForward(DAY_MS - 60_000);
    await world.media.sweep();
    assert.deepEqual(world.stored(), [media.hash]);
    await world.restart();
    assert.deepEqual(await world.media.claims.unsettled(), [channel]);
    const seq = await world.append(channel);
    await world.media.claims.attach({ conversation: channel, seq, mediaIds });
    await world.media.claims.attach({ conversation: channel, seq, mediaIds });
    assert.deepEqual(await world.media.claims.unsettled(), []);
    await world.media.claims.detachAll(channel);
    await world.media.sweep();
    assert.deepEqual(world.stored(), []);
  }));

test('MED-33: a sweep beside claims takes nothing that was claimed', () =>
  withWorld(async (world) => {
    const ada = await world.account();
    const channel = await world.channel();
    const files = await Promise.all(
      Array.from({ length: 15 }, (_, n) => world.upload(ada, randomBytes(10 + n))),
    );
    world.putForward(DAY_MS + 1);
    const claims = files.map((file) =>
      claim(world, { account: ada.account, conversation: channel }, { file: byId(file) }).then(
        () => file,
        () => undefined,
      ),
    );
    const [claimed] = await Promise.all([
      Promise.all(claims),
      world.media.sweep(),
      world.media.sweep(),
    ]);
    const kept = claimed.filter((file) => file !== undefined);
    assert.deepEqual(world.stored().sort(), kept.map(({ hash }) => hash).sort());
    for (const media of kept)
      await claim(world, { account: ada.account, conversation: channel }, { file: byId(media) });
  }));

test('MED-34: a crash at any step of filing leaves a file that is checked again, or none', () =>
  withWorld(async (world) => {
    const ada = await world.account();
    const bytes = randomBytes(500);
    const hash = createHash('sha256').update(bytes).digest('hex');
    const uploads = join(world.mediaDirectory, 'uploads');
    // All bytes here, nothing else done; and: linked into its place, the row not ready.
    for (const linked of [false, true]) {
      const opened = await world.open(ada, bytes.length);
      writeFileSync(join(uploads, opened.mediaId), bytes);
      if (linked) {
        await world.storage.db
          .updateTable('media')
          .set({ state: STATE.checking })
          .where('media_id', '=', opened.mediaId)
          .execute();
        mkdirSync(join(world.mediaDirectory, hash.slice(0, 2)), { recursive: true });
        linkSync(join(uploads, opened.mediaId), join(world.mediaDirectory, hash.slice(0, 2), hash));
      }
      await world.restart();
      const { media } = await world.call('getMedia', ada, { mediaId: opened.mediaId });
      assert.equal(Buffer.from(media?.contentHash ?? []).toString('hex'), hash);
      assert.deepEqual([world.stored(), world.uploading()], [[hash], []]);
      await world.call('deleteMedia', ada, { mediaId: opened.mediaId });
    }
    // The row gone, its files left; a draft left.
    mkdirSync(join(world.mediaDirectory, 'ab'), { recursive: true });
    writeFileSync(join(world.mediaDirectory, 'ab', 'ab'.repeat(32)), 'stray');
    writeFileSync(join(uploads, `${'0'.repeat(32)}-photo`), 'stray');
    await world.media.sweep();
    await world.media.sweep();
    assert.deepEqual([world.stored(), world.uploading()], [[], []]);
  }));

test('MED-34: an upload whose bytes were lost is refused, and the next one works', () =>
  withWorld(async (world) => {
    const ada = await world.account();
    const opened = await world.open(ada, 4);
    await world.storage.db.updateTable('media').set({ state: STATE.checking }).execute();
    rmSync(join(world.mediaDirectory, 'uploads', opened.mediaId));
    await world.restart();
    await assert.rejects(world.call('getMedia', ada, { mediaId: opened.mediaId }), {
      code: 'media_rejected',
    });
    assert.equal((await world.upload(ada, randomBytes(4))).size, 4);
  }));

test('MED-35: an avatar is a photo of its account, shown while it is worn', () =>
  withWorld(async (world) => {
    const ada = await world.account();
    const bob = await world.account();
    const { account } = ada;
    const first = await world.upload(ada, await photo('#f00'), { shape: MediaShape.PHOTO });
    const second = await world.upload(ada, await photo('#0f0'), { shape: MediaShape.PHOTO });
    const file = await world.upload(ada, randomBytes(9));
    const wear = (by: number, mediaId: string, previous: string) =>
      world.storage.transaction((database) =>
        world.media.avatars.claimAccountAvatar(database, { account: by, mediaId, previous }),
      );
    const reach = async (path: string) => (await world.fetch(path)).status;
    await assert.rejects(wear(bob.account, first.mediaId, ''), { code: 'not_found' });
    await assert.rejects(wear(account, file.mediaId, ''), { code: 'media_rejected' });
    await wear(account, first.mediaId, '');
    assert.equal(await reach(first.path), 200);
    await wear(account, second.mediaId, first.mediaId);
    assert.deepEqual([await reach(first.path), await reach(second.path)], [404, 200]);
    await world.storage.db
      .updateTable('accounts')
      .set({ suspended_reason: 'spam' })
      .where('id', '=', account)
      .execute();
    assert.equal(await reach(second.path), 404);
    await world.storage.db.updateTable('accounts').set({ suspended_reason: null }).execute();
    await wear(account, '', second.mediaId);
    assert.equal(await reach(second.path), 404);
  }));

test('MED-35: a channel wears a photo of who sets it; a crash before the use is recorded loses nothing', () =>
  withWorld(async (world) => {
    const ada = await world.account();
    const channel = await world.channel();
    const media = await world.upload(ada, await photo('#00f'), { shape: MediaShape.PHOTO });
    const { claims } = world.media;
    const bob = await world.account();
    await assert.rejects(claims.claimAvatar({ account: bob.account, mediaId: media.mediaId }), {
      code: 'not_found',
    });
    await claims.claimAvatar({ account: ada.account, mediaId: media.mediaId });
    await world.storage.db
      .updateTable('channels')
      .set({ avatar_media_id: media.mediaId })
      .execute();
    world.putForward(2 * DAY_MS);
    await world.media.sweep();
    assert.equal((await world.fetch(media.path)).status, 200);
    await claims.detach({ conversation: channel, seq: 0 });
    assert.equal((await world.fetch(media.path)).status, 404);
  }));

test('MED-36: with an account goes what it uploaded, but what the channels of others show', () =>
  withWorld(async (world) => {
    const ada = await world.account();
    const channel = await world.channel();
    const kept = await world.upload(ada, randomBytes(10));
    await world.show(ada, channel, byId(kept));
    await world.upload(ada, randomBytes(11));
    const avatar = await world.upload(ada, await photo('#f00'), { shape: MediaShape.PHOTO });
    await world.storage.transaction((database) =>
      world.media.avatars.claimAccountAvatar(database, {
        account: ada.account,
        mediaId: avatar.mediaId,
        previous: '',
      }),
    );
    const open = await world.open(ada, 4);
    for (let run = 0; run < 2; run++) {
      await world.media.eraseAccount({
        account: ada.account,
        accountId: accountId('0'.repeat(64)),
      });
    }
    assert.deepEqual([world.stored(), world.uploading()], [[kept.hash], []]);
    assert.equal((await world.tus('HEAD', open)).status, 404);
    assert.equal((await world.fetch(kept.path)).status, 200);
    const rows = await world.storage.db.selectFrom('media').select('account').execute();
    assert.deepEqual(
      rows.map(({ account }) => account),
      [0],
    );
  }));
