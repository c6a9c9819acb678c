import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { crc32 } from 'node:zlib';
import { FileReason, MediaShape } from '@heliogram/protocol';
import sharp from 'sharp';
import { bitmap, heic, TIFF_OF_A_CAMERA } from './tests/pictures.ts';
import { byId, type World, withWorld } from './tests/world.ts';

const { AUDIO, FILE, PHOTO, VIDEO } = MediaShape;

const noise = (width: number, height: number) =>
  sharp({
    create: {
      width,
      height,
      channels: 3,
      background: '#808080',
      noise: { type: 'gaussian', mean: 128, sigma: 60 },
    },
  });

const plain = (width: number, height: number) =>
  sharp({ create: { width, height, channels: 3, background: '#cc8833' } });

async function post(world: World, bytes: Uint8Array, name = 'picture') {
  const ada = await world.account();
  const media = await world.upload(ada, bytes, { shape: PHOTO, name });
  await world.show(ada, await world.channel(), byId(media));
  return media;
}

async function pictureAt(world: World, path: string) {
  const answer = await world.fetch(path);
  const bytes = Buffer.from(await answer.arrayBuffer());
  const { width, height } = await sharp(bytes).metadata();
  return { type: answer.headers.get('content-type'), bytes: bytes.length, width, height };
}

test('MED-28: a photo has smaller stills for pages, and a preview that programs take', () =>
  withWorld(async (world) => {
    const media = await post(world, await noise(2_400, 1_600).jpeg({ quality: 95 }).toBuffer());
    for (const width of [640, 1_280, 2_048]) {
      const still = await pictureAt(world, `${media.path}/${width}`);
      assert.deepEqual([still.type, still.width], ['image/webp', width]);
    }
    const preview = await pictureAt(world, `${media.path}/preview`);
    assert.deepEqual([preview.type, preview.width, preview.height], ['image/jpeg', 1_200, 800]);
    assert.ok(preview.bytes <= 300_000, `${preview.bytes} bytes`);
    assert.equal((await world.fetch(`${media.path}/641`)).status, 404);
  }));

test('MED-28: what is small already is served as it is, and stills go with their photo', () =>
  withWorld(async (world) => {
    const small = await post(world, await noise(500, 300).png().toBuffer());
    assert.equal((await pictureAt(world, `${small.path}/1280`)).width, 500);
    const ada = await world.account();
    const large = await world.upload(ada, await plain(1_500, 900).png().toBuffer(), {
      shape: PHOTO,
    });
    const before = world.stored().length;
    await world.call('deleteMedia', ada, { mediaId: large.mediaId });
    assert.equal(world.stored().length, before - 5, 'photo, thumbnail, two widths and a preview');
  }));

test('MED-10: a long screenshot keeps its width, and its preview is its beginning', () =>
  withWorld(async (world) => {
    const media = await post(world, await plain(1_080, 24_000).png().toBuffer());
    assert.deepEqual([media.width, media.height], [1_080, 24_000]);
    const preview = await pictureAt(world, `${media.path}/preview`);
    assert.deepEqual([preview.width, preview.height], [600, 1_200]);
  }));

test('MED-10: each of the eight orientations is turned upright', () =>
  withWorld(async (world) => {
    const ada = await world.account();
    const corner = await plain(20, 10).png().toBuffer();
    const marked = await sharp({
      create: { width: 80, height: 40, channels: 3, background: '#ffffff' },
    })
      .composite([{ input: corner, left: 0, top: 0 }])
      .png()
      .toBuffer();
    for (let orientation = 1; orientation <= 8; orientation++) {
      const bytes = await sharp(marked).withMetadata({ orientation }).png().toBuffer();
      const expected = await sharp(bytes).autoOrient().raw().toBuffer();
      const media = await world.upload(ada, bytes, { shape: PHOTO });
      const kept = readFileSync(join(world.mediaDirectory, media.hash.slice(0, 2), media.hash));
      assert.deepEqual(await sharp(kept).raw().toBuffer(), expected, `${orientation}`);
    }
  }));

test('MED-10: HEIC, TIFF and BMP become pictures that browsers show', () =>
  withWorld(async (world) => {
    const ada = await world.account();
    const kinds: readonly [string, Buffer, string, readonly number[]][] = [
      ['IMG_0001.HEIC', heic(), 'image/jpeg', [64, 64]],
      ['scan.tif', await plain(300, 200).tiff().toBuffer(), 'image/jpeg', [300, 200]],
      ['drawing.bmp', bitmap(30, 20), 'image/png', [30, 20]],
    ];
    for (const [name, bytes, mediaType, size] of kinds) {
      const media = await world.upload(ada, bytes, { shape: PHOTO, name });
      assert.deepEqual([media.mediaType, [media.width, media.height]], [mediaType, size], name);
    }
  }));

test('MED-17: what cannot be shown is kept as a file where the sender agreed, and the answer says why', () =>
  withWorld(async (world) => {
    const ada = await world.account();
    const jpeg = await noise(200, 200).jpeg().toBuffer();
    const cases: readonly [string, MediaShape, Uint8Array, FileReason][] = [
      ['main.ts', VIDEO, Buffer.from('export const answer = 42;\n'), FileReason.FORMAT],
      ['film.avi', VIDEO, Buffer.from('RIFF\x10\0\0\0AVI LIST'), FileReason.FORMAT],
      ['sound.mid', AUDIO, Buffer.from('MThd\0\0\0\x06'), FileReason.FORMAT],
      ['cut.jpg', PHOTO, jpeg.subarray(0, jpeg.length / 2), FileReason.DAMAGED],
      ['moving.png', PHOTO, await movingPng(), FileReason.ANIMATION],
      ['raw.dng', PHOTO, TIFF_OF_A_CAMERA, FileReason.FORMAT],
      ['vast.png', PHOTO, hugeHeader(await plain(8, 8).png().toBuffer()), FileReason.TOO_LARGE],
    ];
    for (const [name, shape, bytes, reason] of cases) {
      const media = await world.upload(ada, bytes, { shape, name, fallBackToFile: true });
      assert.deepEqual([media.shape, media.fileReason, media.name], [FILE, reason, name], name);
      const answer = await world.fetch(media.path, world.bearer(ada));
      assert.deepEqual(Buffer.from(await answer.arrayBuffer()), Buffer.from(bytes), name);
      await assert.rejects(
        world.upload(ada, bytes, { shape, name }),
        { code: 'media_rejected' },
        name,
      );
    }
    const kept = await world.upload(ada, jpeg, { shape: PHOTO, fallBackToFile: true });
    assert.deepEqual([kept.shape, kept.fileReason], [PHOTO, FileReason.UNSPECIFIED]);
  }));

test('MED-12: a refusal says whether the picture is damaged, too large, or none', () =>
  withWorld(async (world) => {
    const ada = await world.account();
    const jpeg = await noise(200, 200).jpeg().toBuffer();
    const cases: readonly [Uint8Array, RegExp][] = [
      [jpeg.subarray(0, jpeg.length / 2), /is damaged or incomplete/],
      [hugeHeader(await plain(8, 8).png().toBuffer()), /is too large to show/],
      [Buffer.from('words'), /is not a picture/],
      [await movingPng(), /animations in this format/],
    ];
    for (const [bytes, message] of cases) {
      const refused = { code: 'media_rejected', message };
      await assert.rejects(world.upload(ada, bytes, { shape: PHOTO }), refused);
    }
  }));

test('MED-10: a GIF of very many pixels keeps its frames and loses its comments', () =>
  withWorld(async (world) => {
    const ada = await world.account();
    const gif = await longGif();
    const media = await world.upload(ada, gif, { shape: PHOTO });
    assert.deepEqual([media.mediaType, media.width, media.height], ['image/gif', 1_000, 1_000]);
    const kept = readFileSync(join(world.mediaDirectory, media.hash.slice(0, 2), media.hash));
    assert.equal((await sharp(kept).metadata()).pages, 101);
    assert.ok(gif.includes('secret place') && !kept.includes('secret place'));
  }));

/** 101 frames of a million pixels, a comment, and bytes behind the end. */
async function longGif(): Promise<Buffer> {
  const raw = Buffer.alloc(2 * 1_000_000 * 3);
  raw.fill(200, 3_000_000);
  const two = await sharp(raw, {
    raw: { width: 1_000, height: 2_000, channels: 3, pageHeight: 1_000 },
  })
    .gif({ loop: 0, delay: [40, 40] })
    .toBuffer();
  const frames = two.subarray(0, -1);
  const first = frames.indexOf(Buffer.from([0x21, 0xf9, 4]));
  const comment = Buffer.from('\x21\xfe\x0csecret place\0', 'latin1');
  const second = frames.subarray(frames.indexOf(Buffer.from([0x21, 0xf9, 4]), first + 1));
  const more = Array.from({ length: 99 }, () => second);
  return Buffer.concat([frames, comment, ...more, Buffer.from(';secret place')]);
}

/** An APNG of two frames: the library that makes pictures for us knows none. */
async function movingPng(): Promise<Buffer> {
  const png = await plain(8, 8).png().toBuffer();
  const control = Buffer.alloc(20);
  control.writeUInt32BE(8, 0);
  control.write('acTL', 4, 'latin1');
  control.writeUInt32BE(2, 8);
  return Buffer.concat([png.subarray(0, 33), control, png.subarray(33)]);
}

/** The header of a picture of 900 million pixels. */
function hugeHeader(png: Buffer): Buffer {
  const bytes = Buffer.from(png);
  bytes.writeUInt32BE(30_000, 16);
  bytes.writeUInt32BE(30_000, 20);
  bytes.writeUInt32BE(crc32(bytes.subarray(12, 29)), 29);
  return bytes;
}
