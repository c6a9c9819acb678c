/** A square cut out of a picture: its middle, as a part of width and height, and how close it looks. */
export interface Crop {
  readonly x: number;
  readonly y: number;
  /** 1: the whole shorter side. */
  readonly zoom: number;
}

export interface Size {
  readonly width: number;
  readonly height: number;
}

export const wholeMiddle: Crop = { x: 0.5, y: 0.5, zoom: 1 };
export const maxZoom = 5;
/** What is uploaded; the server makes smaller ones of it. */
const outputSize = 512;

/** The square in pixels of the picture. */
export function cropSquare(picture: Size, crop: Crop) {
  const side = Math.min(picture.width, picture.height) / crop.zoom;
  return {
    side,
    left: crop.x * picture.width - side / 2,
    top: crop.y * picture.height - side / 2,
  };
}

/** The nearest crop that does not look beyond the picture. */
export function heldInside(picture: Size, crop: Crop): Crop {
  const zoom = Math.min(maxZoom, Math.max(1, crop.zoom));
  const side = Math.min(picture.width, picture.height) / zoom;
  const hold = (middle: number, length: number) => {
    const half = side / 2 / length;
    return Math.min(1 - half, Math.max(half, middle));
  };
  return { x: hold(crop.x, picture.width), y: hold(crop.y, picture.height), zoom };
}

/** The crop after the picture was dragged by so many parts of the square's side. */
export function dragged(picture: Size, crop: Crop, by: { readonly x: number; readonly y: number }) {
  const { side } = cropSquare(picture, crop);
  return heldInside(picture, {
    x: crop.x - (by.x * side) / picture.width,
    y: crop.y - (by.y * side) / picture.height,
    zoom: crop.zoom,
  });
}

/** Cuts the square out and makes a JPEG of it. Rejects when the browser cannot. */
export async function cutOut(picture: HTMLImageElement, crop: Crop): Promise<Blob> {
  const { side, left, top } = cropSquare(naturalSize(picture), crop);
  const size = Math.max(1, Math.min(outputSize, Math.round(side)));
  const canvas = document.createElement('canvas');
  canvas.width = size;
  canvas.height = size;
  const context = canvas.getContext('2d');
  if (!context) throw new Error('no canvas');
  // Transparent parts would turn black.
  context.fillStyle = '#ffffff';
  context.fillRect(0, 0, size, size);
  context.imageSmoothingQuality = 'high';
  context.drawImage(picture, left, top, side, side, 0, 0, size, size);
  const blob = await new Promise<Blob | null>((done) => canvas.toBlob(done, 'image/jpeg', 0.9));
  if (!blob) throw new Error('the picture could not be written');
  return blob;
}

export function naturalSize(picture: HTMLImageElement): Size {
  return { width: picture.naturalWidth, height: picture.naturalHeight };
}
