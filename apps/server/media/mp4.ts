import type { FileWindow } from './file-window.ts';
import { type Box, boxesIn, inside } from './mp4-boxes.ts';
import { sampleRanges } from './mp4-samples.ts';
import { rejected } from './refusal.ts';

export type Picture = { readonly width: number; readonly height: number };
export type Container = { readonly video: Picture | undefined; readonly audio: boolean };

/** Where cameras write places, names and serial numbers: user data, metadata, XMP in `uuid`. */
const PRIVATE = new Set(['udta', 'meta', 'uuid', 'ilst', 'loci', 'Xtra', 'XMP_']);
/** Tracks that play; others, such as positions by the second, are emptied. */
const PLAYED = new Set(['vide', 'soun', 'text', 'sbtl', 'subt', 'clcp', 'tmcd']);
const FREE = Buffer.from('free', 'latin1');

/**
 * Checks that a file is an MP4 or QuickTime file with something to play and takes out, in place, what
 * tells of the one who filmed. Nothing moves: what is taken out becomes free space. Doing it again
 * changes nothing. Throws `media_rejected`.
 */
export async function cleanMp4(file: FileWindow): Promise<Container> {
  const top = await boxesIn(file, 0, file.size);
  const movies = top.filter(({ type }) => type === 'moov');
  const [movie] = movies;
  if (!movie || movies.length > 1) throw rejected('damaged', 'the video has no index, or several');
  const fragmented = top.some(({ type }) => type === 'moof');
  let found: Container = { video: undefined, audio: false };
  for (const box of await inside(file, movie)) {
    if (box.type === 'trak') found = await cleanTrack(file, box, { found, fragmented });
    else if (PRIVATE.has(box.type)) await free(file, box);
  }
  for (const box of top) if (PRIVATE.has(box.type)) await free(file, box);
  return found;
}

async function cleanTrack(
  file: FileWindow,
  track: Box,
  { found, fragmented }: { readonly found: Container; readonly fragmented: boolean },
): Promise<Container> {
  const boxes = await inside(file, track);
  const media = boxes.find(({ type }) => type === 'mdia');
  const handler = (media && (await handlerOf(file, media))) ?? '';
  if (!media || !PLAYED.has(handler)) {
    if (fragmented) throw rejected('damaged', 'the video contains metadata that cannot be removed');
    await empty(file, track, media);
    return found;
  }
  for (const box of [...boxes, ...(await inside(file, media))]) {
    if (PRIVATE.has(box.type)) await free(file, box);
  }
  if (handler === 'soun') return { ...found, audio: true };
  if (handler !== 'vide' || found.video) return found;
  return { ...found, video: await pictureOf(file, boxes) };
}

async function empty(file: FileWindow, track: Box, media: Box | undefined): Promise<void> {
  if (media) for (const range of await sampleRanges(file, media)) await file.zero(...range);
  await free(file, track);
}

/** ISO/IEC 14496-12 §8.4.3: the four letters after version, flags and a zero. */
async function handlerOf(file: FileWindow, media: Box): Promise<string | undefined> {
  const box = (await inside(file, media)).find(({ type }) => type === 'hdlr');
  const bytes = box && (await file.read(box.start + box.headerBytes + 8, 4));
  return bytes?.toString('latin1');
}

/** §8.3.2: width and height end the track header, as 16.16 fixed point, before any rotation. */
async function pictureOf(file: FileWindow, track: readonly Box[]): Promise<Picture> {
  const header = track.find(({ type }) => type === 'tkhd');
  const bytes = header && (await file.read(header.end - 44, 44));
  if (!bytes || !header || header.end - header.start < 44 + header.headerBytes) {
    throw rejected('damaged', 'the video does not contain its dimensions');
  }
  const width = bytes.readUInt32BE(36) >>> 16;
  const height = bytes.readUInt32BE(40) >>> 16;
  // The matrix of a quarter turn has nothing on its diagonal.
  const turned = bytes.readInt32BE(0) === 0 && bytes.readInt32BE(16) === 0;
  return turned ? { width: height, height: width } : { width, height };
}

async function free(file: FileWindow, box: Box): Promise<void> {
  await file.write(box.start + 4, FREE);
  await file.zero(box.start + box.headerBytes, box.end - box.start - box.headerBytes);
}
