import assert from 'node:assert/strict';
import { test } from 'node:test';
import { MediaShape } from '@heliogram/protocol';
import sharp from 'sharp';
import { byHash, byId, type World, withWorld } from './tests/world.ts';

const picture = await sharp({
  create: { width: 400, height: 300, channels: 3, background: '#c60' },
})
  .png()
  .toBuffer();

/** Ada posts a photo; Bob fetches it and posts the same bytes as a file with a dangerous name. */
async function twoPosts(world: World) {
  const ada = await world.account();
  const bob = await world.account();
  const [hers, his] = [await world.channel(), await world.channel()];
  const photo = await world.upload(ada, picture, { shape: MediaShape.PHOTO, name: 'harbour.png' });
  const seq = await world.show(ada, hers, byId(photo));
  const bytes = Buffer.from(await (await world.fetch(photo.path)).arrayBuffer());
  const file = await world.upload(bob, bytes, { name: 'EVIL-1.jpg.exe' });
  assert.equal(file.hash, photo.hash);
  const hisSeq = await world.show(bob, his, byId(file));
  return { ada, bob, hers, his, photo, file, seq, hisSeq };
}

const factsAt = async (world: World, path: string) => {
  const { status, headers } = await world.fetch(path);
  const disposition = headers.get('content-disposition')?.replace(/;.*filename\*=UTF-8''/, ' ');
  return [status, headers.get('content-type'), disposition];
};

test('MED-37: the same bytes posted again as a file change nothing of the first post', () =>
  withWorld(async (world) => {
    const { photo, file } = await twoPosts(world);
    assert.deepEqual(await factsAt(world, photo.path), [200, 'image/png', 'inline harbour.png']);
    assert.equal((await world.fetch(`${photo.path}/thumbnail`)).status, 200);
    const saved = [200, 'image/png', 'attachment EVIL-1.jpg.exe'];
    assert.deepEqual(await factsAt(world, file.path), saved);
    assert.equal((await world.fetch(`${file.path}/thumbnail`)).status, 404);
  }));

test('MED-37: a name in an unlisted channel is not told where a public one has the same bytes', () =>
  withWorld(async (world) => {
    const ada = await world.account();
    const [open, unlisted] = [await world.channel(), await world.channel()];
    const bytes = Buffer.from('the same words');
    const secret = await world.upload(ada, bytes, { name: 'layoffs-in-may.txt' });
    await world.show(ada, unlisted, byId(secret));
    const known = await world.upload(ada, bytes, { name: 'notes.txt' });
    await world.show(ada, open, byId(known));
    assert.match(String(await factsAt(world, known.path)), /attachment notes\.txt$/);
    assert.match(String(await factsAt(world, secret.path)), /attachment layoffs-in-may\.txt$/);
  }));

test('MED-37: a post that goes takes its own file with it, and no other of the same bytes', () =>
  withWorld(async (world) => {
    const { ada, his, hers, photo, file, seq, hisSeq } = await twoPosts(world);
    await world.media.claims.detach({ conversation: hers, seq });
    await world.media.sweep();
    assert.equal((await world.fetch(photo.path)).status, 404);
    assert.equal((await world.fetch(file.path)).status, 200);
    assert.deepEqual(world.stored(), [photo.hash]);
    await assert.rejects(world.call('deleteMedia', ada, { mediaId: file.mediaId }), {
      code: 'not_found',
    });
    await world.media.claims.detach({ conversation: his, seq: hisSeq });
    await world.media.sweep();
    assert.deepEqual(world.stored(), []);
  }));

test('MED-37: a hash alone gives neither bytes nor the right to post them', () =>
  withWorld(async (world) => {
    const { photo } = await twoPosts(world);
    assert.equal((await world.fetch(`/media/${photo.hash}`)).status, 404);
    const eve = await world.account();
    const channel = await world.channel();
    for (const file of [byHash(photo), byId(photo)]) {
      await assert.rejects(world.show(eve, channel, file), { code: 'not_found' });
    }
  }));

test('MED-38: a post may not say of a file what its upload does not', () =>
  withWorld(async (world) => {
    const ada = await world.account();
    const channel = await world.channel();
    const media = await world.upload(ada, Buffer.from('words'), { name: 'notes.txt' });
    const named = byId(media);
    const lies = [
      { fileName: 'holiday.jpg' },
      { showAs: 'photo' },
      { contentHash: 'ab'.repeat(32) },
    ] as const;
    for (const lie of lies) {
      await assert.rejects(world.show(ada, channel, { ...named, ...lie }), { code: 'malformed' });
    }
    await world.show(ada, channel, { ...named, fileName: 'notes.txt' });
  }));
