import { open, readFile } from 'node:fs/promises';
import { decode } from 'bmp-ts';
import { PictureError, type RawPixels } from './picture.ts';

/** The decoder holds the file and four bytes a pixel. */
const MAX_BYTES = 200_000_000;

/** Decodes a Windows bitmap. Throws `damaged` or `too_large`. */
export async function readBmp(path: string): Promise<RawPixels> {
  await requireSmall(path);
  const { data, width, height } = decode(await readFile(path), { toRGBA: true });
  // Its fourth byte is padding more often than it is opacity.
  for (let at = 3; at < data.length; at += 4) data[at] = 255;
  return { data, width, height: Math.abs(height), channels: 4 };
}

async function requireSmall(path: string): Promise<void> {
  const file = await open(path, 'r');
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(26), 0, 26, 0);
    if (bytesRead < 26) throw new PictureError('damaged');
    const pixels = Math.abs(buffer.readInt32LE(18) * buffer.readInt32LE(22));
    const { size } = await file.stat();
    if (pixels === 0) throw new PictureError('damaged');
    if (pixels * 4 + size > MAX_BYTES) throw new PictureError('too_large');
  } finally {
    await file.close();
  }
}
