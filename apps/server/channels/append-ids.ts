import type { Runtime } from '../runtime.ts';

/** A fresh append id for an entry of the server's own: UUIDv7, so that ids grow with time. */
export function newAppendId(runtime: Runtime): Uint8Array {
  const id = runtime.randomBytes(16);
  const view = new DataView(id.buffer);
  const now = Math.max(0, runtime.now());
  view.setUint32(0, Math.floor(now / 0x1_0000));
  view.setUint16(4, now % 0x1_0000);
  view.setUint8(6, (view.getUint8(6) & 0x0f) | 0x70);
  view.setUint8(8, (view.getUint8(8) & 0x3f) | 0x80);
  return id;
}
