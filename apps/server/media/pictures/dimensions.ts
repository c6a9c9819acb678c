export type Dimensions = { readonly width: number; readonly height: number };

/** A photo is shown on screens: larger ones are scaled down to this side. */
const MAX_SIDE = 4_096;
/** Long pictures, such as screenshots of whole pages, keep a side this wide: their text is read. */
const READABLE_SIDE = 1_280;
const MAX_PIXELS = 26_214_400;
/** A preview is no longer than twice its shorter side: more is cut away below or at the sides. */
const MAX_PREVIEW_RATIO = 2;
const PREVIEW_SIDE = 1_200;

/** The dimensions at which a photo is kept. `maxSide` is what its format can hold. */
export function keptDimensions({ width, height }: Dimensions, maxSide: number): Dimensions {
  const longest = Math.max(width, height);
  const readable = Math.max(MAX_SIDE / longest, READABLE_SIDE / Math.min(width, height));
  const scale = Math.min(1, readable, Math.sqrt(MAX_PIXELS / (width * height)), maxSide / longest);
  return scaled({ width, height }, scale);
}

/** The dimensions that fit into a square, never larger than before. */
export function fitted({ width, height }: Dimensions, side: number): Dimensions {
  return scaled({ width, height }, Math.min(1, side / Math.max(width, height)));
}

/** As wide as this, never larger than before. */
export function ofWidth({ width, height }: Dimensions, max: number): Dimensions {
  return scaled({ width, height }, Math.min(1, max / width));
}

/** The dimensions of a preview; of a long picture only its beginning fits in. */
export function previewDimensions({ width, height }: Dimensions): Dimensions {
  const shown = {
    width: Math.min(width, height * MAX_PREVIEW_RATIO),
    height: Math.min(height, width * MAX_PREVIEW_RATIO),
  };
  return fitted(shown, PREVIEW_SIDE);
}

function scaled({ width, height }: Dimensions, scale: number): Dimensions {
  return {
    width: Math.max(1, Math.round(width * scale)),
    height: Math.max(1, Math.round(height * scale)),
  };
}
