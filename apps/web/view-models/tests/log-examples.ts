import type { LogFrame, PostView } from '../../bridge/contract/log.ts';

export const noon = new Date(2026, 10, 26, 12).getTime();

export function examplePost(seq: number, changes: Partial<PostView> = {}): PostView {
  return {
    seq,
    sentAt: noon + seq * 1_000,
    deleted: false,
    text: `post ${seq}`,
    blocks: [],
    attachments: [],
    silent: false,
    pinned: false,
    reactions: [],
    unsupported: false,
    ...changes,
  };
}

export function examplePosts(from: number, to: number): PostView[] {
  return Array.from({ length: to - from + 1 }, (_, i) => examplePost(from + i));
}

export function exampleFrame(changes: Partial<LogFrame> = {}): LogFrame {
  return { hasOlder: false, hasNewer: false, headSeq: 100, unread: 0, outgoing: [], ...changes };
}
