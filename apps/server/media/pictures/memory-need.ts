import type { Metadata } from 'sharp';
import { PictureError } from './picture.ts';

/** What decoding may hold at once; the process itself and the encoders need about 200 MB more. */
const MAX_DECODING_BYTES = 150_000_000;
/** Also of pictures that are decoded line by line: they take time. */
const MAX_PIXELS = 250_000_000;
/** All frames of an animation together, and one of them. */
const MAX_ANIMATION_PIXELS = 1_000_000_000;
const MAX_FRAME_PIXELS = 16_777_216;
/** All frames of what is encoded again: encoders of animations are slow. */
const MAX_ENCODED_PIXELS = 16_777_216;

/** Throws `too_large` for what could not be decoded within the bounds of memory and time. */
export function requireDecodable(metadata: Metadata): void {
  const { width, height, format, pages = 1, pageHeight = height } = metadata;
  if (isAnimation(metadata)) {
    const frame = width * pageHeight;
    if (frame * pages > MAX_ANIMATION_PIXELS || frame > MAX_FRAME_PIXELS) throw tooLarge();
    if (format === 'webp' && !isEncodedAgain(metadata)) throw tooLarge();
    return;
  }
  if (width * height > MAX_PIXELS) throw tooLarge();
  if (decodingBytes(metadata) > MAX_DECODING_BYTES) throw tooLarge();
}

/** Whether an animation is small enough to be decoded and encoded as a whole. */
export function isEncodedAgain({
  width,
  height,
  pages = 1,
  pageHeight = height,
}: Metadata): boolean {
  return width * pageHeight * pages <= MAX_ENCODED_PIXELS;
}

export function isAnimation({ format, pages = 1 }: Metadata): boolean {
  return pages > 1 && (format === 'gif' || format === 'webp');
}

/** Bytes of pixels or coefficients that the decoder of this format holds at once. */
function decodingBytes(metadata: Metadata): number {
  const { width, height, format, isProgressive, chromaSubsampling } = metadata;
  const pixels = width * height;
  const samples = bytesPerPixel(metadata);
  switch (format) {
    case 'jpeg':
      // Baseline is decoded line by line; of a progressive one every coefficient is held.
      if (!isProgressive) return 0;
      return pixels * 2 * (chromaSubsampling === '4:2:0' ? 1.5 : samples);
    case 'png':
      return isProgressive ? pixels * samples : 0;
    case 'webp':
      return pixels * 4;
    case 'heif':
      // Planes of 16 bits, and the pixels made of them.
      return pixels * (3 + samples);
    default:
      // GIF and most TIFFs are decoded line by line; who writes a TIFF as one strip meets the watch.
      return 0;
  }
}

function bytesPerPixel({ channels, depth }: Metadata): number {
  const bytes: Readonly<Record<string, number>> = { uchar: 1, char: 1, ushort: 2, short: 2 };
  return channels * (bytes[depth] ?? 4);
}

function tooLarge(): PictureError {
  return new PictureError('too_large');
}
