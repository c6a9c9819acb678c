import type { OutgoingPost, PostView } from '../bridge/contract/log.ts';
import { sameDay } from '../language/formats.ts';
import type { LogWindow } from './log-window.ts';

interface RowPlace {
  /** Stable while the row is the same thing. */
  readonly key: string;
  /** A day begins here, so its date stands above. */
  readonly day: boolean;
  /** Belongs to what stands above it: same author, moments later. */
  readonly joined: boolean;
}

export interface PostRow extends RowPlace {
  readonly kind: 'post';
  readonly post: PostView;
  /** The unread marker stands above. */
  readonly unread: boolean;
  /** An edit of this post that is on its way. */
  readonly edit: OutgoingPost | undefined;
}

export interface OutgoingRow extends RowPlace {
  readonly kind: 'outgoing';
  readonly post: OutgoingPost;
}

/** The beginning of the log. */
export interface BeginRow {
  readonly kind: 'begin';
  readonly key: 'begin';
}

export type LogRow = BeginRow | PostRow | OutgoingRow;

export const noRows: readonly LogRow[] = [];

const begin: BeginRow = { kind: 'begin', key: 'begin' };
const groupMs = 5 * 60_000;

/**
 * One row for each post that is not deleted, with what stands above it. Rows that say the same as in `previous` are the
 * same objects, so that views of them need not be drawn again.
 */
export function buildRows(
  window: Pick<LogWindow, 'frame' | 'posts'>,
  previous: readonly LogRow[],
): readonly LogRow[] {
  const { frame, posts } = window;
  const rows: LogRow[] = frame.hasOlder ? [] : [begin];
  const edits = new Map(frame.outgoing.map((post) => [post.edits, post]));
  const shown = posts.filter(({ deleted }) => !deleted);
  const unreadSeq = firstUnread(shown, frame.firstUnreadSeq);
  let above: PostView | undefined;
  let at = 0;
  for (const post of shown) {
    // Both ascend: what was known of this post stands at or after what was known of the one above.
    while (isBefore(previous[at], post)) at++;
    const known = previous[at];
    const edit = edits.get(post.seq);
    const unread = post.seq === unreadSeq;
    const parts = { post, above, edit, unread };
    if (known && stands(known, previous[at - 1], parts)) rows.push(known);
    else rows.push(sameOr(known, postRow(window, parts)));
    above = post;
  }
  if (!frame.hasNewer) rows.push(...outgoingRows(window, above, previous));
  return rows;
}

/** The marker stands above the next post where the first unread one was deleted. */
function firstUnread(posts: readonly PostView[], seq: number | undefined): number | undefined {
  return seq === undefined ? undefined : posts.find((post) => post.seq >= seq)?.seq;
}

function isBefore(row: LogRow | undefined, { seq }: PostView): boolean {
  return row?.kind === 'begin' || (row?.kind === 'post' && row.post.seq < seq);
}

interface RowParts {
  readonly post: PostView;
  readonly above: PostView | undefined;
  readonly edit: OutgoingPost | undefined;
  readonly unread: boolean;
}

/** Nothing that a row is made of is another than it was: it need not be made to be compared. */
function stands(
  row: LogRow,
  rowAbove: LogRow | undefined,
  { post, above, edit, unread }: RowParts,
): boolean {
  if (row.kind !== 'post' || row.post !== post || row.edit !== edit) return false;
  if (row.unread !== unread) return false;
  return rowAbove?.kind === 'post' && rowAbove.post === above;
}

function postRow(
  { frame }: Pick<LogWindow, 'frame'>,
  { post, above, edit, unread }: RowParts,
): PostRow {
  // Above the first one held here the log goes on: a date there would go away when older ones come.
  const day = above ? !sameDay(above.sentAt, post.sentAt) : !frame.hasOlder;
  const joined = !day && !unread && above !== undefined && belongTogether(above, post);
  return { kind: 'post', key: `p${post.seq}`, post, day, joined, unread, edit };
}

function outgoingRows(
  { frame }: Pick<LogWindow, 'frame'>,
  lastPost: PostView | undefined,
  previous: readonly LogRow[],
): LogRow[] {
  const known = new Map(
    previous.filter((row) => row.kind === 'outgoing').map((row) => [row.key, row]),
  );
  const waiting = frame.outgoing.filter(({ edits }) => edits === undefined);
  return waiting.map((post, i) => {
    const above = waiting[i - 1]?.queuedAt ?? lastPost?.sentAt;
    const day = above === undefined || !sameDay(above, post.queuedAt);
    const joined = !day && post.queuedAt - above < groupMs;
    const row: OutgoingRow = { kind: 'outgoing', key: `o${post.id}`, post, day, joined };
    return sameOr(known.get(row.key), row);
  });
}

function belongTogether(above: PostView, post: PostView): boolean {
  if (isNote(above) || isNote(post)) return false;
  const sameAuthor = above.author?.accountId === post.author?.accountId;
  return sameAuthor && post.sentAt - above.sentAt < groupMs;
}

function isNote(post: PostView): boolean {
  return post.note !== undefined;
}

function sameOr(known: LogRow | undefined, row: PostRow | OutgoingRow): LogRow {
  if (known?.kind !== row.kind || known.post !== row.post) return row;
  if (known.day !== row.day || known.joined !== row.joined) return row;
  if (known.kind === 'post' && row.kind === 'post') {
    if (known.unread !== row.unread || known.edit !== row.edit) return row;
  }
  return known;
}

/** The row of a post, or of the next one after it where that one is not here; -1: none. */
export function rowOfSeq(rows: readonly LogRow[], seq: number): number {
  return rows.findIndex((row) => row.kind === 'post' && row.post.seq >= seq);
}

/** First and last seq among rows `from` to `to`, both included. */
export function seqsBetween(
  rows: readonly LogRow[],
  from: number,
  to: number,
): { readonly fromSeq: number; readonly toSeq: number } | undefined {
  const seqs = rows
    .slice(Math.max(0, from), to + 1)
    .flatMap((row) => (row.kind === 'post' ? [row.post.seq] : []));
  const [fromSeq, toSeq] = [seqs[0], seqs.at(-1)];
  return fromSeq === undefined || toSeq === undefined ? undefined : { fromSeq, toSeq };
}
