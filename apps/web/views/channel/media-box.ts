import type { AttachmentView } from '../../bridge/contract/log.ts';

/** How a picture or film that stands alone in its post is shown. */
export interface MediaBox {
  /** Width over height; what is longer is cropped here and whole in the viewer. */
  readonly ratio: number;
  /** CSS pixels; undefined: as wide as the post can be. */
  readonly maxWidthPx: number | undefined;
  /** Narrower than a post can be: it stands inside of the sheet at its own size. */
  readonly isSmall: boolean;
}

type Medium = Pick<AttachmentView, 'width' | 'height'>;

const narrowestRatio = 9 / 16;
const widestRatio = 6;
const unknownRatio = 4 / 3;
const tallestPx = 560;
/** Footer and reactions need so much room; 560 px at 9:16 are a little more. */
const narrowestSheetPx = 312;

/** Never larger than it is, never so tall that it is not seen as one. */
export function mediaBox({ width, height }: Medium): MediaBox {
  if (!width || !height) return { ratio: unknownRatio, maxWidthPx: undefined, isSmall: false };
  const ratio = Math.min(Math.max(width / height, narrowestRatio), widestRatio);
  const naturalPx = Math.min(width, height * ratio);
  const isSmall = naturalPx < narrowestSheetPx;
  const fittingPx = Math.min(naturalPx, tallestPx * ratio);
  const maxWidthPx = isSmall ? fittingPx : Math.max(narrowestSheetPx, fittingPx);
  return { ratio, maxWidthPx: Math.round(maxWidthPx), isSmall };
}

/** How wide the sheet of a post with these photos and films is at most, so that one alone fills it. */
export function sheetWidth(media: readonly Medium[]): number | undefined {
  const [only] = media;
  if (!only || media.length > 1) return undefined;
  const { maxWidthPx, isSmall } = mediaBox(only);
  return isSmall ? undefined : maxWidthPx;
}
