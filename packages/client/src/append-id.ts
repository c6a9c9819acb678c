import type { RandomSource } from './ports.ts';

/**
 * A new append id: 16 bytes in the layout of UUIDv7 (RFC 9562 §5.7), so that ids of one client sort by
 * the time they were made, which keeps the server's index append-only.
 */
export function newAppendId(nowMs: number, random: RandomSource): Uint8Array {
  const id = random.bytes(16);
  let rest = nowMs;
  for (let i = 5; i >= 0; i--) {
    id[i] = rest % 256;
    rest = Math.floor(rest / 256);
  }
  id[6] = 0x70 | ((id[6] ?? 0) & 0x0f);
  id[8] = 0x80 | ((id[8] ?? 0) & 0x3f);
  return id;
}
