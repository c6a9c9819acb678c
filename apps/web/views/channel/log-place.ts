import type { VirtualListHandle } from '../../design/virtual-list/virtual-list.tsx';
import { keptPlace } from '../../view-models/kept-place.ts';
import type { LogSnapshot } from '../../view-models/log-model.ts';
import { type LogRow, rowOfSeq, seqsBetween } from '../../view-models/log-rows.ts';

/** What of a log is in view. */
export interface InView {
  readonly fromSeq: number;
  readonly toSeq: number;
  /** The last row there is, nothing newer beyond it. */
  readonly atEnd: boolean;
  /** Far enough from the end that a way back to it helps. */
  readonly farFromEnd: boolean;
  readonly nearStart: boolean;
  readonly nearEnd: boolean;
  /** When the first post in view was published, for the date that floats; absent: it says so itself. */
  readonly at: number | undefined;
}

/** Asked for so early that a reader does not see the gap. */
const fetchAheadPx = 1_800;
const atEndPx = 48;

export function lookAt(list: VirtualListHandle, { rows, log }: LogSnapshot): InView {
  const { scrollOffset, viewportSize, scrollSize } = list;
  const first = list.findItemIndex(scrollOffset + 1);
  const last = list.findItemIndex(scrollOffset + viewportSize - 1);
  const below = scrollSize - scrollOffset - viewportSize;
  const hasNewer = log.state === 'ready' && log.frame.hasNewer;
  const { fromSeq = 0, toSeq = 0 } = seqsBetween(rows, first, last) ?? {};
  return {
    fromSeq,
    toSeq,
    atEnd: below < atEndPx && !hasNewer,
    farFromEnd: below > viewportSize / 2 || hasNewer,
    nearStart: scrollOffset < fetchAheadPx,
    nearEnd: below < fetchAheadPx,
    at: dayInSight(list, rows, first) ? undefined : sentAtOf(rows[first]),
  };
}

const dayMarkPx = 72;

/** A date between the posts stands where the floating one would. */
function dayInSight(list: VirtualListHandle, rows: readonly LogRow[], first: number): boolean {
  return [first, first + 1].some((index) => {
    const row = rows[index];
    if (!row || row.kind === 'begin' || !row.day) return row?.kind === 'begin';
    const top = list.getItemOffset(index) - list.scrollOffset;
    return top > -dayMarkPx && top < dayMarkPx;
  });
}

function sentAtOf(row: LogRow | undefined): number | undefined {
  if (row?.kind === 'post') return row.post.sentAt;
  return row?.kind === 'outgoing' ? row.post.queuedAt : undefined;
}

/** A little of what stands above stays in view, so that nobody wonders whether something is missed. */
const aboveUnreadPx = -56;

/** Where a log that was just opened begins to be read. */
export function scrollToOpening(
  list: VirtualListHandle,
  { log, rows }: LogSnapshot,
  conversationId: string,
): void {
  if (log.state !== 'ready' || rows.length === 0) return;
  const index = log.at ? rowOfSeq(rows, log.at.seq) : -1;
  if (!log.at || index < 0) return list.scrollToIndex(rows.length - 1, { align: 'end' });
  if (log.at.reason === 'place') {
    const { seq, abovePx } = keptPlace(conversationId) ?? { seq: 0, abovePx: 0 };
    const offset = seq === log.at.seq ? abovePx : 0;
    return list.scrollToIndex(index, { align: 'start', offset });
  }
  if (log.at.reason === 'post') return list.scrollToIndex(index, { align: 'center' });
  list.scrollToIndex(index, { align: 'start', offset: aboveUnreadPx });
}

/** Near ones glide, so that one sees where they are; far ones are simply there. */
export function glideTo(list: VirtualListHandle, index: number, align: 'center' | 'end'): void {
  const distance = Math.abs(list.getItemOffset(index) - list.scrollOffset);
  const smooth =
    distance < 3 * list.viewportSize && !matchMedia('(prefers-reduced-motion: reduce)').matches;
  list.scrollToIndex(index, { align, smooth });
}
