import type { AttachmentView, PostView } from '../bridge/contract/log.ts';

/** One picture or film of a channel, in the order of its posts. */
export interface ViewerItem {
  readonly key: string;
  readonly seq: number;
  readonly attachment: AttachmentView;
  readonly post: PostView;
}

export function viewerItems(posts: readonly PostView[]): readonly ViewerItem[] {
  return posts.filter(isShown).flatMap((post) =>
    post.attachments.flatMap((attachment, i) => {
      const shown = attachment.kind === 'photo' || attachment.kind === 'video';
      return shown ? [{ key: viewerKey(post.seq, i), seq: post.seq, attachment, post }] : [];
    }),
  );
}

export function viewerKey(seq: number, index: number): string {
  return `${seq}.${index}`;
}

function isShown(post: PostView): boolean {
  return !post.deleted && post.takenDownReason === undefined && !post.unsupported;
}

/** The item `by` further on; the same one at either end. */
export function moveInViewer(items: readonly ViewerItem[], key: string, by: number): string {
  const at = items.findIndex((item) => item.key === key);
  return items[at + by]?.key ?? key;
}
