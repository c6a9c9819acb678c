import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { deflateSync } from 'node:zlib';
import { MediaShape } from '@heliogram/protocol';
import sharp from 'sharp';
import { box, FRAME, mp4, PLACE, POSITION, webm } from './tests/containers.ts';
import { type World, withWorld } from './tests/world.ts';

const { AUDIO, FILE, PHOTO, VIDEO } = MediaShape;

const picture = (width = 600, height = 400) =>
  sharp({ create: { width, height, channels: 3, background: '#cc8833' } });

/** Left half red, right half blue, lying on its side, with a place and a camera in it. */
async function snapshot(): Promise<Buffer> {
  const right = await sharp({
    create: { width: 300, height: 400, channels: 3, background: '#0000ff' },
  })
    .png()
    .toBuffer();
  return sharp({ create: { width: 600, height: 400, channels: 3, background: '#ff0000' } })
    .composite([{ input: right, left: 300, top: 0 }])
    .withExif({
      IFD0: { Make: 'SecretCamera', Artist: 'Ada Lovelace' },
      IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '52/1 22/1 12/1' },
    })
    .withMetadata({ orientation: 6 })
    .jpeg()
    .toBuffer();
}

const stored = (world: World, hash: string) =>
  readFileSync(join(world.mediaDirectory, hash.slice(0, 2), hash));

async function refuses(
  world: World,
  shape: MediaShape,
  [what, bytes]: readonly [string, Uint8Array],
) {
  const ada = await world.account();
  await assert.rejects(
    world.upload(ada, bytes, { shape, name: 'holiday.jpg' }),
    { code: 'media_rejected' },
    what,
  );
  assert.deepEqual(world.stored(), [], what);
  assert.deepEqual(world.uploading(), [], what);
}

test('MED-10: a photo keeps its pixels, upright, and nothing else', () =>
  withWorld(async (world) => {
    const original = await snapshot();
    assert.ok(original.includes('SecretCamera'));
    const media = await world.upload(await world.account(), original, { shape: PHOTO });
    assert.deepEqual([media.mediaType, media.width, media.height], ['image/jpeg', 400, 600]);
    const bytes = stored(world, media.hash);
    assert.equal(bytes.length, media.size);
    for (const trace of ['SecretCamera', 'Ada Lovelace', 'Exif'])
      assert.ok(!bytes.includes(trace), trace);
    const metadata = await sharp(bytes).metadata();
    assert.deepEqual(
      [metadata.exif, metadata.icc, metadata.xmp, metadata.orientation],
      [undefined, undefined, undefined, undefined],
    );
    // A quarter turn clockwise puts the left half on top.
    const { data } = await sharp(bytes).raw().toBuffer({ resolveWithObject: true });
    const last = data.subarray(-3);
    assert.ok(
      (data[0] ?? 0) > 200 &&
        (data[2] ?? 255) < 60 &&
        (last[2] ?? 0) > 200 &&
        (last[0] ?? 255) < 60,
    );
  }));

test('MED-10: every picture format is taken, an animation keeps its frames, a huge one is scaled', () =>
  withWorld(async (world) => {
    const ada = await world.account();
    const frames = sharp(Buffer.concat([Buffer.alloc(300, 20), Buffer.alloc(300, 220)]), {
      raw: { width: 10, height: 20, channels: 3, pageHeight: 10 },
    });
    const formats: readonly [Buffer, string][] = [
      [await picture().png().toBuffer(), 'image/png'],
      [await picture().webp().toBuffer(), 'image/webp'],
      [await picture().avif().toBuffer(), 'image/webp'],
      [await frames.gif().toBuffer(), 'image/gif'],
    ];
    for (const [bytes, mediaType] of formats) {
      const media = await world.upload(ada, bytes, { shape: PHOTO });
      assert.equal(media.mediaType, mediaType);
      assert.ok(media.hasThumbnail);
    }
    const [, , , [animation] = [Buffer.alloc(0)]] = formats;
    const gif = await world.upload(ada, animation, { shape: PHOTO });
    assert.equal((await sharp(stored(world, gif.hash)).metadata()).pages, 2);
    assert.deepEqual([gif.width, gif.height], [10, 10]);
    const large = await world.upload(ada, await picture(6_000, 3_000).jpeg().toBuffer(), {
      shape: PHOTO,
    });
    assert.deepEqual([large.width, large.height], [4_096, 2_048]);
  }));

test('MED-11: a photo has a small picture and a blur', () =>
  withWorld(async (world) => {
    const ada = await world.account();
    const media = await world.upload(ada, await snapshot(), { shape: PHOTO });
    assert.match(media.blur, /^[0-9A-Za-z#$%*+,\-.:;=?@[\]^_{|}~]{28}$/);
    const answer = await world.fetch(`${media.path}/thumbnail`, world.bearer(ada));
    const thumbnail = await sharp(await answer.arrayBuffer()).metadata();
    assert.deepEqual([thumbnail.format, thumbnail.width, thumbnail.height], ['webp', 213, 320]);
  }));

test('MED-12: what is no picture is no photo, whatever its name', () =>
  withWorld(async (world) => {
    const jpeg = await picture().jpeg({ quality: 90 }).toBuffer();
    const hostile: readonly [string, Buffer][] = [
      [
        'svg',
        Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'),
      ],
      [
        'svg with prolog',
        Buffer.from('<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>'),
      ],
      ['html', Buffer.from('<!doctype html><script>alert(1)</script>')],
      ['zip', Buffer.from('PK\x03\x04 and so on')],
      ['pdf', Buffer.from('%PDF-1.7 and so on')],
      ['gif that is script', Buffer.from('GIF89a=0;alert(1)//')],
      ['jpeg header alone', Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 0])],
      ['truncated jpeg', jpeg.subarray(0, jpeg.length >> 1)],
      ['noise', randomBytes(5_000)],
      ['video', mp4()],
    ];
    for (const [what, bytes] of hostile) await refuses(world, PHOTO, [what, bytes]);
  }));

test('MED-12: a picture that would fill the memory is refused before it is decoded', () =>
  withWorld(async (world) => {
    const chunk = (type: string, data: Buffer): Buffer => {
      const typed = Buffer.concat([Buffer.from(type, 'latin1'), data]);
      const sizes = Buffer.alloc(8);
      sizes.writeUInt32BE(data.length, 0);
      sizes.writeUInt32BE(crc32(typed), 4);
      return Buffer.concat([sizes.subarray(0, 4), typed, sizes.subarray(4)]);
    };
    const header = Buffer.alloc(13);
    header.writeUInt32BE(50_000, 0);
    header.writeUInt32BE(50_000, 4);
    header.set([8, 2, 0, 0, 0], 8);
    const bomb = Buffer.concat([
      Buffer.from('89504e470d0a1a0a', 'hex'),
      chunk('IHDR', header),
      chunk('IDAT', deflateSync(Buffer.alloc(1_000_000))),
      chunk('IEND', Buffer.alloc(0)),
    ]);
    await refuses(world, PHOTO, ['bomb', bomb]);
  }));

function crc32(bytes: Buffer): number {
  let crc = ~0;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return ~crc >>> 0;
}

test('MED-13: nothing rides along behind the pixels of a photo', () =>
  withWorld(async (world) => {
    const script = '<script>alert(document.domain)</script>';
    const polyglot = Buffer.concat([
      await picture().jpeg().toBuffer(),
      Buffer.from(script),
      Buffer.from('PK\x03\x04'),
    ]);
    const media = await world.upload(await world.account(), polyglot, {
      shape: PHOTO,
      name: 'a.html',
    });
    assert.ok(!stored(world, media.hash).includes('script'));
    assert.equal(media.mediaType, 'image/jpeg');
  }));

test('MED-14: a video is looked into: its size is found, places are taken out, its frames stay where they are', () =>
  withWorld(async (world) => {
    const ada = await world.account();
    const films: readonly [Buffer, string][] = [
      [mp4(), 'video/mp4'],
      [mp4({ brand: 'qt  ' }), 'video/quicktime'],
      [webm(), 'video/webm'],
    ];
    for (const [film, mediaType] of films) {
      assert.ok(film.includes(PLACE));
      const media = await world.upload(ada, film, { shape: VIDEO });
      assert.deepEqual(
        [media.mediaType, media.width, media.height, media.size],
        [mediaType, 640, 360, film.length],
      );
      const bytes = stored(world, media.hash);
      for (const trace of [PLACE, POSITION])
        assert.ok(!bytes.includes(trace), `${mediaType} ${trace}`);
      assert.equal(bytes.indexOf(FRAME), film.indexOf(FRAME));
    }
    const turned = await world.upload(ada, mp4({ turned: true }), { shape: VIDEO });
    assert.deepEqual([turned.width, turned.height], [360, 640]);
  }));

test('MED-14: a video cut anywhere is refused or playable, never a failure of the server', () =>
  withWorld(async (world) => {
    const ada = await world.account();
    for (const film of [mp4(), webm()]) {
      for (let length = 20; length < film.length; length += 41) {
        const attempt = world.upload(ada, film.subarray(0, length), { shape: VIDEO });
        await attempt.catch((error: unknown) =>
          assert.equal((error as { code?: string }).code, 'media_rejected'),
        );
      }
      const seed = Number(process.env['SEED'] ?? Math.floor(Math.random() * 2 ** 31));
      let state = seed || 1;
      for (let n = 0; n < 40; n++) {
        const bent = Buffer.from(film);
        for (let k = 0; k < 3; k++) {
          state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
          bent[state % bent.length] = (state >> 8) & 0xff;
        }
        const attempt = world.upload(ada, bent, { shape: VIDEO });
        await attempt.catch((error: unknown) =>
          assert.equal((error as { code?: string }).code, 'media_rejected', `seed ${seed}`),
        );
      }
    }
  }));

test('MED-14: what is no video, or hides data that cannot be taken out, is refused', () =>
  withWorld(async (world) => {
    const hostile: readonly [string, Buffer][] = [
      ['header alone', box('ftyp', Buffer.from('isom'), Buffer.alloc(8))],
      ['audio', mp4({ video: false })],
      ['webm audio', webm({ video: false })],
      ['two movies', Buffer.concat([webm(), webm()])],
      ['fragments with positions', Buffer.concat([mp4(), box('moof', Buffer.alloc(8))])],
      ['html', Buffer.from('<!doctype html><video src=x>')],
      ['picture', await picture().png().toBuffer()],
    ];
    for (const [what, bytes] of hostile) await refuses(world, VIDEO, [what, bytes]);
  }));

test('MED-15: audio is known by content', () =>
  withWorld(async (world) => {
    const ada = await world.account();
    const sounds: readonly [Buffer, string][] = [
      [mp4({ video: false, brand: 'M4A ' }), 'audio/mp4'],
      [webm({ video: false }), 'audio/webm'],
      [Buffer.from('OggS and so on'), 'audio/ogg'],
      [Buffer.from('fLaC and so on'), 'audio/flac'],
      [Buffer.from('ID3\x04 and so on'), 'audio/mpeg'],
      [Buffer.from([0xff, 0xfb, 0x90, 0x64, 0, 0]), 'audio/mpeg'],
      [Buffer.from('RIFF\x24\0\0\0WAVEfmt '), 'audio/wav'],
    ];
    for (const [bytes, mediaType] of sounds) {
      assert.equal((await world.upload(ada, bytes, { shape: AUDIO })).mediaType, mediaType);
    }
    await assert.rejects(world.upload(ada, mp4(), { shape: AUDIO }), { code: 'media_rejected' });
    await assert.rejects(world.upload(ada, Buffer.from('plain'), { shape: AUDIO }), {
      code: 'media_rejected',
    });
  }));

test('MED-16: a file is kept byte for byte and named by what it is', () =>
  withWorld(async (world) => {
    const ada = await world.account();
    const original = await snapshot();
    const files: readonly [Buffer, string][] = [
      [original, 'image/jpeg'],
      [mp4(), 'video/mp4'],
      [Buffer.from('<svg onload="alert(1)"/>'), 'text/plain'],
      [Buffer.from('%PDF-1.7'), 'application/pdf'],
      [Buffer.from('PK\x03\x04'), 'application/zip'],
      [Buffer.from([0, 1, 2, 3]), 'application/octet-stream'],
    ];
    for (const [bytes, mediaType] of files) {
      const media = await world.upload(ada, bytes, { shape: FILE, name: 'x.png' });
      assert.equal(media.mediaType, mediaType);
      assert.deepEqual(stored(world, media.hash), bytes);
    }
  }));
