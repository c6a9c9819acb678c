import { ContentError } from '../errors.ts';

/** Bytes of `text` as UTF-8. Refuses lone surrogates, which have no UTF-8. */
export function encodeUtf8(text: string): Uint8Array {
  const bytes = new Uint8Array(utf8Length(text));
  writeUtf8(text, bytes, 0);
  return bytes;
}

/** Writes well-formed `text` at `at`, where `utf8Length(text)` bytes must be free. */
export function writeUtf8(text: string, bytes: Uint8Array, at: number): void {
  let to = at;
  for (let i = 0; i < text.length; i++) {
    let point = text.charCodeAt(i);
    if (point < 0x80) {
      bytes[to++] = point;
      continue;
    }
    if (point < 0x800) {
      bytes[to++] = 0xc0 | (point >> 6);
      bytes[to++] = 0x80 | (point & 0x3f);
      continue;
    }
    if (point >= 0xd800 && point <= 0xdbff) {
      point = 0x10000 + ((point - 0xd800) << 10) + (text.charCodeAt(++i) - 0xdc00);
      bytes[to++] = 0xf0 | (point >> 18);
      bytes[to++] = 0x80 | ((point >> 12) & 0x3f);
    } else {
      bytes[to++] = 0xe0 | (point >> 12);
    }
    bytes[to++] = 0x80 | ((point >> 6) & 0x3f);
    bytes[to++] = 0x80 | (point & 0x3f);
  }
}

/** Length of `text` in UTF-8 bytes. Refuses lone surrogates. */
export function utf8Length(text: string): number {
  if (!text.isWellFormed()) throw invalid();
  let length = text.length;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit < 0x80) continue;
    // A surrogate pair is two units and four bytes, so each of its units counts one more.
    length += unit < 0x800 || (unit >= 0xd800 && unit <= 0xdfff) ? 1 : 2;
  }
  return length;
}

/** Text of strict UTF-8 (RFC 3629): no overlong forms, surrogates or points past U+10FFFF. */
export function decodeUtf8(bytes: Uint8Array): string {
  const units = new Uint16Array(checkUtf8(bytes));
  let to = 0;
  for (let i = 0; i < bytes.length; ) {
    const first = bytes[i] ?? 0;
    if (first < 0x80) {
      units[to++] = first;
      i++;
      continue;
    }
    const length = sequenceLength(first);
    const point = readPoint(bytes, i, length);
    if (point > 0xffff) units[to++] = 0xd7c0 + (point >> 10);
    units[to++] = point > 0xffff ? 0xdc00 + (point & 0x3ff) : point;
    i += length;
  }
  return textOf(units);
}

// Short enough that its units fit on the stack as arguments.
const unitsPerCall = 8_192;

function textOf(units: Uint16Array): string {
  let text = '';
  for (let from = 0; from < units.length; from += unitsPerCall) {
    text += Reflect.apply(String.fromCharCode, null, units.subarray(from, from + unitsPerCall));
  }
  return text;
}

/** Refuses what is not strict UTF-8; returns the number of UTF-16 units of its text. */
export function checkUtf8(bytes: Uint8Array): number {
  let units = 0;
  for (let i = 0; i < bytes.length; units++) {
    const first = bytes[i] ?? 0;
    if (first < 0x80) {
      i++;
      continue;
    }
    const length = sequenceLength(first);
    checkSequence(bytes, i, length);
    if (length === 4) units++;
    i += length;
  }
  return units;
}

function sequenceLength(first: number): number {
  if (first >= 0xc2 && first <= 0xdf) return 2;
  if (first >= 0xe0 && first <= 0xef) return 3;
  if (first >= 0xf0 && first <= 0xf4) return 4;
  throw invalid();
}

const smallestPoint = [0, 0, 0x80, 0x800, 0x10000];

function checkSequence(bytes: Uint8Array, at: number, length: number): void {
  for (let i = 1; i < length; i++) {
    if (((bytes[at + i] ?? 0) & 0xc0) !== 0x80) throw invalid();
  }
  const point = readPoint(bytes, at, length);
  const surrogate = point >= 0xd800 && point <= 0xdfff;
  if (point < (smallestPoint[length] ?? 0) || surrogate || point > 0x10ffff) throw invalid();
}

function readPoint(bytes: Uint8Array, at: number, length: number): number {
  let point = (bytes[at] ?? 0) & (0xff >> (length + 1));
  for (let i = 1; i < length; i++) point = (point << 6) | ((bytes[at + i] ?? 0) & 0x3f);
  return point;
}

function invalid(): ContentError {
  return new ContentError('content-invalid-utf8', 'text is not valid UTF-8');
}
