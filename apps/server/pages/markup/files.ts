import type { PageLanguage } from '../language/language.ts';
import { filled } from '../language/texts.ts';
import type { PublicFile } from '../reading/files.ts';
import { blurPlaceholder } from './blur.ts';
import { Html, html } from './html.ts';
import { oneLine } from './words.ts';

/** The media room's thumbnails are no larger on either side. */
const THUMBNAIL_PIXELS = 320;
/** Of photos, between thumbnail and original (MED-28). */
const KEPT_WIDTHS = [640, 1_280, 2_048] as const;
const LARGEST = { width: 656, height: 600 } as const;
/** How wide a picture stands, by how many share its row. */
const SIZES = {
  whole: '(min-width: 48rem) 41rem, 94vw',
  half: '(min-width: 48rem) 21rem, 47vw',
  third: '(min-width: 48rem) 14rem, 32vw',
} as const;
/** Of an album of so many: how many stand two in a row; the rest three. */
const HALVES: Readonly<Record<number, number>> = { 2: 2, 3: 3, 4: 4, 5: 2, 7: 4, 8: 2, 10: 4 };

const GAP = 4;

export type FilesContext = {
  readonly base: string;
  readonly language: PageLanguage;
  /** The first picture of a page is what people wait for. */
  readonly eager?: boolean;
  readonly newWindow?: boolean;
};

/** Pictures and films as one mosaic, then what is heard, then what is saved. */
export function filesMarkup(files: readonly PublicFile[], context: FilesContext): Html {
  const seen = files.filter(isSeen);
  const rows = files.filter((file) => !isSeen(file));
  return html`${album(seen, context)}${rows.length > 0 && html`<ul class="files">${rows.map((file) => html`<li>${row(file, context)}</li>`)}</ul>`}`;
}

export const isSeen = ({ shape }: PublicFile): boolean => shape === 'photo' || shape === 'video';

function album(files: readonly PublicFile[], context: FilesContext): Html {
  if (files.length === 0) return new Html('');
  const halves = HALVES[files.length] ?? 0;
  const tiles = files.map((file, index) => {
    const third = index < halves ? SIZES.half : SIZES.third;
    const sizes = files.length === 1 || (files.length === 3 && index === 0) ? SIZES.whole : third;
    const place = filled(context.language.texts.ofSeveral, index + 1, files.length);
    const label = files.length === 1 ? '' : ` ${place}`;
    const eager = context.eager === true && index === 0;
    const shown = files.length === 1 ? shownSize(file) : file;
    return file.shape === 'photo'
      ? photo(file, { ...context, shown, sizes: sizesFor(shown, sizes), label, eager })
      : video(file, { ...context, shown, label });
  });
  const shape =
    files.length === 1 ? 'alone' : `mosaic halves-${halves}${files.length === 3 ? ' lead' : ''}`;
  return html`<div class="album ${shape}">${tiles}</div>`;
}

/** How high an album of several pictures stands in a column of `width` pixels. */
export function pictureRows(count: number, width: number): number {
  const halves = HALVES[count] ?? 0;
  if (count === 3) return (width * 9) / 16 + GAP + (width / 2) * 0.75;
  const halfRows = Math.ceil(halves / 2);
  const thirdRows = Math.ceil((count - halves) / 3);
  return halfRows * ((width / 2) * 0.75 + GAP) + thirdRows * (width / 3 + GAP);
}

type Measures = { readonly width: number; readonly height: number };

/** By itself a picture keeps its shape, within `maxWidth` and most of a screen's height. */
export function shownSize({ height, width }: Measures, maxWidth: number = LARGEST.width): Measures {
  if (width === 0 || height === 0) return { width: 0, height: 0 };
  const scale = Math.min(1, maxWidth / width, LARGEST.height / height);
  return { width: Math.round(width * scale), height: Math.round(height * scale) };
}

function sizesFor({ width }: Measures, sizes: string): string {
  return sizes === SIZES.whole && width > 0 && width < LARGEST.width
    ? `(min-width: 48rem) ${width}px, 94vw`
    : sizes;
}

type Tile = FilesContext & { readonly label: string; readonly shown: Measures };

function photo(file: PublicFile, tile: Tile & { readonly sizes: string }): Html {
  const { base, eager, label, language, newWindow, sizes } = tile;
  const url = `${base}${file.path}`;
  const { height, width } = tile.shown;
  const { description } = file;
  const blur = file.mediaType === 'image/jpeg' ? blurPlaceholder(file.blur) : undefined;
  const alt = oneLine(description) || `${language.texts.photo}${label}`;
  const measures = width > 0 && html` width="${width}" height="${height}"`;
  const haste = eager ? html` fetchpriority="high"` : html` loading="lazy"`;
  const choice = sources(file, url);
  const image = html`<img src="${url}"${choice && html` srcset="${choice}" sizes="${sizes}"`}${measures} alt="${alt}" decoding="async"${haste}>`;
  const under =
    blur !== undefined &&
    html`<svg class="blur" viewBox="0 0 8 6" preserveAspectRatio="none" aria-hidden="true"><image href="${blur}" width="8" height="6" preserveAspectRatio="none"/></svg>`;
  return html`<a class="tile" href="${url}"${newWindow && html` target="_blank" rel="noopener"`}>${under}${image}</a>`;
}

/** The widths in which a photo is kept, for `srcset`; undefined where the photo itself is all there is. */
export function sources(
  { hasThumbnail, height, width }: PublicFile,
  url: string,
): string | undefined {
  const longest = Math.max(width, height);
  if (!hasThumbnail || longest <= THUMBNAIL_PIXELS) return undefined;
  const small = Math.max(1, Math.round((width * THUMBNAIL_PIXELS) / longest));
  const between = KEPT_WIDTHS.filter((kept) => kept < width).map(
    (kept) => `${url}/${kept} ${kept}w`,
  );
  return [`${url}/thumbnail ${small}w`, ...between, `${url} ${width}w`].join(', ');
}

function video(file: PublicFile, { base, label, language, shown }: Tile): Html {
  const url = `${base}${file.path}`;
  const { height, width } = shown;
  const measures = width > 0 && html` width="${width}" height="${height}"`;
  const poster = blurPlaceholder(file.blur);
  const name = oneLine(file.description) || `${language.texts.video}${label}`;
  return html`<div class="tile"><video src="${url}" controls preload="none" aria-label="${name}"${measures}${poster !== undefined && html` poster="${poster}"`}></video></div>`;
}

function row(file: PublicFile, { base, language, newWindow }: FilesContext): Html {
  const { formats, texts } = language;
  const url = `${base}${file.path}`;
  const name = oneLine(file.name) || texts.file;
  const length = file.durationMs > 0 && html`${formats.duration(file.durationMs)} · `;
  const facts = html`<span class="facts">${length}${formats.byteSize(file.size)}</span>`;
  if (file.shape === 'audio') {
    return html`<div class="audio"><span class="name"><bdi>${name}</bdi></span> ${facts}<audio src="${url}" controls preload="none" aria-label="${name}"></audio></div>`;
  }
  const open = newWindow ? html` target="_blank" rel="noopener"` : html` download`;
  return html`<a class="file" href="${url}"${open}><span class="name"><bdi>${name}</bdi></span> ${facts}</a>`;
}
