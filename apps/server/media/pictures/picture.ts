/** What is made of an uploaded picture, in the process that decodes it. */

export type PictureJob = {
  /** The upload. */
  readonly path: string;
  /** Type by its first bytes. */
  readonly mediaType: string;
  /** What is made is written to this path with `-photo`, `-thumbnail` or a size behind it. */
  readonly drafts: string;
};

export type MadePicture = {
  readonly kind: 'made';
  readonly mediaType: string;
  readonly width: number;
  readonly height: number;
  readonly blur: string;
  /** Smaller stills that were made: widths, and `preview`. */
  readonly sizes: readonly PictureSize[];
};

/** Why a picture cannot be shown. */
export type PictureFault = 'format' | 'damaged' | 'too_large' | 'animation';

export type PictureOutcome = MadePicture | { readonly kind: 'fault'; readonly fault: PictureFault };

/** Widths in pixels that are made of larger photos, as WebP. */
export const SIZE_WIDTHS = [640, 1_280, 2_048] as const;

export type PictureSize = `${(typeof SIZE_WIDTHS)[number]}` | 'preview';

export const PICTURE_SIZES: readonly PictureSize[] = ['640', '1280', '2048', 'preview'];

export function isPictureSize(name: string): name is PictureSize {
  return PICTURE_SIZES.some((size) => size === name);
}

export const sizeMediaType = (size: PictureSize): string =>
  size === 'preview' ? 'image/jpeg' : 'image/webp';

/** What a decoder other than the library's has made of a picture. */
export type RawPixels = {
  readonly data: Buffer;
  readonly width: number;
  readonly height: number;
  readonly channels: 3 | 4;
};

export class PictureError extends Error {
  readonly fault: PictureFault;

  constructor(fault: PictureFault, cause?: unknown) {
    super(fault, { cause });
    this.fault = fault;
  }
}
