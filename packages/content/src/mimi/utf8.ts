import { ContentError } from '../errors.ts';

/** Bytes of `text` as UTF-8. Refuses lone surrogates, which have no UTF-8. */
export function encodeUtf8(text: string): Uint8Array {
  const bytes = new Uint8Array(utf8Length(text));
  let at = 0;
  for (let i = 0; i < text.length; i++) {
    let point = text.charCodeAt(i);
    if (point < 0x80) {
      bytes[at++] = point;
      continue;
    }
    if (point >= 0xd800 && point <= 0xdbff) {
      point = 0x10000 + ((point - 0xd800) << 10) + (text.charCodeAt(++i) - 0xdc00);
      bytes[at++] = 0xf0 | (point >> 18);
      bytes[at++] = 0x80 | ((point >> 12) & 0x3f);
    } else if (point >= 0x800) {
      bytes[at++] = 0xe0 | (point >> 12);
    } else {
      bytes[at++] = 0xc0 | (point >> 6);
      bytes[at++] = 0x80 | (point & 0x3f);
      continue;
    }
    bytes[at++] = 0x80 | ((point >> 6) & 0x3f);
    bytes[at++] = 0x80 | (point & 0x3f);
  }
  return bytes;
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

const unitsPerChunk = 8_192;

/** Text of strict UTF-8 (RFC 3629): no overlong forms, surrogates or points past U+10FFFF. */
export function decodeUtf8(bytes: Uint8Array): string {
  let text = '';
  let units: number[] = [];
  for (let i = 0; i < bytes.length; ) {
    const first = bytes[i] ?? 0;
    const length = first < 0x80 ? 1 : sequenceLength(first);
    const point = length === 1 ? first : readSequence(bytes, i, length);
    if (point < 0x10000) units.push(point);
    else units.push(0xd800 + ((point - 0x10000) >> 10), 0xdc00 + ((point - 0x10000) & 0x3ff));
    if (units.length >= unitsPerChunk) {
      text += String.fromCharCode(...units);
      units = [];
    }
    i += length;
  }
  return text + String.fromCharCode(...units);
}

function sequenceLength(first: number): number {
  if (first >= 0xc2 && first <= 0xdf) return 2;
  if (first >= 0xe0 && first <= 0xef) return 3;
  if (first >= 0xf0 && first <= 0xf4) return 4;
  throw invalid();
}

const smallestPoint = [0, 0, 0x80, 0x800, 0x10000];

function readSequence(bytes: Uint8Array, at: number, length: number): number {
  let point = (bytes[at] ?? 0) & (0xff >> (length + 1));
  for (let i = 1; i < length; i++) {
    const next = bytes[at + i] ?? 0;
    if ((next & 0xc0) !== 0x80) throw invalid();
    point = (point << 6) | (next & 0x3f);
  }
  const surrogate = point >= 0xd800 && point <= 0xdfff;
  if (point < (smallestPoint[length] ?? 0) || surrogate || point > 0x10ffff) throw invalid();
  return point;
}

function invalid(): ContentError {
  return new ContentError('content-invalid-utf8', 'text is not valid UTF-8');
}
