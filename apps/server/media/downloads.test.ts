import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { connect } from 'node:net';
import { test } from 'node:test';
import { EntryKind, MediaShape } from '@heliogram/protocol';
import sharp from 'sharp';
import { contentDisposition } from './file-names.ts';
import { byHash, byId, type World, withWorld } from './tests/world.ts';

async function shown(world: World, bytes: Uint8Array, name = 'file.bin') {
  const ada = await world.account();
  const channel = await world.channel();
  const media = await world.upload(ada, bytes, { name });
  const seq = await world.show(ada, channel, byId(media));
  return { ada, channel, media, seq };
}

const status = async (world: World, path: string, init: RequestInit = {}) => {
  const answer = await world.fetch(path, init);
  await answer.arrayBuffer();
  return answer.status;
};

test('MED-20: what a post shows is fetched by anybody, by its media id and not by its hash', () =>
  withWorld(async (world) => {
    const bytes = randomBytes(100_000);
    const { ada, media } = await shown(world, bytes);
    const answer = await world.fetch(media.path);
    assert.equal(answer.status, 200);
    assert.deepEqual(Buffer.from(await answer.arrayBuffer()), bytes);
    const head = await world.fetch(media.path, { method: 'HEAD' });
    assert.deepEqual([head.status, head.headers.get('content-length')], [200, '100000']);
    assert.equal(await status(world, `/media/${media.hash}`), 404);
    assert.equal(await status(world, `/media/${media.hash}`, world.bearer(ada)), 404);
  }));

test('MED-27: a post that names a hash is served at it, without a name', () =>
  withWorld(async (world) => {
    const ada = await world.account();
    const media = await world.upload(ada, randomBytes(10), { name: 'secret plan.txt' });
    await world.show(ada, await world.channel(), byHash(media));
    const answer = await world.fetch(`/media/${media.hash}`);
    assert.equal(answer.status, 200);
    assert.match(answer.headers.get('content-disposition') ?? '', /^attachment; filename="file"/);
  }));

test('MED-21: what nothing shows is fetched by its uploader alone', () =>
  withWorld(async (world) => {
    const ada = await world.account();
    const bob = await world.account();
    const media = await world.upload(ada, randomBytes(10));
    assert.equal(await status(world, media.path), 404);
    assert.equal(await status(world, media.path, world.bearer(bob)), 404);
    assert.equal(await status(world, media.path, world.bearer(ada)), 200);
    await assert.rejects(world.call('getMedia', bob, { mediaId: media.mediaId }), {
      code: 'not_found',
    });
    const channel = await world.channel();
    await world.show(ada, channel, byId(media));
    assert.equal((await world.call('getMedia', bob, { mediaId: media.mediaId })).media?.size, 10);
  }));

test('MED-22: a redacted or withheld post, or channel, shows its files no more from that moment', () =>
  withWorld(async (world) => {
    const { channel, media, seq } = await shown(world, randomBytes(10));
    const { db, log } = world.storage;
    await log.setTakenDown(channel, seq, 'spam');
    assert.equal(await status(world, media.path), 404);
    await log.setTakenDown(channel, seq, null);
    assert.equal(await status(world, media.path), 200);
    await db.updateTable('channels').set({ taken_down_reason: 'spam' }).execute();
    assert.equal(await status(world, media.path), 404);
    await db.updateTable('channels').set({ taken_down_reason: null }).execute();
    assert.equal(await status(world, media.path), 200);
    await world.append(channel, EntryKind.REDACTION, seq);
    assert.equal(await status(world, media.path), 404);
  }));

test('MED-22: of two posts with the same file one that stands is enough', () =>
  withWorld(async (world) => {
    const { ada, channel, media, seq } = await shown(world, randomBytes(10));
    await world.show(ada, channel, byId(media));
    await world.append(channel, EntryKind.REDACTION, seq);
    await world.media.claims.detach({ conversation: channel, seq });
    assert.equal(await status(world, media.path), 200);
  }));

test('MED-23: nothing served can run on the origin', () =>
  withWorld(async (world) => {
    const evil = Buffer.from('<!doctype html><script>alert(document.domain)</script>');
    const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>');
    const gif = Buffer.from('GIF89a/*<html><script>alert(1)</script>*/=1');
    for (const [bytes, name] of [
      [evil, 'index.html'],
      [svg, 'a.svg'],
      [gif, 'a.js'],
      [evil, 'a.svg"; x='],
    ] as const) {
      const { media } = await shown(world, bytes, name);
      const { headers } = await world.fetch(media.path);
      const type = headers.get('content-type') ?? '';
      assert.ok(['application/octet-stream', 'image/gif'].includes(type), type);
      assert.match(
        headers.get('content-disposition') ?? '',
        /^attachment; filename="[^"]*"; filename\*=UTF-8''[^;"]*$/,
      );
      assert.equal(headers.get('x-content-type-options'), 'nosniff');
      assert.match(headers.get('content-security-policy') ?? '', /^sandbox; default-src 'none'/);
      const policy = type === 'image/gif' ? 'cross-origin' : 'same-origin';
      assert.equal(headers.get('cross-origin-resource-policy'), policy);
    }
    const ada = await world.account();
    const photo = await sharp({ create: { width: 9, height: 9, channels: 3, background: '#fff' } })
      .png()
      .toBuffer();
    const media = await world.upload(ada, photo, { shape: MediaShape.PHOTO, name: 'Größe.png' });
    await world.show(ada, await world.channel(), byId(media));
    const { headers } = await world.fetch(media.path);
    assert.equal(headers.get('content-type'), 'image/png');
    assert.equal(headers.get('cross-origin-resource-policy'), 'cross-origin');
    assert.equal(
      headers.get('content-disposition'),
      `inline; filename="Gr__e.png"; filename*=UTF-8''Gr%C3%B6%C3%9Fe.png`,
    );
    const small = await world.fetch(`${media.path}/thumbnail`);
    assert.deepEqual([small.status, small.headers.get('content-type')], [200, 'image/webp']);
  }));

test('MED-23: names stay within their header', () => {
  for (const name of ['a"b\\c', 'x\r\ny', "it's (1)*.txt", '文件.pdf', '%00', '']) {
    const value = contentDisposition('attachment', name);
    assert.match(
      value,
      /^attachment; filename="[^"\\\r\n]*"; filename\*=UTF-8''[A-Za-z0-9\-._~%]+$/,
    );
    assert.equal(decodeURIComponent(value.split("''")[1] ?? ''), name || 'file');
  }
});

test('MED-24: ranges, versions and what a client has already', () =>
  withWorld(async (world) => {
    const bytes = randomBytes(1_000);
    const { media } = await shown(world, bytes);
    const get = (headers: Record<string, string>) => world.fetch(media.path, { headers });
    const etag = `"${media.hash}"`;
    const ranges: readonly [string, number, number, number][] = [
      ['bytes=0-0', 206, 0, 1],
      ['bytes=10-19', 206, 10, 20],
      ['bytes=990-', 206, 990, 1_000],
      ['bytes=-10', 206, 990, 1_000],
      ['bytes=-5000', 206, 0, 1_000],
      ['bytes=500-99999', 206, 500, 1_000],
      ['bytes=5-1', 200, 0, 1_000],
      ['bytes=0-1,5-6', 200, 0, 1_000],
      ['lines=0-1', 200, 0, 1_000],
      ['bytes=-', 200, 0, 1_000],
      ['bytes=a-b', 200, 0, 1_000],
    ];
    for (const [range, code, from, to] of ranges) {
      const answer = await get({ range });
      assert.equal(answer.status, code, range);
      assert.deepEqual(Buffer.from(await answer.arrayBuffer()), bytes.subarray(from, to), range);
      const stated = answer.headers.get('content-range');
      assert.equal(stated, code === 206 ? `bytes ${from}-${to - 1}/1000` : null, range);
    }
    for (const range of ['bytes=1000-', 'bytes=5000-6000', 'bytes=-0']) {
      const answer = await get({ range });
      assert.deepEqual(
        [answer.status, answer.headers.get('content-range')],
        [416, 'bytes */1000'],
        range,
      );
    }
    for (const tags of [etag, `W/${etag}`, `"x", ${etag}`, '*']) {
      const answer = await get({ 'if-none-match': tags });
      assert.deepEqual([answer.status, answer.headers.get('etag')], [304, etag], tags);
    }
    assert.equal((await get({ 'if-none-match': '"other"' })).status, 200);
    assert.equal((await get({ range: 'bytes=0-0', 'if-range': etag })).status, 206);
    assert.equal((await get({ range: 'bytes=0-0', 'if-range': '"old"' })).status, 200);
  }));

test('MED-25: paths that name no file, and other methods, find nothing', () =>
  withWorld(async (world) => {
    const { media } = await shown(world, randomBytes(10));
    const paths = [
      '/media',
      '/media/',
      '/media/..',
      '/media/../heliogram.db',
      '/media/%2e%2e%2fheliogram.db',
      `/media/${media.mediaId.toUpperCase()}`,
      `${media.path}/`,
      `${media.path}/thumbnail`,
      `${media.path}/original`,
      `/media/${'0'.repeat(32)}`,
      `/media/${'0'.repeat(64)}`,
      `/media/uploads/${media.mediaId}`,
      `/media/${media.hash.slice(0, 2)}/${media.hash}`,
    ];
    for (const path of paths) assert.equal(await status(world, path), 404, path);
    for (const method of ['POST', 'PUT', 'DELETE', 'PATCH']) {
      assert.equal(await status(world, media.path, { method }), 405);
    }
  }));

test('MED-26: a reader who stops or leaves holds up nobody', () =>
  withWorld(async (world) => {
    const bytes = randomBytes(6_000_000);
    const { media } = await shown(world, bytes);
    const request = `GET ${media.path} HTTP/1.1\r\nHost: x\r\n\r\n`;
    const slow = Array.from({ length: 20 }, () =>
      connect(world.port, '127.0.0.1', function (this: ReturnType<typeof connect>) {
        this.pause();
        this.write(request);
      }),
    );
    await new Promise((resolve) => setTimeout(resolve, 100));
    for (const socket of slow.slice(0, 10)) socket.destroy();
    const answer = await world.fetch(media.path);
    assert.equal((await answer.arrayBuffer()).byteLength, bytes.length);
    for (const socket of slow) socket.destroy();
  }));
