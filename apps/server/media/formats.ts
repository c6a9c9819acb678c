/** What a file is by its first bytes: names and claims of senders are not looked at. */
export type Format = {
  readonly mediaType: string;
  /** How its inside is read. */
  readonly container: 'mp4' | 'ebml' | 'raster' | 'other';
};

/** Bytes of a file's beginning that `sniff` wants, where there are so many. */
export const SNIFF_BYTES = 4_096;

type Signature = readonly [offset: number, bytes: string, mediaType: string];

const raster: readonly Signature[] = [
  [0, '\xff\xd8\xff', 'image/jpeg'],
  [0, '\x89PNG\r\n\x1a\n', 'image/png'],
  [0, 'GIF87a', 'image/gif'],
  [0, 'GIF89a', 'image/gif'],
  [0, 'II*\0', 'image/tiff'],
  [0, 'MM\0*', 'image/tiff'],
  [0, 'II+\0', 'image/tiff'],
  [0, 'MM\0+', 'image/tiff'],
];

const others: readonly Signature[] = [
  [0, 'OggS', 'audio/ogg'],
  [0, 'fLaC', 'audio/flac'],
  [0, 'ID3', 'audio/mpeg'],
  [0, '%PDF-', 'application/pdf'],
  [0, 'PK\x03\x04', 'application/zip'],
  [0, 'PK\x05\x06', 'application/zip'],
  [0, '\x1f\x8b', 'application/gzip'],
  [0, 'BZh', 'application/x-bzip2'],
  [0, '\xfd7zXZ\0', 'application/x-xz'],
  [0, '7z\xbc\xaf\x27\x1c', 'application/x-7z-compressed'],
  [0, '\x28\xb5\x2f\xfd', 'application/zstd'],
  [257, 'ustar', 'application/x-tar'],
];

/** RIFF and ISO files name their kind a few bytes in. */
const RIFF: Readonly<Record<string, Format>> = {
  WEBP: { mediaType: 'image/webp', container: 'raster' },
  WAVE: { mediaType: 'audio/wav', container: 'other' },
};
const AVIF_BRANDS = new Set(['avif', 'avis']);
const HEIF_BRANDS = new Set(['heic', 'heix', 'heim', 'heis', 'hevc', 'mif1', 'msf1']);
const AUDIO_BRANDS = new Set(['M4A ', 'M4B ', 'F4A ']);
/** A QuickTime file older than `ftyp` begins with one of these boxes. */
const OLD_QUICKTIME = new Set(['moov', 'mdat', 'wide', 'free', 'skip']);

export function sniff(head: Uint8Array): Format {
  const text = Buffer.from(head.buffer, head.byteOffset, head.byteLength).toString('latin1');
  return (
    bySignature(text, raster, 'raster') ??
    (text.startsWith('RIFF') ? RIFF[text.slice(8, 12)] : undefined) ??
    isoFormat(text) ??
    ebmlFormat(text) ??
    bySignature(text, others, 'other') ??
    (isBitmap(head) ? { mediaType: 'image/bmp', container: 'raster' } : undefined) ??
    (isAac(head) ? { mediaType: 'audio/aac', container: 'other' } : undefined) ??
    (isMpegAudio(head) ? { mediaType: 'audio/mpeg', container: 'other' } : undefined) ??
    textOrBytes(head)
  );
}

function bySignature(
  text: string,
  signatures: readonly Signature[],
  container: Format['container'],
): Format | undefined {
  const found = signatures.find(([offset, bytes]) => text.startsWith(bytes, offset));
  return found && { mediaType: found[2], container };
}

function isoFormat(text: string): Format | undefined {
  const box = text.slice(4, 8);
  if (box !== 'ftyp') {
    return OLD_QUICKTIME.has(box) ? { mediaType: 'video/quicktime', container: 'mp4' } : undefined;
  }
  const brand = text.slice(8, 12);
  if (AVIF_BRANDS.has(brand)) return { mediaType: 'image/avif', container: 'raster' };
  if (HEIF_BRANDS.has(brand)) return { mediaType: 'image/heic', container: 'raster' };
  if (AUDIO_BRANDS.has(brand)) return { mediaType: 'audio/mp4', container: 'mp4' };
  const mediaType = brand === 'qt  ' ? 'video/quicktime' : 'video/mp4';
  return { mediaType, container: 'mp4' };
}

function ebmlFormat(text: string): Format | undefined {
  if (!text.startsWith('\x1a\x45\xdf\xa3')) return undefined;
  const mediaType = text.slice(0, 64).includes('webm') ? 'video/webm' : 'video/x-matroska';
  return { mediaType, container: 'ebml' };
}

/** "BM" alone begins many texts: the header behind it has one of a few lengths. */
function isBitmap(head: Uint8Array): boolean {
  if (head[0] !== 0x42 || head[1] !== 0x4d || head.length < 30) return false;
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength);
  return [12, 40, 52, 56, 64, 108, 124].includes(view.getUint32(14, true));
}

/** AAC in ADTS (ISO/IEC 13818-7 §6.2): each frame says where the next one begins. */
function isAac(head: Uint8Array): boolean {
  let frames = 0;
  for (let at = 0; at + 7 <= head.length; frames++) {
    const [first = 0, second = 0, third = 0, fourth = 0, fifth = 0, sixth = 0] = head.subarray(at);
    const synchronised = first === 0xff && (second & 0xf6) === 0xf0 && (third & 0x3c) >> 2 < 13;
    const length = ((fourth & 0x03) << 11) | (fifth << 3) | (sixth >> 5);
    if (!synchronised || length < 7) return false;
    at += length;
  }
  return frames > 0;
}

/** A frame header of MPEG layer III, with no reserved value in it. */
function isMpegAudio([first = 0, second = 0, third = 0]: Uint8Array): boolean {
  if (first !== 0xff || (second & 0xe0) !== 0xe0) return false;
  const layer3 = (second & 0x06) === 0x02 && (second & 0x18) !== 0x08;
  return layer3 && third >> 4 !== 0x0f && third >> 4 !== 0 && (third & 0x0c) !== 0x0c;
}

function textOrBytes(head: Uint8Array): Format {
  const mediaType = isText(head) ? 'text/plain' : 'application/octet-stream';
  return { mediaType, container: 'other' };
}

function isText(head: Uint8Array): boolean {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(head, { stream: true });
    return text.length > 0 && !/[^\P{Cc}\t\n\r\f]/u.test(text);
  } catch {
    return false;
  }
}
