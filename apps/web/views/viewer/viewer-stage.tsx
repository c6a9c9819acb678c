import { type Ref, useImperativeHandle, useRef, useState } from 'react';
import type { AttachmentView } from '../../bridge/contract/log.ts';
import { BlurHash } from '../../design/blur-hash.tsx';
import { useTexts } from '../../language/language.tsx';
import { playAlone } from '../../view-models/playing.ts';
import type { Swipe } from '../../view-models/viewer-geometry.ts';
import { useStageGestures } from './use-stage-gestures.ts';

export interface StageHandle {
  /** Zooms about the middle; 0 fits it again. */
  readonly zoom: (factor: number) => void;
}

interface ViewerStageProps {
  readonly attachment: AttachmentView;
  readonly rtl: boolean;
  readonly onSwipe: (swipe: Swipe) => void;
  readonly ref?: Ref<StageHandle>;
}

/** One picture or film, as large as fits. */
export function ViewerStage({ attachment, rtl, onSwipe, ref }: ViewerStageProps) {
  const texts = useTexts().viewer;
  const stage = useRef<HTMLDivElement>(null);
  const [failed, setFailed] = useState(false);
  // Of unknown size: as large as the stage.
  const { width = 4_000, height = 3_000 } = attachment;
  const gestures = useStageGestures({ stage, media: { width, height }, rtl, onSwipe });
  useImperativeHandle(ref, () => ({ zoom: gestures.zoom }));
  const { scale, x, y } = gestures.placement;
  const moved = { transform: `translate(${x}px, ${y}px) scale(${scale})` };
  return (
    <div
      ref={stage}
      className="viewer-stage"
      data-zoomed={scale > 1 || undefined}
      data-held={gestures.held || undefined}
      {...(attachment.kind === 'photo' ? gestures.handlers : {})}
    >
      {failed ? <p className="viewer-failed">{texts.failed}</p> : null}
      {attachment.kind === 'video' ? (
        // biome-ignore lint/a11y/useMediaCaption: a film that somebody posted comes without captions.
        <video
          src={attachment.url}
          width={width}
          height={height}
          controls
          autoPlay
          playsInline
          onPlay={(event) => playAlone(event.currentTarget)}
          aria-label={attachment.description ?? attachment.name}
          onError={() => setFailed(true)}
        />
      ) : (
        <span
          className="viewer-photo"
          style={
            {
              ...moved,
              aspectRatio: `${width} / ${height}`,
              '--ratio': width / height,
              '--natural': `${width}px`,
            } as React.CSSProperties
          }
        >
          {attachment.blur ? (
            <BlurHash hash={attachment.blur} width={width} height={height} />
          ) : null}
          {failed ? null : (
            <img
              src={attachment.url}
              alt={attachment.description ?? attachment.name}
              draggable={false}
              onError={() => setFailed(true)}
            />
          )}
        </span>
      )}
    </div>
  );
}
