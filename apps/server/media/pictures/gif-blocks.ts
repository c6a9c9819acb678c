import { open, readFile, stat } from 'node:fs/promises';
import { PictureError } from './picture.ts';

const MAX_FILE_BYTES = 100_000_000;
const MAX_FRAMES = 10_000;
const EXTENSION = 0x21;
const IMAGE = 0x2c;
const TRAILER = 0x3b;
const GRAPHIC_CONTROL = 0xf9;
const APPLICATION = 0xff;

/**
 * Copies what an animation is made of (GIF89a §17–26): screen, colours, frames, their times, and how
 * often it repeats. Comments, texts and data of programs are left out, and so is all behind the end.
 * For animations whose frames are too many to be encoded again. Throws `damaged` or `too_large`.
 */
export async function copyGif(path: string, to: string): Promise<void> {
  if ((await stat(path)).size > MAX_FILE_BYTES) throw new PictureError('too_large');
  const bytes = await readFile(path);
  const kept = keptRanges(bytes);
  const file = await open(to, 'w', 0o600);
  try {
    for (const [start, end] of kept) await file.write(bytes, start, end - start);
  } finally {
    await file.close();
  }
}

type Range = readonly [start: number, end: number];

function keptRanges(bytes: Buffer): readonly Range[] {
  let at = 13 + coloursAt(bytes, 10);
  const kept: Range[] = [[0, at]];
  for (let frames = 0; ; ) {
    const start = at;
    switch (byteAt(bytes, at)) {
      case TRAILER:
        return [...kept, [at, at + 1]];
      case IMAGE:
        at = afterBlocks(bytes, at + 11 + coloursAt(bytes, at + 9));
        kept.push([start, at]);
        if (++frames > MAX_FRAMES) throw new PictureError('too_large');
        break;
      case EXTENSION:
        at = afterBlocks(bytes, at + 2);
        if (isPlayed(bytes, start)) kept.push([start, at]);
        break;
      default:
        throw new PictureError('damaged');
    }
  }
}

/** The times of a frame, or the number of repetitions. */
function isPlayed(bytes: Buffer, at: number): boolean {
  const label = byteAt(bytes, at + 1);
  if (label === GRAPHIC_CONTROL) return byteAt(bytes, at + 2) === 4;
  const name = bytes.toString('latin1', at + 3, at + 14);
  const repeats = name === 'NETSCAPE2.0' || name === 'ANIMEXTS1.0';
  return label === APPLICATION && repeats && byteAt(bytes, at + 14) === 3;
}

/** Bytes of the colour table that the packed field at this place announces. */
function coloursAt(bytes: Buffer, at: number): number {
  const packed = byteAt(bytes, at);
  return packed & 0x80 ? 3 * 2 ** ((packed & 0x07) + 1) : 0;
}

function afterBlocks(bytes: Buffer, start: number): number {
  let at = start;
  for (;;) {
    const length = byteAt(bytes, at);
    at += length + 1;
    if (length === 0) return at;
  }
}

function byteAt(bytes: Buffer, at: number): number {
  const byte = bytes[at];
  if (byte === undefined) throw new PictureError('damaged');
  return byte;
}
