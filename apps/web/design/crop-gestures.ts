import { type PointerEvent, useRef, type WheelEvent } from 'react';
import { type Crop, movedBy, zoomAt } from './crop-geometry.ts';

/** How much a wheel's notch of 100 px zooms: a factor of e^0.15. */
const wheelRate = 0.0015;

interface Finger {
  readonly x: number;
  readonly y: number;
}

/** Dragging, pinching and the wheel, as the handlers of the cropper's window. */
export function useCropGestures(change: (next: (crop: Crop) => Crop) => void) {
  const fingers = useRef(new Map<number, Finger>());
  const lift = (event: PointerEvent<HTMLElement>) => fingers.current.delete(event.pointerId);
  return {
    onPointerDown: (event: PointerEvent<HTMLElement>) => {
      event.currentTarget.setPointerCapture(event.pointerId);
      fingers.current.set(event.pointerId, pointIn(event));
    },
    onPointerMove: (event: PointerEvent<HTMLElement>) => {
      const before = fingers.current.get(event.pointerId);
      if (!before) return;
      const after = pointIn(event);
      const still = [...fingers.current].find(([id]) => id !== event.pointerId)?.[1];
      fingers.current.set(event.pointerId, after);
      if (still)
        change((crop) => zoomAt(crop, spread(still, after) / spread(still, before), still));
      else change((crop) => movedBy(crop, after.x - before.x, after.y - before.y));
    },
    onPointerUp: lift,
    onPointerCancel: lift,
    onWheel: (event: WheelEvent<HTMLElement>) => {
      const point = pointIn(event);
      const factor = Math.exp(-event.deltaY * wheelRate);
      change((crop) => zoomAt(crop, factor, point));
    },
  };
}

// From the window's middle, in shares of its side.
function pointIn(event: PointerEvent<HTMLElement> | WheelEvent<HTMLElement>): Finger {
  const box = event.currentTarget.getBoundingClientRect();
  return {
    x: (event.clientX - box.left) / box.width - 0.5,
    y: (event.clientY - box.top) / box.height - 0.5,
  };
}

function spread(one: Finger, other: Finger): number {
  return Math.max(Math.hypot(one.x - other.x, one.y - other.y), 0.01);
}
