import type { IncomingHttpHeaders } from 'node:http';

export type ByteRange = { readonly start: number; readonly end: number };

const ONE_RANGE = /^bytes=(\d{0,15})-(\d{0,15})$/;

/**
 * The one range that is asked for, both ends included (RFC 9110 §14). Undefined: send everything, as
 * for several ranges, other units and versions.
 */
export function byteRange(
  headers: IncomingHttpHeaders,
  { size, etag }: { readonly size: number; readonly etag: string },
): ByteRange | 'unsatisfiable' | undefined {
  const condition = headers['if-range'];
  if (condition !== undefined && condition !== etag) return undefined;
  const [match, first = '', last = ''] = ONE_RANGE.exec(headers.range?.trim() ?? '') ?? [];
  if (match === undefined || (first === '' && last === '')) return undefined;
  if (first === '') return fromTo(size - Math.min(size, Number(last)), size - 1, size);
  const end = last === '' ? Number.MAX_SAFE_INTEGER : Number(last);
  if (end < Number(first)) return undefined;
  return fromTo(Number(first), Math.min(end, size - 1), size);
}

function fromTo(start: number, end: number, size: number): ByteRange | 'unsatisfiable' {
  return start < size && start <= end ? { start, end } : 'unsatisfiable';
}
