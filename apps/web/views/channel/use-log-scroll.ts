import { type RefObject, useEffect, useLayoutEffect, useRef, useState } from 'react';
import type { VirtualListHandle } from '../../design/virtual-list/virtual-list.tsx';
import type { LogModel, LogSnapshot } from '../../view-models/log-model.ts';
import { rowOfSeq } from '../../view-models/log-rows.ts';
import { useScene } from './channel-scene.ts';
import { glideTo, type InView, lookAt, scrollToOpening } from './log-place.ts';
import { placeInView, useKeptPlace } from './use-kept-place.ts';

export interface LogScroll {
  readonly list: RefObject<VirtualListHandle | null>;
  readonly inView: InView | undefined;
  /** The post that was just jumped to. */
  readonly highlighted: number | undefined;
  /** Posts that one jumped away from, the newest last. */
  readonly trail: readonly number[];
  readonly jumpTo: (seq: number, from?: number) => void;
  readonly jumpBack: () => void;
  /** Always the same ones: a list that gets them need not be drawn again for what is in view. */
  readonly on: ScrollHandlers;
}

interface ScrollHandlers {
  readonly scroll: () => void;
  readonly resize: () => void;
  readonly toLatest: () => void;
}

const highlightMs = 2_000;
/** Until rows are measured and scrolled to, what seems in view is not: nothing is asked for. */
const openingMs = 120;

/** Keeps the place of a log: opens where reading stopped, sticks to the end, never jumps otherwise. */
export function useLogScroll(
  model: LogModel,
  snapshot: LogSnapshot,
  see: (seq: number) => void,
): LogScroll {
  const list = useRef<VirtualListHandle>(null);
  const [inView, setInView] = useState<InView>();
  const [trail, setTrail] = useState<readonly number[]>([]);
  const { highlighted, highlight } = useHighlight();
  const place = useRef({ atEnd: false, generation: 0, opening: false });
  const tell = useTelling(model);
  const { newest, on } = useNewest();
  const { rows, log } = snapshot;
  const { conversationId } = useScene().channel;
  const keep = useKeptPlace(conversationId);

  const look = () => {
    if (!list.current || log.state !== 'ready' || rows.length === 0) return;
    if (place.current.opening) return;
    const now = lookAt(list.current, snapshot);
    place.current.atEnd = now.atEnd;
    setInView((before) => (before && sameView(before, now) ? before : now));
    tell(now, snapshot);
    keep(now.atEnd ? undefined : placeInView(list.current, rows));
    if (now.toSeq > 0) see(now.toSeq);
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: rows alone say that something moved.
  useLayoutEffect(() => {
    if (!list.current || log.state !== 'ready') return;
    if (place.current.generation !== log.generation) {
      place.current.generation = log.generation;
      place.current.atEnd = log.at === undefined;
      scrollToOpening(list.current, snapshot, conversationId);
      if (log.at?.reason === 'post') highlight(log.at.seq);
      place.current.opening = true;
      setTimeout(() => {
        place.current.opening = false;
        on.scroll();
      }, openingMs);
    } else if (place.current.atEnd) list.current.scrollToIndex(rows.length - 1, { align: 'end' });
  }, [rows]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: looked at after each change of the rows.
  useEffect(look, [rows]);

  const jumpTo = (seq: number, from?: number) => {
    if (from !== undefined) setTrail((before) => [...before, from].slice(-20));
    const index = rowOfSeq(rows, seq);
    const row = rows[index];
    if (row?.kind !== 'post' || row.post.seq !== seq || !list.current) {
      return model.tell({ kind: 'open', at: { kind: 'post', seq } });
    }
    place.current.atEnd = false;
    glideTo(list.current, index, 'center');
    highlight(seq);
  };
  const jumpToLatest = () => {
    setTrail([]);
    if (log.state === 'ready' && log.frame.hasNewer) {
      return model.tell({ kind: 'open', at: { kind: 'latest' } });
    }
    if (list.current) glideTo(list.current, rows.length - 1, 'end');
  };
  useOwnPost(snapshot, jumpToLatest);
  newest.current = {
    scroll: look,
    resize: () => {
      if (place.current.atEnd) list.current?.scrollToIndex(rows.length - 1, { align: 'end' });
      // A log that fits the screen never scrolls, and is in view all the same.
      look();
    },
    toLatest: jumpToLatest,
  };
  return {
    list,
    inView,
    highlighted,
    trail,
    jumpTo,
    jumpBack: () => {
      const seq = trail.at(-1);
      setTrail(trail.slice(0, -1));
      if (seq !== undefined) jumpTo(seq);
    },
    on,
  };
}

/** Handlers that stay the same and do what those of the newest drawing do. */
function useNewest() {
  const newest = useRef<ScrollHandlers>(undefined);
  const [on] = useState<ScrollHandlers>(() => ({
    scroll: () => newest.current?.scroll(),
    resize: () => newest.current?.resize(),
    toLatest: () => newest.current?.toLatest(),
  }));
  return { newest, on };
}

/** Whoever posts sees it stand at the end, wherever they were reading. */
function useOwnPost({ log }: LogSnapshot, show: () => void): void {
  const waiting = log.state === 'ready' ? log.frame.outgoing.filter((post) => !post.edits) : [];
  const newest = log.state === 'ready' ? (waiting.at(-1)?.queuedAt ?? 0) : undefined;
  const before = useRef<number>(undefined);
  // biome-ignore lint/correctness/useExhaustiveDependencies: once for each post, not for each drawing.
  useEffect(() => {
    if (newest === undefined) return;
    // Another tab of the account lets this one read on.
    if (before.current !== undefined && newest > before.current && document.hasFocus()) show();
    before.current = Math.max(newest, before.current ?? 0);
  }, [newest]);
}

function sameView(a: InView, b: InView): boolean {
  return a.farFromEnd === b.farFromEnd && a.at === b.at && a.toSeq === b.toSeq;
}

function useHighlight() {
  const [highlighted, setHighlighted] = useState<number>();
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  const highlight = (seq: number) => {
    clearTimeout(timer.current);
    setHighlighted(seq);
    timer.current = setTimeout(() => setHighlighted(undefined), highlightMs);
  };
  return { highlighted, highlight };
}

const visibleEveryMs = 250;

/** Tells the worker what is in view and when more is wanted, each once. */
function useTelling(model: LogModel): (now: InView, snapshot: LogSnapshot) => void {
  const told = useRef({ older: '', newer: '', visible: '', timer: 0 });
  useEffect(() => () => clearTimeout(told.current.timer), []);
  return (now, { log }) => {
    if (log.state !== 'ready') return;
    const { frame, posts, generation, failure } = log;
    const older = `${generation} ${posts[0]?.seq}`;
    const newer = `${generation} ${posts.at(-1)?.seq}`;
    // After a failure the reader asks again, not the scrolling.
    if (now.nearStart && frame.hasOlder && told.current.older !== older && !failure) {
      told.current.older = older;
      model.tell({ kind: 'older' });
    }
    if (now.nearEnd && frame.hasNewer && told.current.newer !== newer && !failure) {
      told.current.newer = newer;
      model.tell({ kind: 'newer' });
    }
    const { fromSeq, toSeq } = now;
    const visible = `${fromSeq} ${toSeq}`;
    if (toSeq === 0 || told.current.visible === visible) return;
    told.current.visible = visible;
    clearTimeout(told.current.timer);
    told.current.timer = window.setTimeout(() => {
      model.tell({ kind: 'visible', fromSeq, toSeq });
    }, visibleEveryMs);
  };
}
