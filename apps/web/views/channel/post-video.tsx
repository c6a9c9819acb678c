import { useState } from 'react';
import type { AttachmentView } from '../../bridge/contract/log.ts';
import { BlurHash } from '../../design/blur-hash.tsx';
import { PlayIcon, VideoIcon } from '../../design/icons/media.tsx';
import { useFormats, useTexts } from '../../language/language.tsx';
import { playAlone } from '../../view-models/playing.ts';

/** A moment after the start: many films begin black. */
const stillAt = '#t=0.1';

/** A film that plays where it stands, once somebody asks for it. */
export function PostVideo({ attachment }: { readonly attachment: AttachmentView }) {
  const texts = useTexts().channel;
  const [playing, setPlaying] = useState(false);
  const [failed, setFailed] = useState(false);
  const { url, width, height, blur, description, name, durationMs } = attachment;
  if (playing) {
    return (
      <div className="post-picture" data-kind="video">
        {failed ? <p role="alert">{texts.mediaMissing}</p> : null}
        {/* biome-ignore lint/a11y/useMediaCaption: a film that somebody posted comes without captions. */}
        <video
          className="post-video"
          ref={takeFocus}
          src={url}
          controls
          autoPlay
          playsInline
          preload="metadata"
          aria-label={description ?? name}
          data-failed={failed || undefined}
          onPlay={(event) => playAlone(event.currentTarget)}
          onError={() => setFailed(true)}
        />
      </div>
    );
  }
  const what = description ? `${texts.playVideo}: ${description}` : texts.playVideo;
  return (
    <button
      type="button"
      className="post-picture focus-inside"
      data-kind="video"
      aria-label={what}
      onClick={() => setPlaying(true)}
    >
      {blur ? <BlurHash hash={blur} width={width ?? 4} height={height ?? 3} /> : null}
      <VideoStill url={url} />
      <PlayMark durationMs={durationMs} />
    </button>
  );
}

// It takes the place of the button that had the focus.
function takeFocus(video: HTMLVideoElement | null): void {
  video?.focus({ preventScroll: true });
}

/** A frame of the film; where it cannot be had, what it is. */
export function VideoStill({ url }: { readonly url: string }) {
  const [failed, setFailed] = useState(false);
  if (failed) return <VideoIcon size="xl" />;
  return (
    <video
      className="post-video"
      src={url + stillAt}
      preload="metadata"
      muted
      playsInline
      tabIndex={-1}
      aria-hidden="true"
      onError={() => setFailed(true)}
    />
  );
}

export function PlayMark({ durationMs }: { readonly durationMs: number | undefined }) {
  const formats = useFormats();
  return (
    <>
      <span className="post-picture-play" aria-hidden="true">
        <PlayIcon size="l" />
      </span>
      {durationMs === undefined ? null : (
        <span className="post-picture-length numbers" aria-hidden="true">
          {formats.duration(durationMs)}
        </span>
      )}
    </>
  );
}
