import type { LogHead, LogStore } from '../storage/port.ts';

/** Counts stop here: nobody reads a larger number. */
const MAX_UNREAD = 10_000;

export type ReadUpTo = {
  readonly conversation: number;
  /** Everything up to here is read, or was there before the account came. */
  readonly readSeq: number;
};

export type Unread = {
  readonly head: LogHead;
  readonly unread: number;
};

/**
 * The one rule of what is unread (LOG-22): posts after the read mark that still stand, by others. Edits,
 * deletions and notes are no posts. Head and count are of one moment: both are asked in the same tick.
 */
export async function countUnread(
  log: LogStore,
  account: number | null,
  marks: readonly ReadUpTo[],
): Promise<readonly Unread[]> {
  const rows = marks.map(({ conversation }) => conversation);
  const from = marks.map(({ conversation, readSeq }) => ({
    conversation,
    seq: readSeq,
    ...(account === null ? {} : { exceptBy: account }),
  }));
  const [heads, counts] = await Promise.all([log.heads(rows), log.countPosts(from, MAX_UNREAD)]);
  return rows.map((row, index) => ({
    head: heads.get(row) ?? { headSeq: 0, posts: 0, headSentAt: 0 },
    unread: counts[index] ?? 0,
  }));
}
