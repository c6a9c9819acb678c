import { open } from 'node:fs/promises';
import sharp, { type Metadata, type Sharp } from 'sharp';
import { readBmp } from './bmp.ts';
import { readHeic } from './heic.ts';
import { isAnimation, requireDecodable } from './memory-need.ts';
import { PictureError, type PictureJob, type RawPixels } from './picture.ts';
import { isAnimatedPng } from './png-chunks.ts';
import { isCameraRaw } from './tiff-directory.ts';

/** A picture ready to be decoded. */
export type Source = {
  readonly metadata: Metadata;
  readonly animated: boolean;
  /** Begins to decode; frames of an animation stand below each other. */
  decode(): Sharp;
};

/** The pixel bounds are `requireDecodable`'s: the library counts all frames as one picture. */
const OPTIONS = { failOn: 'error', limitInputPixels: false, sequentialRead: true } as const;

/** Looks at the header alone. Throws a `PictureError` for what cannot be shown. */
export async function openSource({ path, mediaType }: PictureJob): Promise<Source> {
  switch (mediaType) {
    case 'image/heic':
      return rawSource(await readHeic(path));
    case 'image/bmp':
      return rawSource(await readBmp(path));
    case 'image/png':
      if (await isAnimatedPng(path)) throw new PictureError('animation');
      break;
    case 'image/tiff':
      if (await isCameraRaw(path)) throw new PictureError('format');
      break;
    case 'image/avif':
      if (await isSequence(path)) throw new PictureError('animation');
      break;
  }
  return fileSource(path);
}

async function fileSource(path: string): Promise<Source> {
  const metadata = await sharp(path, OPTIONS).metadata();
  requireDecodable(metadata);
  const animated = isAnimation(metadata);
  return { metadata, animated, decode: () => sharp(path, { ...OPTIONS, animated }) };
}

async function rawSource({ data, width, height, channels }: RawPixels): Promise<Source> {
  const decode = () => sharp(data, { ...OPTIONS, raw: { width, height, channels } });
  return { metadata: await decode().metadata(), animated: false, decode };
}

/** The brands of ISO/IEC 23008-12 name image sequences. */
async function isSequence(path: string): Promise<boolean> {
  const file = await open(path, 'r');
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(256), 0, 256, 0);
    const end = Math.min(bytesRead, buffer.readUInt32BE(0));
    for (let at = 8; at + 4 <= end; at += 4) {
      if (buffer.toString('latin1', at, at + 4) === 'avis') return true;
    }
    return false;
  } finally {
    await file.close();
  }
}
