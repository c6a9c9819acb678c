import { stat } from 'node:fs/promises';
import sharp, { type Sharp } from 'sharp';
import { encodeBlur } from './blur.ts';
import {
  type Dimensions,
  fitted,
  keptDimensions,
  ofWidth,
  previewDimensions,
} from './dimensions.ts';
import { copyGif } from './gif-blocks.ts';
import { isEncodedAgain } from './memory-need.ts';
import { turnUpright } from './orientation.ts';
import {
  type MadePicture,
  PictureError,
  type PictureFault,
  type PictureJob,
  type PictureOutcome,
  type PictureSize,
  SIZE_WIDTHS,
} from './picture.ts';
import { openSource, type Source } from './source.ts';

const THUMBNAIL_SIDE = 320;
const BLUR_SIDE = 32;
const MAX_PREVIEW_BYTES = 300_000;
const PREVIEW_QUALITIES = [80, 65, 50, 35, 20];

// One thread and no cache: what one picture takes is bounded, and the other cores are the log's.
sharp.concurrency(1);
sharp.cache(false);

type Encoder = {
  readonly mediaType: string;
  /** Longest side that the format can hold. */
  readonly maxSide: number;
  readonly encode: (image: Sharp) => Sharp;
};

const JPEG: Encoder = {
  mediaType: 'image/jpeg',
  maxSide: 65_500,
  encode: (image) => image.jpeg({ quality: 88 }),
};
const WEBP: Encoder = {
  mediaType: 'image/webp',
  maxSide: 16_383,
  encode: (image) => image.webp({ quality: 88 }),
};
const PNG: Encoder = {
  mediaType: 'image/png',
  maxSide: 65_500,
  encode: (image) => image.png(),
};
const GIF: Encoder = {
  mediaType: 'image/gif',
  maxSide: 65_500,
  encode: (image) => image.gif(),
};

/** Formats that browsers do not all show become one that they do. */
const ENCODERS: Readonly<Record<string, Encoder>> = {
  'image/jpeg': JPEG,
  'image/png': PNG,
  'image/gif': GIF,
  'image/webp': WEBP,
  'image/avif': WEBP,
  'image/heic': JPEG,
  'image/bmp': PNG,
  'image/tiff': JPEG,
};

/**
 * Decodes a picture and encodes it again, upright and without anything but pixels: no place, no
 * camera, no profile, no second file behind it. Writes the photo and its smaller stills.
 */
export async function makePicture(job: PictureJob): Promise<PictureOutcome> {
  try {
    const encoder = ENCODERS[job.mediaType];
    if (!encoder) throw new PictureError('format');
    return await make(job, encoder);
  } catch (error) {
    return { kind: 'fault', fault: faultOf(error) };
  }
}

async function make(job: PictureJob, preferred: Encoder): Promise<MadePicture> {
  const source = await openSource(job);
  const encoder = preferred === JPEG && source.metadata.hasAlpha ? WEBP : preferred;
  const photo = `${job.drafts}-photo`;
  const { width, height } = source.animated
    ? await keepFrames(source, encoder, { path: job.path, photo })
    : await encodeStill(source, encoder, photo);
  const blur = await writeThumbnail(photo, `${job.drafts}-thumbnail`);
  const sizes = await writeSizes(job, photo, { width, height });
  return { kind: 'made', mediaType: encoder.mediaType, width, height, blur, sizes };
}

async function keepFrames(
  { metadata, decode }: Source,
  encoder: Encoder,
  { path, photo }: { readonly path: string; readonly photo: string },
): Promise<Dimensions> {
  const { width, height, pageHeight = height } = metadata;
  if (isEncodedAgain(metadata)) await encoder.encode(decode()).toFile(photo);
  else await copyGif(path, photo);
  return { width, height: pageHeight };
}

/** Scales before it turns: turning needs the whole picture in memory. */
async function encodeStill(source: Source, encoder: Encoder, to: string): Promise<Dimensions> {
  const { width, height } = keptDimensions(source.metadata, encoder.maxSide);
  const small = source.decode().resize({ width, height, fit: 'fill' });
  return encoder.encode(turnUpright(small, source.metadata.orientation)).toFile(to);
}

/** The first frame of what was just encoded. */
const still = (path: string): Sharp =>
  sharp(path, { failOn: 'error', limitInputPixels: false, sequentialRead: true });

async function writeThumbnail(photo: string, to: string): Promise<string> {
  const { width, height } = await still(photo).metadata();
  const size = fitted({ width, height }, THUMBNAIL_SIDE);
  await still(photo)
    .resize({ ...size, fit: 'fill' })
    .webp({ quality: 75 })
    .toFile(to);
  const { data, info } = await still(to)
    .resize({ width: BLUR_SIDE, height: BLUR_SIDE, fit: 'inside' })
    .flatten({ background: '#ffffff' })
    .toColourspace('srgb')
    .raw()
    .toBuffer({ resolveWithObject: true });
  const wide = info.width >= info.height;
  return encodeBlur({ ...info, rgb: data }, wide ? 4 : 3, wide ? 3 : 4);
}

async function writeSizes(
  { drafts }: PictureJob,
  photo: string,
  whole: Dimensions,
): Promise<readonly PictureSize[]> {
  const made: PictureSize[] = [];
  for (const width of SIZE_WIDTHS) {
    const size = ofWidth(whole, width);
    if (width >= whole.width || size.height > WEBP.maxSide) continue;
    const image = still(photo).resize({ ...size, fit: 'fill' });
    await image.webp({ quality: 80 }).toFile(`${drafts}-${width}`);
    made.push(`${width}`);
  }
  await writePreview(photo, `${drafts}-preview`, whole);
  return [...made, 'preview'];
}

/** For programs that show links: a JPEG, because they know it all, of a size that they take. */
async function writePreview(photo: string, to: string, whole: Dimensions): Promise<void> {
  const size = previewDimensions(whole);
  for (const quality of PREVIEW_QUALITIES) {
    await still(photo)
      .resize({ ...size, fit: 'cover', position: 'top' })
      .flatten({ background: '#ffffff' })
      .jpeg({ quality })
      .toFile(to);
    if ((await stat(to)).size <= MAX_PREVIEW_BYTES) return;
  }
}

function faultOf(error: unknown): PictureFault {
  if (error instanceof PictureError) return error.fault;
  const message = error instanceof Error ? error.message : '';
  if (/unsupported image format/i.test(message)) return 'format';
  if (/exceeds|too large|memory/i.test(message)) return 'too_large';
  return 'damaged';
}
