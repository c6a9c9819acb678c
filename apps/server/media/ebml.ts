import type { FileWindow } from './file-window.ts';
import type { Container, Picture } from './mp4.ts';
import { rejected } from './refusal.ts';

/** An element of EBML (RFC 8794 §4): Matroska and WebM are made of them. */
type Element = {
  readonly id: number;
  readonly start: number;
  readonly body: number;
  /** Undefined: goes on until what cannot lie within it. */
  readonly end: number | undefined;
};

const HEADER = 0x1a45dfa3;
const SEGMENT = 0x18538067;
const CLUSTER = 0x1f43b675;
const TRACKS = 0x1654ae6b;
const TRACK_ENTRY = 0xae;
const TRACK_TYPE = 0x83;
const VIDEO = 0xe0;
const PIXEL_WIDTH = 0xb0;
const PIXEL_HEIGHT = 0xba;
/** Tags, where places and names are written, and attached files. */
const PRIVATE = new Set([0x1254c367, 0x1941a469]);
const MAX_ELEMENTS = 500_000;

/**
 * Checks that a file is Matroska or WebM with something to play and voids tags and attachments in
 * place (RFC 9559 §5.1.8, §5.1.6). Throws `media_rejected`.
 */
export async function cleanEbml(file: FileWindow): Promise<Container> {
  let found: Container = { video: undefined, audio: false };
  let seen = 0;
  let headers = 0;
  for (let at = 0; at < file.size; ) {
    const element = await elementAt(file, at);
    if (++seen > MAX_ELEMENTS) throw rejected('damaged', 'the video has too many parts');
    if (element.id === HEADER) headers += 1;
    if (element.id === TRACKS) found = await readTracks(file, element);
    if (PRIVATE.has(element.id)) await makeVoid(file, element);
    at = next(element);
  }
  if (headers !== 1) throw rejected('damaged', 'the video consists of several files');
  return found;
}

/** Segments and clusters of live recordings have no length: their children follow as siblings. */
function next({ id, body, end }: Element): number {
  if (id === SEGMENT || (id === CLUSTER && end === undefined)) return body;
  if (end === undefined) throw damaged();
  return end;
}

async function readTracks(file: FileWindow, tracks: Element): Promise<Container> {
  let video: Picture | undefined;
  let audio = false;
  for (const entry of await children(file, tracks, TRACK_ENTRY)) {
    const [type] = await children(file, entry, TRACK_TYPE);
    const kind = type && (await numberIn(file, type));
    if (kind === 2) audio = true;
    if (kind === 1) video ??= await pictureOf(file, entry);
  }
  return { video, audio };
}

async function pictureOf(file: FileWindow, entry: Element): Promise<Picture> {
  const [video] = await children(file, entry, VIDEO);
  const [width] = video ? await children(file, video, PIXEL_WIDTH) : [];
  const [height] = video ? await children(file, video, PIXEL_HEIGHT) : [];
  if (!width || !height) throw rejected('damaged', 'the video does not contain its dimensions');
  return { width: await numberIn(file, width), height: await numberIn(file, height) };
}

async function children(file: FileWindow, parent: Element, id: number): Promise<Element[]> {
  const { body, end } = parent;
  if (end === undefined) throw damaged();
  const found: Element[] = [];
  for (let at = body, seen = 0; at < end; seen++) {
    const element = await elementAt(file, at);
    if (element.end === undefined || element.end > end || seen > MAX_ELEMENTS) throw damaged();
    if (element.id === id) found.push(element);
    at = element.end;
  }
  return found;
}

async function numberIn(file: FileWindow, { body, end = body }: Element): Promise<number> {
  const length = end - body;
  const bytes = length >= 1 && length <= 6 ? await file.read(body, length) : undefined;
  if (!bytes) throw damaged();
  return bytes.readUIntBE(0, length);
}

async function elementAt(file: FileWindow, start: number): Promise<Element> {
  const head = await file.read(start, Math.min(12, file.size - start));
  const idBytes = head ? Math.clz32(head[0] ?? 0) - 23 : 9;
  if (!head || idBytes > 4 || head.length <= idBytes) throw damaged();
  const id = head.readUIntBE(0, idBytes);
  const first = head[idBytes] ?? 0;
  const sizeBytes = Math.clz32(first) - 23;
  if (sizeBytes > 8 || head.length < idBytes + sizeBytes) throw damaged();
  const body = start + idBytes + sizeBytes;
  const size = sizeOf(head.subarray(idBytes, idBytes + sizeBytes));
  if (size === undefined) return { id, start, body, end: undefined };
  if (body + size > file.size) throw damaged();
  return { id, start, body, end: body + size };
}

/** The length after its marker bit; all ones say that it is not known. */
function sizeOf(bytes: Buffer): number | undefined {
  const first = (bytes[0] ?? 0) & ((1 << (8 - bytes.length)) - 1);
  let size = BigInt(first);
  for (const byte of bytes.subarray(1)) size = size * 256n + BigInt(byte);
  const unknown = (1n << BigInt(7 * bytes.length)) - 1n;
  return size === unknown ? undefined : Number(size);
}

/** RFC 8794 §11.3.2: a Void element of the same length takes its place. */
async function makeVoid(file: FileWindow, { start, end }: Element): Promise<void> {
  if (end === undefined) throw damaged();
  const total = end - start;
  const head = total >= 9 ? Buffer.alloc(9) : Buffer.alloc(2);
  head[0] = 0xec;
  if (total >= 9) {
    head.writeBigUInt64BE(BigInt(total - 9) | (1n << 56n), 1);
  } else head[1] = 0x80 | (total - 2);
  await file.write(start, head);
  await file.zero(start + head.length, total - head.length);
}

function damaged() {
  return rejected('damaged', 'the video is damaged or incomplete');
}
