import { isDeepStrictEqual } from 'node:util';
import type { Attachment, EditView, ForwardedFrom, PostView } from '@heliogram/content';
import { ConversationKind, ValidationError, VerificationError } from '@heliogram/protocol';
import type { Conversation } from '../conversations/policy.ts';
import type { StoredEntry } from '../storage/port.ts';
import { findChannel, isReadable } from './access.ts';
import type { Admitting, Author } from './admitting.ts';
import { messageIdOfPayload } from './editing.ts';
import { stands } from './pins.ts';
import { storedView } from './received-content.ts';
import type { Room } from './room.ts';
import { sameBytes } from './same-bytes.ts';

/**
 * An attribution is the server's word: the origin is a post that the caller may read, says today what
 * the forward says, stood under that title, was itself no forward, and may be forwarded (CHN-16).
 * Whatever the caller may not see is `not_found`; what has changed meanwhile is `conflict`.
 */
export async function verifyForward(
  room: Room,
  { author }: Admitting,
  view: PostView | EditView,
): Promise<void> {
  const { forwardedFrom: from } = view;
  if (!from) return;
  const { access, entry } = await findOrigin(room, author, from);
  const origin = storedView(entry.revision?.payload ?? entry.payload);
  if (access.channel.forbid_forwarding !== 0) {
    throw new VerificationError('forbidden', 'this channel does not allow forwarding');
  }
  if (origin.forwardedFrom) throw changed('the forward does not name the original post');
  if (from.title !== access.channel.title) throw changed('the forward names another channel title');
  if (from.messageId && !sameBytes(from.messageId, messageIdOfPayload(entry.payload))) {
    throw changed('the forward names another post');
  }
  if (!isDeepStrictEqual(saying(view), saying(origin)))
    throw changed('the forward does not match the original post');
}

/** Where the attribution points, when the caller may read it. */
export async function findOrigin(room: Room, author: Author, from: ForwardedFrom) {
  const conversation = await room.log.find(from.conversationId);
  if (conversation?.kind === ConversationKind.CHANNEL) {
    const access = await findChannel(room.storage.db, author, { row: conversation.id });
    const entry = await standing(room, conversation, from.seq);
    if (access && entry && isReadable(access)) return { access, entry };
  }
  throw new ValidationError('not_found', 'the post to forward does not exist');
}

async function standing(room: Room, conversation: Conversation, seq: number) {
  const entry = await room.storage.log.entry(conversation.id, seq);
  return entry && hasPayload(entry) && stands(entry) ? entry : undefined;
}

function hasPayload(entry: StoredEntry): entry is StoredEntry & { readonly payload: Uint8Array } {
  return entry.payload !== null;
}

/** All that a reader sees of a body. */
function saying({ text, format, attachments }: PostView | EditView) {
  return { text, format, attachments: attachments.map(plain) };
}

/** Bytes as hex: buffers and arrays of the same bytes are equal. */
function plain(attachment: Attachment) {
  return { ...attachment, contentHash: Buffer.from(attachment.contentHash).toString('hex') };
}

function changed(what: string): ValidationError {
  return new ValidationError('conflict', `${what}: forward it again from the original channel`);
}
