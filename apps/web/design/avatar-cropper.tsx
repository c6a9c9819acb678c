import './avatar-cropper.css';
import {
  type KeyboardEvent,
  type Ref,
  useEffect,
  useImperativeHandle,
  useRef,
  useState,
} from 'react';
import { type Crop, clampCrop, maxZoom, movedBy, wholeCrop, zoomAt } from './crop-geometry.ts';
import { useCropGestures } from './crop-gestures.ts';
import { paintCrop, squareBlob } from './crop-painting.ts';
import { ZoomInIcon, ZoomOutIcon } from './icons/media.tsx';

/** The window's own pixels; on the screen it is at most 320 px wide. */
const windowPx = 640;
const keyStep = 0.04;
const keyZoom = 1.1;

export interface AvatarCropperHandle {
  /** The square as a JPEG. Rejects if the picture is not there or cannot be drawn. */
  crop(): Promise<Blob>;
}

interface AvatarCropperProps {
  readonly picture: Blob;
  /** Names the window and says how: "Drag to move. Arrow keys move, plus and minus zoom." */
  readonly label: string;
  readonly zoomLabel: string;
  readonly shape?: 'round' | 'tile' | undefined;
  /** Of the Blob; 512 unless told otherwise. */
  readonly sidePx?: number | undefined;
  /** The picture cannot be decoded. */
  readonly onUnreadable: () => void;
  readonly ref?: Ref<AvatarCropperHandle> | undefined;
}

/** A square out of a picture, by pointer, pinch, wheel and keyboard. Nothing leaves the machine. */
export function AvatarCropper(props: AvatarCropperProps) {
  const { picture, label, zoomLabel, shape = 'round', sidePx = 512, onUnreadable, ref } = props;
  const bitmap = useBitmap(picture, onUnreadable);
  const [asked, setCrop] = useState<Crop>(wholeCrop);
  const crop = bitmap ? clampCrop(asked, bitmap) : wholeCrop;
  const canvas = useRef<HTMLCanvasElement>(null);
  const change = (next: (crop: Crop) => Crop) => {
    setCrop((before) => (bitmap ? clampCrop(next(clampCrop(before, bitmap)), bitmap) : before));
  };
  const gestures = useCropGestures(change);
  useStillPage(canvas);
  useEffect(() => {
    if (bitmap && canvas.current) paintCrop(canvas.current, bitmap, crop);
  }, [bitmap, crop]);
  useImperativeHandle(ref, () => ({
    crop: () =>
      bitmap ? squareBlob(bitmap, crop, sidePx) : Promise.reject(new Error('no picture yet')),
  }));
  return (
    <div className="ui-cropper">
      <div
        className="ui-cropper-window"
        data-shape={shape}
        role="application"
        aria-label={label}
        aria-busy={!bitmap}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: arrow keys move the picture, so it needs the focus.
        tabIndex={0}
        onKeyDown={(event) => changeByKey(event, change)}
        {...gestures}
      >
        <canvas ref={canvas} width={windowPx} height={windowPx} />
      </div>
      <div className="ui-cropper-zoom">
        <ZoomOutIcon />
        <input
          type="range"
          aria-label={zoomLabel}
          min={1}
          max={maxZoom}
          step={0.01}
          value={crop.zoom}
          onChange={(event) => {
            const zoom = event.currentTarget.valueAsNumber;
            change((before) => zoomAt(before, zoom / before.zoom, { x: 0, y: 0 }));
          }}
        />
        <ZoomInIcon />
      </div>
    </div>
  );
}

// React listens to wheels passively: the page would scroll while the picture zooms.
function useStillPage(canvas: { readonly current: HTMLCanvasElement | null }): void {
  useEffect(() => {
    const stop = new AbortController();
    const still = (event: Event) => event.preventDefault();
    canvas.current?.addEventListener('wheel', still, { passive: false, signal: stop.signal });
    return () => stop.abort();
  }, [canvas]);
}

function useBitmap(picture: Blob, onUnreadable: () => void): ImageBitmap | undefined {
  const [bitmap, setBitmap] = useState<ImageBitmap>();
  // biome-ignore lint/correctness/useExhaustiveDependencies: decode again only when the picture changes.
  useEffect(() => {
    let wanted = true;
    let decoded: ImageBitmap | undefined;
    createImageBitmap(picture).then(
      (made) => {
        decoded = made;
        if (wanted) setBitmap(made);
        else made.close();
      },
      () => {
        if (wanted) onUnreadable();
      },
    );
    return () => {
      wanted = false;
      setBitmap(undefined);
      decoded?.close();
    };
  }, [picture]);
  return bitmap;
}

function changeByKey(event: KeyboardEvent, change: (next: (crop: Crop) => Crop) => void): void {
  const next = changeOfKey(event.key);
  if (!next) return;
  event.preventDefault();
  change(next);
}

function changeOfKey(key: string): ((crop: Crop) => Crop) | undefined {
  switch (key) {
    case 'ArrowLeft':
      return (crop) => movedBy(crop, -keyStep, 0);
    case 'ArrowRight':
      return (crop) => movedBy(crop, keyStep, 0);
    case 'ArrowUp':
      return (crop) => movedBy(crop, 0, -keyStep);
    case 'ArrowDown':
      return (crop) => movedBy(crop, 0, keyStep);
    case '+':
    case '=':
      return (crop) => zoomAt(crop, keyZoom, { x: 0, y: 0 });
    case '-':
      return (crop) => zoomAt(crop, 1 / keyZoom, { x: 0, y: 0 });
    default:
      return undefined;
  }
}
