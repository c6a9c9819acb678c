import { type Attachment, type EditView, type PostView, parseHouseUri } from '@heliogram/content';
import { ValidationError } from '@heliogram/protocol';
import type { Admitting } from './admitting.ts';
import { findOrigin } from './forwarding.ts';
import type { Room } from './room.ts';

/**
 * Attachments are files of this server, in the clear, that the caller uploaded or that the post being
 * edited or forwarded shows already.
 */
export async function admitAttachments(
  room: Room,
  { access, author, entry }: Admitting,
  view: PostView | EditView,
): Promise<void> {
  if (view.attachments.length === 0) return;
  const conversation = access.conversation.id;
  const alreadyIn = view.kind === 'edit' ? [{ conversation, seq: entry.targetSeq }] : [];
  if (view.forwardedFrom) {
    const origin = await findOrigin(room, author, view.forwardedFrom);
    alreadyIn.push({ conversation: origin.access.conversation.id, seq: origin.entry.seq });
  }
  const mediaIds = await room.media.claim({
    account: author.account,
    conversation,
    contentHashes: view.attachments.map(contentHash),
    alreadyIn,
  });
  const key = { conversation, payload: entry.payload };
  room.pendingMedia.expect(key, mediaIds, room.runtime.monotonicMs());
}

/** SHA-256 of the file, hex, that URL and content agree on. Throws `malformed` or `unsupported`. */
export function contentHash({ url, contentHash, encryption }: Attachment): string {
  const uri = parseHouseUri(url);
  if (uri?.kind !== 'media' || encryption) {
    throw new ValidationError('unsupported', 'channels attach files of this server, in the clear');
  }
  if (uri.sha256 === Buffer.from(contentHash).toString('hex')) return uri.sha256;
  throw new ValidationError('malformed', 'an attachment names two different files');
}
