import { closeSync, fdatasyncSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';

/** The floor of durability: bytes at the end of one file, then fdatasync; rows a second. */
export function rawAppend(directory: string, rowsPerSync: number, forMs: number): number {
  const file = openSync(join(directory, `raw-${rowsPerSync}`), 'a');
  const bytes = new Uint8Array(300 * rowsPerSync).fill(65);
  const startedMs = performance.now();
  let rows = 0;
  while (performance.now() - startedMs < forMs) {
    writeSync(file, bytes);
    fdatasyncSync(file);
    rows += rowsPerSync;
  }
  closeSync(file);
  return rows / ((performance.now() - startedMs) / 1_000);
}
