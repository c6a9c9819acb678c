import { type PointerEvent, type RefObject, useEffect, useRef, useState } from 'react';
import {
  fitSize,
  fitted,
  keepInside,
  type Placement,
  panBy,
  type Size,
  type Swipe,
  swipeOf,
  zoomAt,
} from '../../view-models/viewer-geometry.ts';

interface StageGesturesOptions {
  readonly stage: RefObject<HTMLElement | null>;
  readonly media: Size;
  readonly rtl: boolean;
  readonly onSwipe: (swipe: Swipe) => void;
}

interface Held {
  readonly pointers: Map<number, { x: number; y: number }>;
  startedAt: number;
  moved: { x: number; y: number };
  tappedAt: number;
  pinched: boolean;
}

const doubleTapMs = 300;
const doubleTapScale = 2.5;
const tapPx = 8;

/** Wheel, pinch, drag and double tap on a picture. Not zoomed, a drag is a swipe. */
export function useStageGestures({ stage, media, rtl, onSwipe }: StageGesturesOptions) {
  const [placement, setPlacement] = useState<Placement>(fitted);
  const [isHeld, setHeld] = useState(false);
  const held = useRef<Held>(undefined);
  held.current ??= freshHold();
  const hold = held.current;

  const settle = (next: Placement): Placement => {
    const room = sizeOf(stage.current);
    return next.scale <= 1 ? fitted : keepInside(next, fitSize(media, room), room);
  };
  const zoomTo = (factor: number, at: { x: number; y: number }) =>
    setPlacement((from) => settle(zoomAt(from, { factor, at })));
  useWheel(stage, zoomTo);

  const drag = (by: { x: number; y: number }) => {
    hold.moved = { x: hold.moved.x + by.x, y: hold.moved.y + by.y };
    setPlacement((from) => (from.scale > 1 ? settle(panBy(from, by)) : panBy(from, swiping(by))));
  };
  const tap = (at: { x: number; y: number }, now: number) => {
    const again = now - hold.tappedAt < doubleTapMs;
    hold.tappedAt = again ? 0 : now;
    if (!again) return;
    setPlacement((from) =>
      from.scale > 1 ? fitted : settle(zoomAt(from, { factor: doubleTapScale, at })),
    );
  };
  const release = (event: PointerEvent) => {
    if (!hold.pointers.delete(event.pointerId) || hold.pointers.size > 0) return;
    setHeld(false);
    const { moved, pinched } = hold;
    const ms = Math.max(1, event.timeStamp - hold.startedAt);
    if (Math.hypot(moved.x, moved.y) < tapPx)
      tap(fromMiddle(event, stage.current), event.timeStamp);
    else if (placement.scale <= 1) {
      setPlacement(fitted);
      if (!pinched && event.type === 'pointerup') onSwipe(swipeOf(moved, { ms, rtl }));
    }
  };
  const handlers = {
    onPointerDown: (event: PointerEvent) => {
      event.currentTarget.setPointerCapture(event.pointerId);
      if (hold.pointers.size === 0) {
        Object.assign(hold, { startedAt: event.timeStamp, moved: { x: 0, y: 0 }, pinched: false });
      }
      hold.pointers.set(event.pointerId, { x: event.clientX, y: event.clientY });
      setHeld(true);
    },
    onPointerMove: (event: PointerEvent) => {
      const before = hold.pointers.get(event.pointerId);
      if (!before) return;
      const now = { x: event.clientX, y: event.clientY };
      const other = [...hold.pointers].find(([id]) => id !== event.pointerId)?.[1];
      hold.pointers.set(event.pointerId, now);
      if (!other) return drag({ x: now.x - before.x, y: now.y - before.y });
      hold.pinched = true;
      const factor = distance(now, other) / Math.max(1, distance(before, other));
      zoomTo(factor, middleOf({ now, other }, stage.current));
    },
    onPointerUp: release,
    onPointerCancel: release,
  };
  const zoom = (factor: number) =>
    factor === 0 ? setPlacement(fitted) : zoomTo(factor, { x: 0, y: 0 });
  return { placement, held: isHeld, handlers, zoom };
}

function freshHold(): Held {
  return {
    pointers: new Map(),
    startedAt: 0,
    moved: { x: 0, y: 0 },
    tappedAt: Number.NEGATIVE_INFINITY,
    pinched: false,
  };
}

/** A swipe follows the finger along both axes, upwards less: nothing is there. */
function swiping(by: { x: number; y: number }) {
  return { x: by.x, y: by.y < 0 ? by.y / 3 : by.y };
}

// React listens passively to the wheel, and a passive listener cannot keep the page from zooming.
function useWheel(
  stage: RefObject<HTMLElement | null>,
  zoomTo: (factor: number, at: { x: number; y: number }) => void,
): void {
  const newest = useRef(zoomTo);
  newest.current = zoomTo;
  useEffect(() => {
    const element = stage.current;
    const onWheel = (event: WheelEvent) => {
      event.preventDefault();
      newest.current(Math.exp(-event.deltaY / 400), fromMiddle(event, element));
    };
    element?.addEventListener('wheel', onWheel, { passive: false });
    return () => element?.removeEventListener('wheel', onWheel);
  }, [stage]);
}

function fromMiddle(
  at: { readonly clientX: number; readonly clientY: number },
  stage: HTMLElement | null,
) {
  const box = stage?.getBoundingClientRect() ?? new DOMRect();
  return { x: at.clientX - box.x - box.width / 2, y: at.clientY - box.y - box.height / 2 };
}

interface Pinch {
  readonly now: { x: number; y: number };
  readonly other: { x: number; y: number };
}

function middleOf({ now, other }: Pinch, stage: HTMLElement | null) {
  return fromMiddle({ clientX: (now.x + other.x) / 2, clientY: (now.y + other.y) / 2 }, stage);
}

function distance(a: { x: number; y: number }, b: { x: number; y: number }): number {
  return Math.hypot(a.x - b.x, a.y - b.y);
}

function sizeOf(stage: HTMLElement | null): Size {
  return { width: stage?.clientWidth ?? 1, height: stage?.clientHeight ?? 1 };
}
