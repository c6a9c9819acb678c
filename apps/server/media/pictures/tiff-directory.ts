import { type FileHandle, open } from 'node:fs/promises';

/** TIFF 6.0 §2 and DNG 1.6: tags that tell the files of cameras from pictures. */
const NEW_SUBFILE_TYPE = 254;
const SUB_DIRECTORIES = 330;
const DNG_VERSION = 50_706;

/**
 * Whether a TIFF is the raw file of a camera. What the library would show of it is the small picture
 * for the camera's display.
 */
export async function isCameraRaw(path: string): Promise<boolean> {
  const file = await open(path, 'r');
  try {
    return await directorySaysRaw(file);
  } finally {
    await file.close();
  }
}

async function directorySaysRaw(file: FileHandle): Promise<boolean> {
  const header = await read(file, 0, 10);
  if (header === undefined) return false;
  const little = header.toString('latin1', 0, 2) === 'II';
  if (header.toString('latin1', 8, 10) === 'CR') return true;
  const short = (bytes: Buffer, at: number) =>
    little ? bytes.readUInt16LE(at) : bytes.readUInt16BE(at);
  const long = (bytes: Buffer, at: number) =>
    little ? bytes.readUInt32LE(at) : bytes.readUInt32BE(at);
  if (short(header, 2) !== 42) return false;
  const start = long(header, 4);
  const count = await read(file, start, 2);
  const entries = count && (await read(file, start + 2, short(count, 0) * 12));
  for (let at = 0; entries !== undefined && at < entries.length; at += 12) {
    const tag = short(entries, at);
    if (tag === DNG_VERSION || tag === SUB_DIRECTORIES) return true;
    if (tag === NEW_SUBFILE_TYPE && (long(entries, at + 8) & 1) === 1) return true;
  }
  return false;
}

async function read(file: FileHandle, at: number, length: number): Promise<Buffer | undefined> {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, at);
  return bytesRead === length ? buffer : undefined;
}
