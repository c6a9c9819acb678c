import type { RecordStore } from '../store/port.ts';

/** An upload that the server has opened and not all bytes have reached. */
export interface OpenUpload {
  readonly mediaId: string;
  /** Relative to the server's origin. */
  readonly uploadPath: string;
  readonly ticket: string;
  /** Milliseconds since the epoch. */
  readonly expiresAt: number;
}

export async function readOpenUpload(
  records: RecordStore,
  key: string,
): Promise<OpenUpload | undefined> {
  const text = (await records.get('upload', [key])).get(key);
  if (text === undefined) return undefined;
  const value: unknown = JSON.parse(text);
  return isOpenUpload(value) ? value : undefined;
}

export async function writeOpenUpload(
  records: RecordStore,
  key: string,
  upload: OpenUpload,
): Promise<void> {
  await records.put('upload', new Map([[key, JSON.stringify(upload)]]));
}

function isOpenUpload(value: unknown): value is OpenUpload {
  if (typeof value !== 'object' || value === null) return false;
  const fields = new Map(Object.entries(value));
  const texts = ['mediaId', 'uploadPath', 'ticket'].every(
    (name) => typeof fields.get(name) === 'string',
  );
  return texts && typeof fields.get('expiresAt') === 'number';
}
