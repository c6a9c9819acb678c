import './post-audio.css';
import './post-file.css';
import { useRef, useState } from 'react';
import type { AttachmentView } from '../../bridge/contract/log.ts';
import { PauseIcon, PlayIcon } from '../../design/icons/media.tsx';
import { useFormats, useTexts } from '../../language/language.tsx';
import { playAlone } from '../../view-models/playing.ts';

/** A sound: play, where it is, how long it is. Nothing is loaded before it is played. */
export function PostAudio({ attachment }: { readonly attachment: AttachmentView }) {
  const texts = useTexts().channel;
  const formats = useFormats();
  const audio = useRef<HTMLAudioElement>(null);
  const [on, setOn] = useState(false);
  const [failed, setFailed] = useState(false);
  const [at, setAt] = useState(0);
  const [length, setLength] = useState((attachment.durationMs ?? 0) / 1_000);
  const toggle = () => {
    const element = audio.current;
    if (!element) return;
    if (!element.paused) return element.pause();
    playAlone(element);
    element.play().catch(() => setFailed(true));
  };
  const clock = `${formats.duration(at * 1_000)} / ${formats.duration(length * 1_000)}`;
  const measure = length > 0 ? clock : formats.bytes(attachment.size);
  return (
    <div className="post-audio">
      {/* biome-ignore lint/a11y/useMediaCaption: a sound that somebody posted comes without captions. */}
      <audio
        ref={audio}
        src={attachment.url}
        preload="none"
        onPlay={() => setOn(true)}
        onPause={() => setOn(false)}
        onTimeUpdate={(event) => setAt(event.currentTarget.currentTime)}
        onDurationChange={(event) => setLength(finiteOr(event.currentTarget.duration, length))}
        onError={() => setFailed(true)}
      />
      <button
        type="button"
        className="post-file-button"
        aria-label={`${on ? texts.pause : texts.play}: ${attachment.name}`}
        onClick={toggle}
      >
        {on ? <PauseIcon /> : <PlayIcon />}
      </button>
      <div className="post-file-text">
        <bdi className="post-file-name">{attachment.name}</bdi>
        <input
          type="range"
          className="post-audio-position"
          aria-label={texts.position}
          aria-valuetext={formats.duration(at * 1_000)}
          min={0}
          max={Math.max(length, 0.1)}
          step="any"
          value={at}
          onChange={(event) => {
            const next = event.currentTarget.valueAsNumber;
            setAt(next);
            if (audio.current) audio.current.currentTime = next;
          }}
        />
        <span className="post-file-note numbers">{failed ? texts.mediaMissing : measure}</span>
      </div>
    </div>
  );
}

function finiteOr(value: number, other: number): number {
  return Number.isFinite(value) ? value : other;
}
