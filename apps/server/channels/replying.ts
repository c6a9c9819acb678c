import type { PostView } from '@heliogram/content';
import { ValidationError } from '@heliogram/protocol';
import type { Admitting } from './admitting.ts';
import { messageIdOfPayload } from './editing.ts';
import { standingPost } from './pins.ts';
import type { Room } from './room.ts';
import { sameBytes } from './same-bytes.ts';

/**
 * A reply names the post it answers twice: by message id in its content, first version or newest,
 * and by seq in `targetSeq`, so that the server finds it. Throws `not_found` when there is none.
 */
export async function verifyReply(
  room: Room,
  { access, entry }: Admitting,
  { replyTo }: PostView,
): Promise<void> {
  const { targetSeq } = entry;
  if (!replyTo && targetSeq === 0) return;
  if (!replyTo) throw new ValidationError('malformed', 'a post with target_seq must be a reply');
  if (targetSeq === 0) {
    throw new ValidationError('invalid_argument', 'a reply needs target_seq');
  }
  const target = await standingPost(room, access.conversation, targetSeq);
  const versions = [target.payload, ...(target.revision ? [target.revision.payload] : [])];
  if (!versions.some((payload) => sameBytes(replyTo, messageIdOfPayload(payload)))) {
    throw new ValidationError('not_found', 'the post to reply to does not exist');
  }
}
