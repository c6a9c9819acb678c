import './post-file.css';
import type { AttachmentView } from '../../bridge/contract/log.ts';
import { DownloadIcon, FileIcon } from '../../design/icons/media.tsx';
import { CheckIcon, CloseIcon } from '../../design/icons/navigation.tsx';
import { RetryIcon } from '../../design/icons/state.tsx';
import { ProgressRing } from '../../design/progress.tsx';
import { fill } from '../../language/fill.ts';
import type { Formats } from '../../language/formats.ts';
import { type Texts, useFormats, useTexts } from '../../language/language.tsx';
import { useDownload } from '../../view-models/downloading.ts';
import type { DownloadState } from '../../view-models/log-download.ts';

/** A file: its name and size, and how far its download is. */
export function PostFile({ attachment }: { readonly attachment: AttachmentView }) {
  const texts = useTexts().channel;
  const formats = useFormats();
  const { state, start, stop } = useDownload(attachment);
  const running = state.at === 'running';
  const value = progressOf(state, attachment.size);
  return (
    <div className="post-file">
      {value === undefined ? (
        <button
          type="button"
          className="post-file-button"
          aria-label={fill(texts.downloadOf, attachment.name)}
          data-tip={texts.download}
          onClick={start}
        >
          {state.at === 'done' ? <CheckIcon /> : <FileIcon />}
        </button>
      ) : (
        <ProgressRing
          label={attachment.name}
          value={value}
          onPress={running ? stop : start}
          pressLabel={running ? texts.stopDownload : texts.resumeDownload}
        >
          {running ? <CloseIcon /> : <ResumeIcon state={state} />}
        </ProgressRing>
      )}
      <div className="post-file-text">
        <bdi className="post-file-name">{attachment.name}</bdi>
        <span className="post-file-note numbers">
          {noteOf(state, attachment, { texts, formats })}
        </span>
      </div>
    </div>
  );
}

function ResumeIcon({ state }: { readonly state: DownloadState }) {
  return state.at === 'failed' ? <RetryIcon /> : <DownloadIcon />;
}

function progressOf(state: DownloadState, size: number): number | undefined {
  if (state.at === 'idle' || state.at === 'done') return undefined;
  return (state.at === 'running' ? state.received : state.kept) / Math.max(1, size);
}

function noteOf(
  state: DownloadState,
  attachment: AttachmentView,
  { texts, formats }: { readonly texts: Texts['channel']; readonly formats: Formats },
): string {
  const size = formats.bytes(attachment.size);
  switch (state.at) {
    case 'idle':
      return size;
    case 'running':
      return `${formats.bytes(state.received)} / ${size}`;
    case 'done':
      return `${texts.saved} · ${size}`;
    case 'stopped':
      return fill(texts.downloadKept, formats.bytes(state.kept), size);
    case 'failed':
      return `${texts.downloadFailed} · ${fill(texts.downloadKept, formats.bytes(state.kept), size)}`;
  }
}
