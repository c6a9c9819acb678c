import { type Attachment, parseHouseUri } from '@heliogram/content';
import {
  DependencyError,
  errorFromCode,
  ValidationError,
  VerificationError,
} from '@heliogram/protocol';
import { toHex } from '../hex.ts';
import type { Platform } from '../ports.ts';

export interface DownloadContext {
  readonly origin: string;
  readonly platform: Pick<Platform, 'http' | 'hasher'>;
}

/**
 * The bytes of an attachment as they arrive. After the last one throws `signature_invalid` unless all
 * of them are what was posted: nothing may be trusted before the end.
 */
export async function* downloadAttachment(
  { origin, platform }: DownloadContext,
  attachment: Attachment,
): AsyncGenerator<Uint8Array> {
  const uri = parseHouseUri(attachment.url);
  if (uri?.kind !== 'media') {
    throw new ValidationError('unsupported', 'the file is on another server');
  }
  const url = `${origin}/media/${uri.name}`;
  const response = await platform.http.send({ method: 'GET', url, headers: {} });
  if (response.status === 404)
    throw errorFromCode('not_found', 'the server no longer has this file');
  if (response.status !== 200) {
    const message = `the server answered a download with status ${response.status}`;
    throw new DependencyError('unavailable', message);
  }
  const hash = platform.hasher.sha256();
  let size = 0;
  for await (const bytes of response.body) {
    size += bytes.byteLength;
    if (size > attachment.size) throw notWhatWasPosted();
    hash.update(bytes);
    yield bytes;
  }
  const same = toHex(hash.digest()) === toHex(attachment.contentHash);
  if (!same || size !== attachment.size) throw notWhatWasPosted();
}

function notWhatWasPosted(): Error {
  return new VerificationError('signature_invalid', 'the file does not match its hash in the post');
}
