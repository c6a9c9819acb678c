import sharp, { type Metadata, type Sharp } from 'sharp';
import { encodeBlur } from './blur.ts';
import { rejected } from './refusal.ts';

export type Photo = {
  readonly bytes: Buffer;
  readonly mediaType: string;
  readonly width: number;
  readonly height: number;
  readonly blur: string;
  readonly thumbnail: Buffer;
};

/** Largest picture that is decoded; of an animation all frames together. */
const MAX_PIXELS = 100_000_000;
/** A photo is shown on screens: larger ones are scaled down. */
const MAX_SIDE = 4_096;
const THUMBNAIL_SIDE = 320;
const BLUR_SIDE = 32;
const MAX_SECONDS = 30;

// One thread a picture: the machine's others belong to the log.
sharp.concurrency(1);
sharp.cache(false);

const ENCODERS: Readonly<Record<string, { mediaType: string; encode: (image: Sharp) => Sharp }>> = {
  jpeg: { mediaType: 'image/jpeg', encode: (image) => image.jpeg({ quality: 88 }) },
  png: { mediaType: 'image/png', encode: (image) => image.png() },
  gif: { mediaType: 'image/gif', encode: (image) => image.gif() },
  webp: { mediaType: 'image/webp', encode: (image) => image.webp({ quality: 88 }) },
  // Slow to make and not shown everywhere: kept as WebP.
  heif: { mediaType: 'image/webp', encode: (image) => image.webp({ quality: 88 }) },
};

/**
 * Decodes a picture and encodes it again, upright and without anything but pixels: no place, no
 * camera, no profile, no second file behind it. Throws `media_rejected`.
 */
export async function makePhoto(path: string): Promise<Photo> {
  try {
    const metadata = await open(path).metadata();
    const encoder = ENCODERS[metadata.format];
    if (!encoder) throw rejected('pictures are JPEG, PNG, GIF, WebP or AVIF');
    const image = encoder.encode(upright(path, metadata));
    const { data, info } = await image
      .timeout({ seconds: MAX_SECONDS })
      .toBuffer({ resolveWithObject: true });
    return {
      bytes: data,
      mediaType: encoder.mediaType,
      width: info.width,
      height: info.pageHeight ?? info.height,
      ...(await preview(data)),
    };
  } catch (error) {
    if (error instanceof Error && 'code' in error) throw error;
    throw rejected('the picture is damaged, too large, or no picture', error);
  }
}

function open(source: string | Buffer, animated = false): Sharp {
  return sharp(source, { limitInputPixels: MAX_PIXELS, failOn: 'error', animated });
}

function upright(path: string, { pages = 1 }: Metadata): Sharp {
  const image = open(path, pages > 1);
  const fitted = {
    width: MAX_SIDE,
    height: MAX_SIDE,
    fit: 'inside',
    withoutEnlargement: true,
  } as const;
  return pages > 1 ? image : image.autoOrient().resize(fitted);
}

async function preview(photo: Buffer): Promise<Pick<Photo, 'blur' | 'thumbnail'>> {
  const small = open(photo).resize({
    width: THUMBNAIL_SIDE,
    height: THUMBNAIL_SIDE,
    fit: 'inside',
    withoutEnlargement: true,
  });
  const thumbnail = await small.webp({ quality: 75 }).timeout({ seconds: MAX_SECONDS }).toBuffer();
  const { data, info } = await open(thumbnail)
    .resize({ width: BLUR_SIDE, height: BLUR_SIDE, fit: 'inside' })
    .flatten({ background: '#ffffff' })
    .toColourspace('srgb')
    .raw()
    .toBuffer({ resolveWithObject: true });
  const wide = info.width >= info.height;
  const blur = encodeBlur({ ...info, rgb: data }, wide ? 4 : 3, wide ? 3 : 4);
  return { thumbnail, blur };
}
