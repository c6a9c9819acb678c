import type { FileWindow } from './file-window.ts';
import { type Box, inside } from './mp4-boxes.ts';
import { rejected } from './refusal.ts';

export type ByteRange = readonly [offset: number, length: number];

const MAX_SAMPLES = 2_000_000;

/** Where the samples of a track lie in the file (ISO/IEC 14496-12 §8.7). Throws `media_rejected`. */
export async function sampleRanges(file: FileWindow, media: Box): Promise<readonly ByteRange[]> {
  const information = await child(file, media, 'minf');
  const table = information && (await child(file, information, 'stbl'));
  if (!table) return [];
  const chunks = await chunkOffsets(file, table);
  const perChunk = await samplesPerChunk(file, table, chunks.length);
  const sizeOf = await sampleSizes(file, table);
  let sample = 0;
  return chunks.map((offset, index) => {
    let length = 0;
    for (let count = perChunk[index] ?? 0; count > 0; count--) length += sizeOf(sample++);
    if (offset + length > file.size) throw damaged();
    return [offset, length] as const;
  });
}

async function child(file: FileWindow, box: Box, type: string): Promise<Box | undefined> {
  return (await inside(file, box)).find((inner) => inner.type === type);
}

async function chunkOffsets(file: FileWindow, table: Box): Promise<number[]> {
  const short = await rows(file, await child(file, table, 'stco'), 4);
  if (short) return short.map((row) => row.readUInt32BE(0));
  const long = await rows(file, await child(file, table, 'co64'), 8);
  return (long ?? []).map((row) => Number(row.readBigUInt64BE(0)));
}

/** Runs of chunks with as many samples each, spelt out. */
async function samplesPerChunk(file: FileWindow, table: Box, chunks: number): Promise<number[]> {
  const runs = (await rows(file, await child(file, table, 'stsc'), 12)) ?? [];
  const counts: number[] = [];
  let total = 0;
  runs.forEach((run, index) => {
    const next = runs[index + 1]?.readUInt32BE(0) ?? chunks + 1;
    for (let chunk = run.readUInt32BE(0); chunk < next && counts.length < chunks; chunk++) {
      counts.push(run.readUInt32BE(4));
      total += run.readUInt32BE(4);
      if (total > MAX_SAMPLES) throw damaged();
    }
  });
  return counts;
}

async function sampleSizes(file: FileWindow, table: Box): Promise<(sample: number) => number> {
  const box = await child(file, table, 'stsz');
  const head = box && (await file.read(box.start + box.headerBytes, 12));
  if (!box || !head) return () => 0;
  const same = head.readUInt32BE(4);
  if (same !== 0) return () => same;
  const count = head.readUInt32BE(8);
  if (count > MAX_SAMPLES) throw damaged();
  const sizes = await file.read(box.start + box.headerBytes + 12, count * 4);
  if (!sizes) throw damaged();
  return (sample) => (sample < count ? sizes.readUInt32BE(sample * 4) : 0);
}

/** The rows of a full box: version, flags, how many, then each of the same length. */
async function rows(
  file: FileWindow,
  box: Box | undefined,
  rowBytes: number,
): Promise<Buffer[] | undefined> {
  if (!box) return undefined;
  const at = box.start + box.headerBytes;
  const head = await file.read(at, 8);
  const count = head?.readUInt32BE(4) ?? 0;
  if (count > MAX_SAMPLES || at + 8 + count * rowBytes > box.end) throw damaged();
  const bytes = await file.read(at + 8, count * rowBytes);
  if (!bytes) throw damaged();
  return Array.from({ length: count }, (_, row) =>
    bytes.subarray(row * rowBytes, (row + 1) * rowBytes),
  );
}

function damaged() {
  return rejected('damaged', 'the video is damaged or incomplete');
}
