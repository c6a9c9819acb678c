import type { ByteSource } from '@heliogram/client';

/** A file of the browser as bytes to upload, read piece by piece. */
export function blobSource(blob: Blob): ByteSource {
  return {
    size: blob.size,
    read: async (offset, length) =>
      new Uint8Array(await blob.slice(offset, offset + length).arrayBuffer()),
  };
}
