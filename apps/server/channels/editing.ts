import { decodeContent, type EditView, messageIdOf } from '@heliogram/content';
import { ValidationError, VerificationError } from '@heliogram/protocol';
import { mayUse } from './access.ts';
import type { Admitting } from './admitting.ts';
import { standingPost } from './pins.ts';
import { type ReceivedContent, storedView } from './received-content.ts';
import type { Room } from './room.ts';
import { sameBytes } from './same-bytes.ts';

/**
 * An edit replaces the whole post at `targetSeq`, which its content names by message id. Own posts
 * want the right to post, others' the right to edit. Only the author of a signed post may sign its
 * edit: nobody is made to say what another wrote.
 */
export async function admitEdit(
  room: Room,
  { access, author, entry }: Admitting,
  { view, signed }: ReceivedContent<EditView>,
): Promise<void> {
  if (entry.targetSeq === 0) {
    throw new ValidationError('invalid_argument', 'an edit needs target_seq');
  }
  const target = await standingPost(room, access.conversation, entry.targetSeq);
  const own = target.author === author.account;
  if (!mayUse(access, 'edit') && !(own && mayUse(access, 'post'))) {
    throw new VerificationError('forbidden', 'you need the right to edit');
  }
  if (signed && !(own && target.signed)) {
    throw new VerificationError(
      'forbidden',
      'only the author of a signed post can edit it with a signature',
    );
  }
  if (!sameBytes(view.replaces, messageIdOfPayload(target.payload))) {
    throw new ValidationError('malformed', 'the edit and its target_seq name different posts');
  }
  const { replyTo } = storedView(target.payload);
  if (view.replyTo && !(replyTo && sameBytes(view.replyTo, replyTo))) {
    throw new ValidationError('malformed', 'an edit cannot be a reply');
  }
}

export function messageIdOfPayload(payload: Uint8Array): Uint8Array {
  return messageIdOf(decodeContent(payload), payload);
}
