import type { FileWindow } from './file-window.ts';
import { rejected } from './refusal.ts';

/** A box of the ISO base media file format (ISO/IEC 14496-12 §4.2). */
export type Box = {
  readonly type: string;
  readonly start: number;
  readonly headerBytes: number;
  readonly end: number;
};

const MAX_BOXES = 100_000;

/** Boxes that lie side by side in a range. Throws `media_rejected` where one leaves the range. */
export async function boxesIn(file: FileWindow, start: number, end: number): Promise<Box[]> {
  const boxes: Box[] = [];
  for (let at = start; at + 8 <= end; ) {
    const box = await boxAt(file, at, end);
    boxes.push(box);
    if (boxes.length > MAX_BOXES) throw rejected('damaged', 'the video has too many parts');
    at = box.end;
  }
  return boxes;
}

export function inside(file: FileWindow, box: Box): Promise<Box[]> {
  return boxesIn(file, box.start + box.headerBytes, box.end);
}

async function boxAt(file: FileWindow, start: number, limit: number): Promise<Box> {
  const header = await file.read(start, 8);
  if (!header) throw cutShort();
  const type = header.toString('latin1', 4, 8);
  const short = header.readUInt32BE(0);
  if (short === 0) return { type, start, headerBytes: 8, end: limit };
  if (short !== 1) return checked({ type, start, headerBytes: 8, end: start + short }, limit);
  const long = await file.read(start + 8, 8);
  if (!long) throw cutShort();
  return checked(
    { type, start, headerBytes: 16, end: start + Number(long.readBigUInt64BE()) },
    limit,
  );
}

function checked(box: Box, limit: number): Box {
  if (box.end >= box.start + box.headerBytes && box.end <= limit) return box;
  throw cutShort();
}

function cutShort() {
  return rejected('damaged', 'the video is damaged or incomplete');
}
