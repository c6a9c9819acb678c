import { type Attachment, type EditView, type PostView, parseHouseUri } from '@heliogram/content';
import { ValidationError } from '@heliogram/protocol';
import type { Admitting } from './admitting.ts';
import { findOrigin } from './forwarding.ts';
import type { AttachedFile } from './media-claims.ts';
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
    files: view.attachments.map(attachedFile),
    alreadyIn,
  });
  const key = { conversation, payload: entry.payload };
  room.pendingMedia.expect(key, mediaIds, room.runtime.monotonicMs());
}

/** The file that an attachment names. Throws `malformed` or `unsupported`. */
export function attachedFile(attachment: Attachment): AttachedFile {
  const { url, encryption, name: fileName, showAs } = attachment;
  const uri = parseHouseUri(url);
  if (uri?.kind !== 'media' || encryption) {
    throw new ValidationError('unsupported', 'channels attach files of this server, in the clear');
  }
  const { name: mediaName } = uri;
  const contentHash = Buffer.from(attachment.contentHash).toString('hex');
  const named = namesHash(mediaName) ? mediaName === contentHash : true;
  if (named) return { mediaName, contentHash, fileName, showAs };
  throw new ValidationError('malformed', 'an attachment names two different files');
}

const HASH_DIGITS = 64;

/** Clients of older versions name files by the hash of their bytes. */
export const namesHash = (mediaName: string): boolean => mediaName.length === HASH_DIGITS;
