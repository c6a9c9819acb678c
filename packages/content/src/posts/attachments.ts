import { ContentError } from '../errors.ts';
import { disposition, type ExternalPart, hashAlgorithm, type NestedPart } from '../mimi/content.ts';
import { utf8Length } from '../mimi/utf8.ts';
import { parseHouseUri } from '../uris.ts';
import { type MediaDetails, maxBlurBytes } from './extensions.ts';
import type { Attachment, ShowAs } from './view.ts';

/** An attachment as an external part: `inline` to be shown in the post, `attachment` as a file. */
export function attachmentPart(attachment: Attachment): NestedPart {
  checkAttachment(attachment);
  const { encryption } = attachment;
  return {
    disposition: attachment.showAs === 'file' ? disposition.attachment : disposition.inline,
    language: '',
    cardinality: 'external',
    contentType: attachment.mediaType,
    url: attachment.url,
    expires: 0,
    size: attachment.size,
    encAlg: encryption?.algorithm ?? 0,
    key: encryption?.key ?? new Uint8Array(),
    nonce: encryption?.nonce ?? new Uint8Array(),
    aad: encryption?.aad ?? new Uint8Array(),
    hashAlg: hashAlgorithm.sha256,
    contentHash: attachment.contentHash,
    description: attachment.description ?? '',
    filename: attachment.name,
  };
}

/** Media details by part index. Attachments come first; a lone part is the body, index 0. */
export function attachmentDetails(
  attachments: readonly Attachment[],
  partCount: number,
): ReadonlyMap<number, MediaDetails> {
  const first = partCount === 1 ? 0 : 1;
  return new Map(attachments.map((attachment, i) => [first + i, detailsOf(attachment)]));
}

function detailsOf({ width, height, blur, durationMs }: Attachment): MediaDetails {
  return {
    ...(width === undefined ? {} : { width }),
    ...(height === undefined ? {} : { height }),
    ...(blur === undefined ? {} : { blur }),
    ...(durationMs === undefined ? {} : { durationMs }),
  };
}

/** The attachment in an external part, or `undefined` where it cannot be fetched and verified. */
export function readAttachment(part: ExternalPart, details: MediaDetails): Attachment | undefined {
  const hashed = part.hashAlg === hashAlgorithm.sha256 && part.contentHash.length === 32;
  const showAs = showAsOf(part);
  if (!hashed || showAs === undefined || !isFetchable(part.url)) return undefined;
  const { encAlg: algorithm, key, nonce, aad } = part;
  return {
    name: part.filename,
    mediaType: part.contentType,
    size: part.size,
    url: part.url,
    contentHash: part.contentHash,
    showAs,
    ...details,
    ...(part.description === '' ? {} : { description: part.description }),
    ...(algorithm === 0 ? {} : { encryption: { algorithm, key, nonce, aad } }),
  };
}

const attachable: readonly number[] = [
  disposition.unspecified,
  disposition.render,
  disposition.inline,
  disposition.attachment,
];

function showAsOf(part: ExternalPart): ShowAs | undefined {
  if (!attachable.includes(part.disposition)) return undefined;
  return part.disposition === disposition.attachment ? 'file' : mediaKind(part.contentType);
}

function mediaKind(mediaType: string): ShowAs {
  if (/^image\//i.test(mediaType)) return 'photo';
  if (/^video\//i.test(mediaType)) return 'video';
  return /^audio\//i.test(mediaType) ? 'audio' : 'file';
}

function isFetchable(url: string): boolean {
  return (
    parseHouseUri(url)?.kind === 'media' || /^https?:\/\/[^\s/?#\\@]+(?:[/?#]\S*)?$/i.test(url)
  );
}

function checkAttachment(attachment: Attachment): void {
  const { showAs, width, height, durationMs, blur } = attachment;
  const measures = [width, height, durationMs].filter((measure) => measure !== undefined);
  const ok =
    isFetchable(attachment.url) &&
    attachment.contentHash.length === 32 &&
    attachment.encryption?.algorithm !== 0 &&
    (showAs === 'file' || showAs === mediaKind(attachment.mediaType)) &&
    measures.every((measure) => Number.isSafeInteger(measure) && measure > 0) &&
    (blur === undefined || utf8Length(blur) <= maxBlurBytes);
  if (!ok) throw new ContentError('content-invalid-attachment', 'not a valid attachment');
}
