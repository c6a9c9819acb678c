import './media-viewer.css';
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { ButtonLink, IconButton } from '../../design/button.tsx';
import { ChatIcon } from '../../design/icons/conversation.tsx';
import { DownloadIcon, ZoomInIcon, ZoomOutIcon } from '../../design/icons/media.tsx';
import { BackIcon, CloseIcon, ForthIcon } from '../../design/icons/navigation.tsx';
import { fill } from '../../language/fill.ts';
import { useFormats, useLanguage, useTexts } from '../../language/language.tsx';
import { useLogSnapshot } from '../../view-models/log.ts';
import type { LogModel } from '../../view-models/log-model.ts';
import { moveInViewer, type ViewerItem, viewerItems } from '../../view-models/viewer-media.ts';
import { type StageHandle, ViewerStage } from './viewer-stage.tsx';

interface MediaViewerProps {
  readonly model: LogModel;
  /** The key of the item to begin with. */
  readonly start: string;
  readonly onShowPost: (seq: number) => void;
  readonly onClose: () => void;
}

/** Photos and videos of a channel on the whole screen, from one to the next. */
export function MediaViewer({ model, start, onShowPost, onClose }: MediaViewerProps) {
  const texts = useTexts().viewer;
  const { direction } = useLanguage();
  const dialog = useModal();
  const stage = useRef<StageHandle>(null);
  const { item, index, count, move } = useItems(model, start);
  if (!item) return null;
  const onKeyDown = (event: KeyboardEvent) => {
    const target = event.target instanceof Element ? event.target : undefined;
    if (target?.closest('video') && event.key.startsWith('Arrow')) return;
    const forth = direction === 'rtl' ? 'ArrowLeft' : 'ArrowRight';
    const back = direction === 'rtl' ? 'ArrowRight' : 'ArrowLeft';
    const acts: Record<string, () => void> = {
      [forth]: () => move(1),
      [back]: () => move(-1),
      '+': () => stage.current?.zoom(1.5),
      '=': () => stage.current?.zoom(1.5),
      '-': () => stage.current?.zoom(1 / 1.5),
      '0': () => stage.current?.zoom(0),
    };
    acts[event.key]?.();
  };
  return (
    <dialog
      ref={dialog}
      className="viewer"
      aria-label={texts.label}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
      onKeyDown={onKeyDown}
    >
      <ViewerBar
        item={item}
        index={index}
        count={count}
        stage={stage}
        onShowPost={() => {
          onClose();
          onShowPost(item.seq);
        }}
        onClose={onClose}
      />
      <div className="viewer-middle">
        <IconButton
          className="viewer-side"
          size="l"
          label={texts.previous}
          disabled={index === 0}
          onClick={() => move(-1)}
        >
          <BackIcon />
        </IconButton>
        <ViewerStage
          key={item.key}
          ref={stage}
          attachment={item.attachment}
          rtl={direction === 'rtl'}
          onSwipe={(swipe) => {
            if (swipe === 'close') onClose();
            if (swipe === 'next') move(1);
            if (swipe === 'previous') move(-1);
          }}
        />
        <IconButton
          className="viewer-side"
          size="l"
          label={texts.next}
          disabled={index === count - 1}
          onClick={() => move(1)}
        >
          <ForthIcon />
        </IconButton>
      </div>
      <Caption item={item} />
    </dialog>
  );
}

/** The platform keeps the focus inside and gives it back. */
function useModal() {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const before = document.activeElement;
    dialog.current?.showModal();
    return () => {
      if (before instanceof HTMLElement && before.isConnected)
        before.focus({ preventScroll: true });
    };
  }, []);
  return dialog;
}

/** How near the first one here older ones are asked for. */
const aheadItems = 2;

function useItems(model: LogModel, start: string) {
  const { log } = useLogSnapshot(model);
  const [key, setKey] = useState(start);
  const items = log.state === 'ready' ? viewerItems(log.posts) : [];
  const index = items.findIndex((item) => item.key === key);
  const wantsOlder = index < aheadItems && log.state === 'ready' && log.frame.hasOlder;
  const firstSeq = log.state === 'ready' ? log.posts[0]?.seq : undefined;
  // biome-ignore lint/correctness/useExhaustiveDependencies: asked once for each start of the log.
  useEffect(() => {
    if (wantsOlder) model.tell({ kind: 'older' });
  }, [wantsOlder, firstSeq]);
  return {
    item: items[index],
    index,
    count: items.length,
    move: (by: number) => setKey(moveInViewer(items, key, by)),
  };
}

interface ViewerBarProps {
  readonly item: ViewerItem;
  readonly index: number;
  readonly count: number;
  readonly stage: React.RefObject<StageHandle | null>;
  readonly onShowPost: () => void;
  readonly onClose: () => void;
}

function ViewerBar({ item, index, count, stage, onShowPost, onClose }: ViewerBarProps) {
  const texts = useTexts().viewer;
  const formats = useFormats();
  const { attachment } = item;
  return (
    <header className="viewer-bar">
      <p className="viewer-place numbers" aria-live="polite">
        {fill(texts.position, formats.number(count), formats.number(index + 1))}
        <span className="viewer-moment"> · {formats.moment(item.post.sentAt)}</span>
      </p>
      {attachment.kind === 'photo' ? (
        <>
          <IconButton
            className="viewer-zoom"
            label={texts.zoomOut}
            onClick={() => stage.current?.zoom(1 / 1.5)}
          >
            <ZoomOutIcon />
          </IconButton>
          <IconButton
            className="viewer-zoom"
            label={texts.zoomIn}
            onClick={() => stage.current?.zoom(1.5)}
          >
            <ZoomInIcon />
          </IconButton>
        </>
      ) : null}
      <IconButton label={texts.showPost} onClick={onShowPost}>
        <ChatIcon />
      </IconButton>
      <ButtonLink
        kind="plain"
        className="viewer-download"
        href={attachment.url}
        download={attachment.name}
        aria-label={texts.download}
        data-tip={texts.download}
      >
        <DownloadIcon />
      </ButtonLink>
      <IconButton label={texts.close} autoFocus onClick={onClose}>
        <CloseIcon />
      </IconButton>
    </header>
  );
}

function Caption({ item: { attachment, post } }: { readonly item: ViewerItem }) {
  const said = [attachment.description, post.text].filter(Boolean).join('\n');
  if (said === '') return null;
  return (
    <p className="viewer-caption" dir="auto">
      {said}
    </p>
  );
}
