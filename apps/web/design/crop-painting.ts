import { type Crop, drawnBox } from './crop-geometry.ts';

const jpegQuality = 0.9;

/** Draws what the window of the cropper shows; transparent places become white. */
export function paintCrop(canvas: HTMLCanvasElement, bitmap: ImageBitmap, crop: Crop): void {
  const context = canvas.getContext('2d');
  if (!context) return;
  const side = canvas.width;
  const { x, y, width, height } = drawnBox(crop, bitmap);
  context.imageSmoothingQuality = 'high';
  context.fillStyle = '#ffffff';
  context.fillRect(0, 0, side, side);
  context.drawImage(bitmap, x * side, y * side, width * side, height * side);
}

/** @throws Error if the browser cannot write a JPEG of that size. */
export function squareBlob(bitmap: ImageBitmap, crop: Crop, sidePx: number): Promise<Blob> {
  const canvas = document.createElement('canvas');
  canvas.width = sidePx;
  canvas.height = sidePx;
  paintCrop(canvas, bitmap, crop);
  return new Promise((resolve, reject) => {
    canvas.toBlob(
      (blob) => (blob ? resolve(blob) : reject(new Error('the picture could not be written'))),
      'image/jpeg',
      jpegQuality,
    );
  });
}
