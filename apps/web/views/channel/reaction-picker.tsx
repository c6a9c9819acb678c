import './reaction-picker.css';
import { useEffect, useRef } from 'react';
import { useTexts } from '../../language/language.tsx';
import type { Spot } from './channel-scene.ts';
import { EmojiGrid } from './emoji-grid.tsx';

interface ReactionPickerProps {
  readonly spot: Spot;
  readonly onPick: (emoji: string) => void;
  readonly onClose: () => void;
}

/** Emoji beside a post. Escape or a press elsewhere closes it, and the focus goes back. */
export function ReactionPicker({ spot, onPick, onClose }: ReactionPickerProps) {
  const texts = useTexts().channel;
  const box = useRef<HTMLDivElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: shown once, where it was asked for.
  useEffect(() => {
    const element = box.current;
    if (!element) return;
    const before = document.activeElement;
    element.showPopover();
    place(element, spot);
    element.querySelector<HTMLElement>('.emoji')?.focus();
    return () => {
      if (before instanceof HTMLElement && before.isConnected)
        before.focus({ preventScroll: true });
    };
  }, []);
  return (
    <div
      ref={box}
      className="reaction-picker"
      popover="auto"
      role="dialog"
      aria-label={texts.react}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || event.defaultPrevented) return;
        // Else the window's own Escape leaves the channel.
        event.preventDefault();
        onClose();
      }}
      onToggle={(event) => {
        if (event.newState === 'closed') onClose();
      }}
    >
      <EmojiGrid quick onPick={onPick} />
    </div>
  );
}

const edgePx = 8;

/** Beside the spot, and all of it in the window. */
function place(element: HTMLElement, spot: Spot): void {
  const at = spot instanceof HTMLElement ? spot.getBoundingClientRect() : undefined;
  const { x, y } = spot instanceof HTMLElement ? { x: at?.left ?? 0, y: at?.bottom ?? 0 } : spot;
  const { offsetWidth: width, offsetHeight: height } = element;
  const above = (at?.top ?? y) - height - edgePx;
  const top = y + height + edgePx > innerHeight && above > edgePx ? above : y + edgePx / 2;
  const within = (value: number, size: number, room: number) =>
    Math.max(edgePx, Math.min(value, room - size - edgePx));
  element.style.setProperty('left', `${within(x, width, innerWidth)}px`);
  element.style.setProperty('top', `${within(top, height, innerHeight)}px`);
}
