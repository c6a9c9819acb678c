import { decode } from 'blurhash';

/** Enough for something that is stretched and has no edges. */
const width = 32;
const pixels = new Map<string, ImageData>();
const maxKept = 200;

/** Paints a BlurHash over the whole canvas; one that cannot be read leaves it empty. */
export function paintBlur(canvas: HTMLCanvasElement, blur: string, ratio: number): void {
  const height = Math.max(1, Math.min(64, Math.round(width / ratio)));
  const image = imageOf(blur, height);
  if (!image) return;
  canvas.width = width;
  canvas.height = height;
  canvas.getContext('2d')?.putImageData(image, 0, 0);
}

function imageOf(blur: string, height: number): ImageData | undefined {
  const key = `${height} ${blur}`;
  const known = pixels.get(key);
  if (known) return known;
  try {
    const image = new ImageData(new Uint8ClampedArray(decode(blur, width, height)), width, height);
    if (pixels.size >= maxKept) pixels.clear();
    pixels.set(key, image);
    return image;
  } catch {
    return undefined;
  }
}
