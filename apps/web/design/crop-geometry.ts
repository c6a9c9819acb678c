/** A square window onto a picture. All in shares of the window's side, so no pixel is known here. */
export interface Crop {
  /** The picture's short side over the window's side: 1 fills the window exactly. */
  readonly zoom: number;
  /** How far the picture's middle is from the window's middle. */
  readonly x: number;
  readonly y: number;
}

interface Size {
  readonly width: number;
  readonly height: number;
}

export const maxZoom = 5;
export const wholeCrop: Crop = { zoom: 1, x: 0, y: 0 };

/** The nearest crop in which the picture covers the whole window. */
export function clampCrop(crop: Crop, picture: Size): Crop {
  const zoom = Math.min(Math.max(crop.zoom, 1), maxZoom);
  const { width, height } = drawnSize(zoom, picture);
  const roomX = (width - 1) / 2;
  const roomY = (height - 1) / 2;
  return { zoom, x: within(crop.x, roomX), y: within(crop.y, roomY) };
}

/** Zooms so that the point under the pointer stays there; the point is seen from the middle. */
export function zoomAt(crop: Crop, factor: number, point: Pick<Crop, 'x' | 'y'>): Crop {
  const zoom = Math.min(Math.max(crop.zoom * factor, 1), maxZoom);
  const grown = zoom / crop.zoom;
  return {
    zoom,
    x: point.x + (crop.x - point.x) * grown,
    y: point.y + (crop.y - point.y) * grown,
  };
}

export function movedBy(crop: Crop, x: number, y: number): Crop {
  return { ...crop, x: crop.x + x, y: crop.y + y };
}

/** Where and how large the picture is drawn in a window of side 1. */
export function drawnBox(
  crop: Crop,
  picture: Size,
): Size & { readonly x: number; readonly y: number } {
  const { width, height } = drawnSize(crop.zoom, picture);
  return { x: 0.5 + crop.x - width / 2, y: 0.5 + crop.y - height / 2, width, height };
}

function drawnSize(zoom: number, { width, height }: Size): Size {
  const short = Math.min(width, height);
  return { width: (width / short) * zoom, height: (height / short) * zoom };
}

function within(value: number, room: number): number {
  return Math.min(Math.max(value, -room), room);
}
