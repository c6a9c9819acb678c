import './post-media.css';
import { type CSSProperties, useMemo, useState } from 'react';
import type { AttachmentView } from '../../bridge/contract/log.ts';
import { BlurHash } from '../../design/blur-hash.tsx';
import { PictureIcon, PlayIcon } from '../../design/icons/media.tsx';
import { PhotoMosaic } from '../../design/photo-mosaic.tsx';
import { fill } from '../../language/fill.ts';
import { useFormats, useTexts } from '../../language/language.tsx';
import { viewerKey } from '../../view-models/viewer-media.ts';
import { useScene } from './channel-scene.ts';

interface PostMediaProps {
  readonly seq: number;
  /** Photos and videos, each with its index among all attachments of the post. */
  readonly media: readonly PostMedium[];
}

export interface PostMedium {
  readonly attachment: AttachmentView;
  readonly index: number;
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

/** The smallest ratio a picture alone takes; a taller one stands in its own blur. */
const tallest = 0.8;

function SinglePicture({ seq, medium }: { readonly seq: number; readonly medium: PostMedium }) {
  const ratio = ratioOf(medium.attachment);
  const style = { aspectRatio: Math.max(tallest, Math.min(ratio, 4)) } as CSSProperties;
  return (
    <div className="post-media" data-alone={ratio < tallest ? 'tall' : 'whole'} style={style}>
      <Picture seq={seq} medium={medium} />
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
  const formats = useFormats();
  const label = usePictureLabel(attachment, place);
  const isVideo = attachment.kind === 'video';
  return (
    <button
      type="button"
      className="post-picture focus-inside"
      aria-label={label}
      onClick={() => acts.openViewer(viewerKey(seq, index))}
    >
      {attachment.blur ? (
        <BlurHash hash={attachment.blur} width={ratioOf(attachment)} height={1} />
      ) : null}
      {isVideo ? null : <Loaded attachment={attachment} />}
      {isVideo ? (
        <span className="post-picture-play" aria-hidden="true">
          <PlayIcon size="l" />
        </span>
      ) : null}
      {isVideo && attachment.durationMs !== undefined ? (
        <span className="post-picture-length numbers" aria-hidden="true">
          {formats.duration(attachment.durationMs)}
        </span>
      ) : null}
    </button>
  );
}

function Loaded({ attachment }: { readonly attachment: AttachmentView }) {
  const [state, setState] = useState<'waiting' | 'there' | 'failed'>('waiting');
  if (state === 'failed') return <PictureIcon size="xl" />;
  return (
    <img
      src={attachment.thumbnailUrl ?? attachment.url}
      alt=""
      width={attachment.width}
      height={attachment.height}
      loading="lazy"
      decoding="async"
      draggable={false}
      data-state={state}
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

function ratioOf({ width, height }: AttachmentView): number {
  return width && height ? width / height : 4 / 3;
}

function sizeOf({ attachment, index }: PostMedium) {
  return { key: String(index), width: ratioOf(attachment), height: 1 };
}
