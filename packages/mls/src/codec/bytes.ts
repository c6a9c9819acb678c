import { UsageError } from '../errors.ts';

const highestAscii = 0x7f;

/**
 * Bytes of an ASCII string. Labels of RFC 9420 are ASCII: other characters are refused, since a cut
 * or normalized character would make two labels equal.
 * @throws UsageError `label-not-ascii`.
 */
export function ascii(text: string): Uint8Array {
  const bytes = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code > highestAscii) throw new UsageError('label-not-ascii', 'A label must be ASCII');
    bytes[i] = code;
  }
  return bytes;
}

export const emptyBytes: Uint8Array = new Uint8Array(0);

export function concatBytes(...parts: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    bytes.set(part, offset);
    offset += part.length;
  }
  return bytes;
}

/** Equality for public values; stops at the first difference. */
export function equalBytes(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}

/**
 * Equality for secrets and authenticators: looks at every byte whatever it finds. Portable
 * JavaScript gives no promise of constant time; this avoids only the early exit.
 */
export function equalSecrets(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false;
  let difference = 0;
  for (let i = 0; i < a.length; i++) difference |= (a[i] ?? 0) ^ (b[i] ?? 0);
  return difference === 0;
}

/** Bytes converted per call: the engine bounds the number of arguments. */
const keyChunkBytes = 4096;

/** A map key for a byte string: one character for each byte. */
export function keyOf(bytes: Uint8Array): string {
  if (bytes.length <= keyChunkBytes) return String.fromCharCode(...bytes);
  const parts: string[] = [];
  for (let start = 0; start < bytes.length; start += keyChunkBytes) {
    parts.push(String.fromCharCode(...bytes.subarray(start, start + keyChunkBytes)));
  }
  return parts.join('');
}

/** The bytes of a map key. */
export function bytesOfKey(key: string): Uint8Array {
  return Uint8Array.from(key, (character) => character.charCodeAt(0));
}

/** Overwrites secrets. */
export function erase(...secrets: readonly (Uint8Array | undefined)[]): void {
  for (const secret of secrets) secret?.fill(0);
}
