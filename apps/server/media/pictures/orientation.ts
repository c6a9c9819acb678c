import type { Sharp } from 'sharp';

/**
 * Turns and mirrors as the EXIF orientation says (1 to 8), after the picture was scaled. The library
 * mirrors before it turns.
 */
export function turnUpright(image: Sharp, orientation = 1): Sharp {
  switch (orientation) {
    case 2:
      return image.flop();
    case 3:
      return image.rotate(180);
    case 4:
      return image.flip();
    case 5:
      return image.flip().rotate(90);
    case 6:
      return image.rotate(90);
    case 7:
      return image.flip().rotate(270);
    case 8:
      return image.rotate(270);
    default:
      return image;
  }
}
