import type { AttachmentView, PostView } from '../../bridge/contract/log.ts';

/** A photo or film, with its index among all attachments of its post. */
export interface PostMedium {
  readonly attachment: AttachmentView;
  readonly index: number;
}

/** The photos and films of a post, unless a moderator withholds it. */
export function mediaOf({ attachments, takenDownReason }: PostView): readonly PostMedium[] {
  if (takenDownReason !== undefined) return [];
  return attachments
    .map((attachment, index) => ({ attachment, index }))
    .filter(({ attachment: { kind } }) => kind === 'photo' || kind === 'video');
}
