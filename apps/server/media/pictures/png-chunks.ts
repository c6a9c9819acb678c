import { open } from 'node:fs/promises';

const MAX_CHUNKS = 1_000;

/** Whether a PNG has frames (https://www.w3.org/TR/png-3/#acTL-chunk): the library knows the first only. */
export async function isAnimatedPng(path: string): Promise<boolean> {
  const file = await open(path, 'r');
  try {
    const header = Buffer.alloc(12);
    for (let at = 8, chunks = 0; chunks < MAX_CHUNKS; chunks++) {
      const { bytesRead } = await file.read(header, 0, 12, at);
      const type = header.toString('latin1', 4, 8);
      if (bytesRead < 12 || type === 'IDAT' || type === 'IEND') return false;
      if (type === 'acTL') return header.readUInt32BE(8) > 1;
      at += header.readUInt32BE(0) + 12;
    }
    return false;
  } finally {
    await file.close();
  }
}
