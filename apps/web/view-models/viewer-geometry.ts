/** How a picture lies on the screen: scaled about the centre of the stage, then moved, in pixels. */
export interface Placement {
  readonly scale: number;
  readonly x: number;
  readonly y: number;
}

export interface Size {
  readonly width: number;
  readonly height: number;
}

interface Point {
  readonly x: number;
  readonly y: number;
}

export const fitted: Placement = { scale: 1, x: 0, y: 0 };
export const maxScale = 8;

/** The size that shows all of it, never larger than it is. */
export function fitSize(media: Size, stage: Size): Size {
  const scale = Math.min(1, stage.width / media.width, stage.height / media.height);
  return { width: media.width * scale, height: media.height * scale };
}

/** Zooms so that what is under `at`, measured from the centre of the stage, stays there. */
export function zoomAt(
  from: Placement,
  { factor, at }: { readonly factor: number; readonly at: Point },
): Placement {
  const scale = Math.min(maxScale, Math.max(1, from.scale * factor));
  const ratio = scale / from.scale;
  return { scale, x: at.x - (at.x - from.x) * ratio, y: at.y - (at.y - from.y) * ratio };
}

export function panBy(from: Placement, by: Point): Placement {
  return { ...from, x: from.x + by.x, y: from.y + by.y };
}

/** No edge of a zoomed picture comes further in than the edge of the stage. */
export function keepInside(from: Placement, shown: Size, stage: Size): Placement {
  const reachX = Math.max(0, (shown.width * from.scale - stage.width) / 2);
  const reachY = Math.max(0, (shown.height * from.scale - stage.height) / 2);
  return { ...from, x: clamp(from.x, reachX), y: clamp(from.y, reachY) };
}

function clamp(value: number, reach: number): number {
  return Math.min(reach, Math.max(-reach, value));
}

export type Swipe = 'previous' | 'next' | 'close' | 'none';

const swipePx = 60;
const flickPxPerMs = 0.5;

/** What a drag of a picture that is not zoomed means. `rtl` turns the order around. */
export function swipeOf(
  by: Point,
  { ms, rtl }: { readonly ms: number; readonly rtl: boolean },
): Swipe {
  const along = Math.abs(by.x) > Math.abs(by.y);
  const distance = along ? Math.abs(by.x) : by.y;
  const far = distance > swipePx || (distance > 20 && distance / ms > flickPxPerMs);
  if (!far) return 'none';
  if (!along) return 'close';
  return by.x > 0 === rtl ? 'next' : 'previous';
}
