import './post-media.css';
import { type CSSProperties, useMemo, useState } from 'react';
import type { AttachmentView } from '../../bridge/contract/log.ts';
import { BlurHash } from '../../design/blur-hash.tsx';
import { PictureIcon } from '../../design/icons/media.tsx';
import { PhotoMosaic } from '../../design/photo-mosaic.tsx';
import { fill } from '../../language/fill.ts';
import { useFormats, useTexts } from '../../language/language.tsx';
import { viewerKey } from '../../view-models/viewer-media.ts';
import { useScene } from './channel-scene.ts';
import { mediaBox } from './media-box.ts';
import type { PostMedium } from './post-media-list.ts';
import { PlayMark, PostVideo, VideoStill } from './post-video.tsx';

interface PostMediaProps {
  readonly seq: number;
  /** Photos and videos, each with its index among all attachments of the post. */
  readonly media: readonly PostMedium[];
}

/** One picture whole, several as a mosaic. Sizes are known before anything is loaded. */
export function PostMedia({ seq, media }: PostMediaProps) {
  const texts = useTexts().channel;
  const [only] = media;
  const pictures = useMemo(
    () => media.map((medium) => ({ ...sizeOf(medium), ...medium })),
    [media],
  );
  if (media.length === 1 && only) return <SinglePicture seq={seq} medium={only} />;
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for forms.
    <div className="post-media" role="group" aria-label={texts.album}>
      <PhotoMosaic
        pictures={pictures}
        render={(medium, i) => (
          <Picture seq={seq} medium={medium} place={{ number: i + 1, of: media.length }} />
        )}
      />
    </div>
  );
}

function SinglePicture({ seq, medium }: { readonly seq: number; readonly medium: PostMedium }) {
  const { ratio, maxWidthPx, isSmall } = mediaBox(medium.attachment);
  const style: CSSProperties = {
    aspectRatio: ratio,
    ...(isSmall && { inlineSize: `min(100%, ${maxWidthPx}px)` }),
  };
  return (
    <div className="post-media" data-alone={isSmall ? 'small' : 'whole'} style={style}>
      {medium.attachment.kind === 'video' ? (
        <PostVideo attachment={medium.attachment} />
      ) : (
        <Picture seq={seq} medium={medium} />
      )}
    </div>
  );
}

interface PictureProps {
  readonly seq: number;
  readonly medium: PostMedium;
  readonly place?: { readonly number: number; readonly of: number };
}

function Picture({ seq, medium: { attachment, index }, place }: PictureProps) {
  const { acts } = useScene();
  const label = usePictureLabel(attachment, place);
  const isVideo = attachment.kind === 'video';
  return (
    <button
      type="button"
      className="post-picture focus-inside"
      data-kind={attachment.kind}
      data-small={(place && isTiny(attachment)) || undefined}
      aria-label={label}
      onClick={() => acts.openViewer(viewerKey(seq, index))}
    >
      {attachment.blur ? (
        <BlurHash hash={attachment.blur} width={ratioOf(attachment)} height={1} />
      ) : null}
      {isVideo ? <VideoStill url={attachment.url} /> : null}
      {isVideo ? <PlayMark durationMs={attachment.durationMs} /> : null}
      {isVideo ? null : <Loaded attachment={attachment} sizes={place ? albumSizes : aloneSizes} />}
    </button>
  );
}

/** What a browser takes that cannot see for itself how wide a picture will be. */
const aloneSizes = 'auto, (width <= 40em) 100vw, 620px';
const albumSizes = 'auto, (width <= 40em) 50vw, 310px';

/** Cells of an album are larger than this. */
const tinyPx = 120;

/** A thumbnail's longer side, pixels. */
const thumbnailSide = 320;

/** The small one where it is enough, the whole one where it would be seen to be small. */
function sourcesOf({ url, thumbnailUrl, width, height }: AttachmentView): string | undefined {
  if (!thumbnailUrl || !width || !height) return undefined;
  const scale = Math.min(1, thumbnailSide / Math.max(width, height));
  const small = Math.max(1, Math.round(width * scale));
  return small < width ? `${thumbnailUrl} ${small}w, ${url} ${width}w` : undefined;
}

function naturalSize({ width, height }: AttachmentView): CSSProperties {
  if (!width || !height) return {};
  const size = { '--natural-width': `${width}px`, '--natural-height': `${height}px` };
  return size as CSSProperties;
}

interface LoadedProps {
  readonly attachment: AttachmentView;
  readonly sizes: string;
}

function Loaded({ attachment, sizes }: LoadedProps) {
  const [state, setState] = useState<'waiting' | 'there' | 'failed'>('waiting');
  if (state === 'failed') return <PictureIcon size="xl" />;
  return (
    <img
      // First of all: it decides how the others are read.
      loading="lazy"
      srcSet={sourcesOf(attachment)}
      sizes={sizes}
      src={attachment.thumbnailUrl ?? attachment.url}
      alt=""
      width={attachment.width}
      height={attachment.height}
      decoding="async"
      draggable={false}
      data-state={state}
      style={naturalSize(attachment)}
      onLoad={() => setState('there')}
      onError={() => setState('failed')}
    />
  );
}

function usePictureLabel(attachment: AttachmentView, place: PictureProps['place']): string {
  const texts = useTexts().channel;
  const formats = useFormats();
  const what = attachment.kind === 'video' ? texts.playVideo : texts.photo;
  const numbered =
    place && attachment.kind === 'photo'
      ? fill(texts.photoOf, formats.number(place.of), formats.number(place.number))
      : what;
  return attachment.description ? `${numbered}: ${attachment.description}` : numbered;
}

/** In a cell of an album it stands at its own size on its blur: enlarged it would be a blur itself. */
function isTiny({ width = Number.POSITIVE_INFINITY, height = 0 }: AttachmentView): boolean {
  return Math.max(width, height) < tinyPx;
}

function ratioOf({ width, height }: AttachmentView): number {
  return width && height ? width / height : 4 / 3;
}

function sizeOf({ attachment, index }: PostMedium) {
  return { key: String(index), width: ratioOf(attachment), height: 1 };
}
