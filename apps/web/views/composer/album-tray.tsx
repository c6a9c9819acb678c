import './album-tray.css';
import { type DragEvent, useEffect, useState } from 'react';
import type { UploadView } from '../../bridge/contract/publishing.ts';
import { IconButton } from '../../design/button.tsx';
import { FileIcon, MusicIcon, PictureIcon, VideoIcon } from '../../design/icons/media.tsx';
import { BackIcon, CheckIcon, CloseIcon, ForthIcon } from '../../design/icons/navigation.tsx';
import { FailedIcon, RetryIcon } from '../../design/icons/state.tsx';
import { ProgressRing } from '../../design/progress.tsx';
import { Switch } from '../../design/switch.tsx';
import { fill } from '../../language/fill.ts';
import { type Texts, useFormats, useTexts } from '../../language/language.tsx';
import { announce } from '../../view-models/announcer.ts';
import type { ComposerModel } from '../../view-models/composer-model.ts';
import { useTell } from '../../view-models/telling.ts';

interface AlbumTrayProps {
  readonly model: ComposerModel;
  readonly uploads: readonly UploadView[];
}

/** What goes into the post, in its order. */
export function AlbumTray({ model, uploads }: AlbumTrayProps) {
  const texts = useTexts().composer;
  const [dragged, setDragged] = useState<string>();
  if (uploads.length === 0) return null;
  const asFiles = model.asFiles();
  const dropOn = (target: string) => {
    const ids = uploads.map(({ uploadId }) => uploadId);
    if (dragged) model.move(dragged, ids.indexOf(target) - ids.indexOf(dragged)).catch(ignore);
    setDragged(undefined);
  };
  return (
    <div className="album-tray">
      <ul className="album-items" aria-label={texts.album}>
        {uploads.map((upload, index) => (
          <li
            key={upload.uploadId}
            draggable
            data-dragged={upload.uploadId === dragged || undefined}
            onDragStart={(event) => beginDrag(event, upload.uploadId, setDragged)}
            onDragEnd={() => setDragged(undefined)}
            onDragOver={(event) => {
              if (dragged) event.preventDefault();
            }}
            onDrop={(event) => {
              if (!dragged) return;
              event.preventDefault();
              event.stopPropagation();
              dropOn(upload.uploadId);
            }}
          >
            <AlbumItem model={model} upload={upload} index={index} count={uploads.length} />
          </li>
        ))}
      </ul>
      <Failures uploads={uploads} />
      <KeptAsFiles uploads={uploads} />
      {asFiles.changeable ? (
        <Switch
          label={texts.asFiles}
          note={texts.asFilesNote}
          checked={asFiles.on}
          onChange={(on) => {
            model.sendAs(on ? 'file' : 'media').catch(ignore);
          }}
        />
      ) : null}
    </div>
  );
}

/** Why files were refused, by name. */
function Failures({ uploads }: Pick<AlbumTrayProps, 'uploads'>) {
  const tell = useTell();
  const failed = uploads.filter(({ state }) => state === 'failed');
  if (failed.length === 0) return null;
  return (
    <ul className="album-failures" role="alert">
      {failed.map(({ uploadId, name, failure }) => (
        <li key={uploadId}>
          <bdi>{name}</bdi>: {tell(failure).text}
        </li>
      ))}
    </ul>
  );
}

/** What goes out as a file, though it was picked as something to show. */
function KeptAsFiles({ uploads }: Pick<AlbumTrayProps, 'uploads'>) {
  const texts = useTexts().composer;
  const kept = uploads.filter(({ keptAsFile }) => keptAsFile !== undefined);
  if (kept.length === 0) return null;
  return (
    <ul className="album-kept" role="status">
      {kept.map(({ uploadId, name, keptAsFile = 'format' }) => (
        <li key={uploadId}>
          <bdi>{name}</bdi>: {texts.keptAsFile[keptAsFile]} {texts.keptAsFileNote}
        </li>
      ))}
    </ul>
  );
}

/** The same file is refused again. */
const final: readonly string[] = ['media_rejected', 'too_large'];

function ignore(): void {
  // The model has told the writer.
}

/** Marks what is dragged as ours, so that it is not taken for a file from outside. */
function beginDrag(event: DragEvent, id: string, setDragged: (id: string) => void): void {
  event.dataTransfer.effectAllowed = 'move';
  event.dataTransfer.setData('application/x-heliogram-upload', id);
  setDragged(id);
}

interface AlbumItemProps extends Pick<AlbumTrayProps, 'model'> {
  readonly upload: UploadView;
  readonly index: number;
  readonly count: number;
}

function AlbumItem({ model, upload, index, count }: AlbumItemProps) {
  const texts = useTexts().composer;
  const formats = useFormats();
  const { uploadId, name } = upload;
  const move = (by: number) => {
    model.move(uploadId, by).catch(ignore);
    announce(fill(texts.moved, name, formats.number(index + by + 1)));
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for forms.
    <div
      className="album-item"
      role="group"
      aria-label={fill(texts.itemOf, name, formats.number(index + 1))}
    >
      <Thumbnail file={model.fileOf(uploadId)} upload={upload} />
      <UploadProgress model={model} upload={upload} />
      <IconButton
        className="album-remove"
        size="s"
        label={fill(texts.remove, name)}
        onClick={() => {
          model.remove(uploadId).catch(ignore);
        }}
      >
        <CloseIcon size="s" />
      </IconButton>
      {count > 1 ? (
        <span className="album-moves">
          <IconButton
            size="s"
            label={fill(texts.moveBefore, name)}
            disabled={index === 0}
            onClick={() => move(-1)}
          >
            <BackIcon size="s" />
          </IconButton>
          <IconButton
            size="s"
            label={fill(texts.moveAfter, name)}
            disabled={index === count - 1}
            onClick={() => move(1)}
          >
            <ForthIcon size="s" />
          </IconButton>
        </span>
      ) : null}
    </div>
  );
}

function UploadProgress({ model, upload }: Pick<AlbumItemProps, 'model' | 'upload'>) {
  const texts = useTexts().composer;
  const { state, sent, size, uploadId, name } = upload;
  if (state === 'done') {
    return (
      <span className="album-done" role="img" aria-label={texts.uploaded}>
        <CheckIcon size="s" />
      </span>
    );
  }
  if (state === 'failed' && final.includes(upload.failure?.code ?? '')) {
    return (
      <span className="album-done" data-failed="" role="img" aria-label={texts.failed}>
        <FailedIcon size="s" />
      </span>
    );
  }
  if (state === 'failed') {
    return (
      <span className="album-progress" data-failed="">
        <IconButton
          label={fill(texts.tryAgain, name)}
          tone="danger"
          onClick={() => {
            model.retry(uploadId).catch(ignore);
          }}
        >
          <RetryIcon />
        </IconButton>
      </span>
    );
  }
  const value = state === 'uploading' ? { value: sent / Math.max(1, size) } : {};
  return (
    <span className="album-progress">
      <ProgressRing over label={`${name}: ${stateText(state, texts)}`} {...value} />
    </span>
  );
}

function stateText(state: UploadView['state'], texts: Texts['composer']): string {
  if (state === 'checking') return texts.checking;
  return state === 'waiting' ? texts.waiting : texts.uploaded;
}

/** The picture itself as long as this session has it. */
function Thumbnail(props: { readonly file: File | undefined; readonly upload: UploadView }) {
  const { file, upload } = props;
  const url = useObjectUrl(upload.kind === 'photo' ? file : undefined);
  const [broken, setBroken] = useState(false);
  if (url && !broken) {
    return (
      <img
        className="album-picture"
        src={url}
        alt=""
        draggable={false}
        onError={() => setBroken(true)}
      />
    );
  }
  return (
    <span className="album-file">
      {iconOf(upload.kind)}
      <bdi>{upload.name}</bdi>
    </span>
  );
}

function iconOf(kind: UploadView['kind']) {
  if (kind === 'photo') return <PictureIcon />;
  if (kind === 'video') return <VideoIcon />;
  return kind === 'audio' ? <MusicIcon /> : <FileIcon />;
}

function useObjectUrl(file: File | undefined): string | undefined {
  const [url, setUrl] = useState<string>();
  useEffect(() => {
    if (!file) return;
    const made = URL.createObjectURL(file);
    setUrl(made);
    return () => URL.revokeObjectURL(made);
  }, [file]);
  return file ? url : undefined;
}
