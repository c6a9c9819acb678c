import './context-menu.css';
import {
  type MouseEvent,
  type ReactNode,
  type PointerEvent as ReactPointerEvent,
  Suspense,
  type SyntheticEvent,
  useEffect,
  useRef,
  useState,
} from 'react';
import { LazyMenu } from './lazy-menu.tsx';
import type { MenuEntry } from './menu-entry.ts';

const longPressMs = 450;
/** A finger that moves further than this scrolls. */
const restlessPx = 8;

interface ContextMenuProps {
  readonly label: string;
  /** Asked when it opens, so that a list of a thousand rows makes no thousand menus. */
  readonly entries: () => readonly MenuEntry[];
  readonly children: ReactNode;
}

interface Place {
  readonly x: number;
  readonly y: number;
  readonly byKey?: boolean;
}

interface Opening {
  readonly at: Place;
  readonly entries: readonly MenuEntry[];
}

/**
 * Right button, menu key, Shift+F10 or a long touch on what is inside. It is never the only way to
 * a deed: put the same entries behind a `MenuButton`.
 */
export function ContextMenu({ label, entries, children }: ContextMenuProps) {
  const [opening, setOpening] = useState<Opening>();
  const anchor = useRef<HTMLElement | null>(null);
  const open = (target: HTMLElement, at: Place) => {
    const rows = entries();
    if (rows.length === 0) return;
    anchor.current = target;
    setOpening({ at, entries: rows });
  };
  const touch = useLongPress(open);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the child element has the focus and gets the menu key.
    <div
      className="ui-context"
      onContextMenu={(event) => {
        if (!startedInside(event)) return;
        event.preventDefault();
        open(focusableOf(event.target), placeOf(event));
      }}
      {...touch}
    >
      {children}
      {opening ? (
        <Suspense>
          <LazyMenu
            label={label}
            entries={opening.entries}
            anchor={anchor}
            at={opening.at}
            byKey={opening.at.byKey ?? false}
            onClose={() => setOpening(undefined)}
          />
        </Suspense>
      ) : null}
    </div>
  );
}

// iOS has no contextmenu event: there a long touch is timed by hand.
function useLongPress(open: (target: HTMLElement, at: Place) => void) {
  const press = useRef<{ timer: ReturnType<typeof setTimeout>; x: number; y: number }>(undefined);
  const opened = useRef(false);
  const stop = () => clearTimeout(press.current?.timer);
  useEffect(() => () => clearTimeout(press.current?.timer), []);
  return {
    onPointerDown: (event: ReactPointerEvent) => {
      opened.current = false;
      if (event.pointerType !== 'touch' || !startedInside(event)) return;
      const { clientX: x, clientY: y, target } = event;
      const timer = setTimeout(() => {
        opened.current = true;
        open(focusableOf(target), { x, y });
      }, longPressMs);
      press.current = { timer, x, y };
    },
    onPointerMove: (event: ReactPointerEvent) => {
      const { x = event.clientX, y = event.clientY } = press.current ?? {};
      if (Math.hypot(event.clientX - x, event.clientY - y) > restlessPx) stop();
    },
    onPointerUp: stop,
    onPointerCancel: stop,
    onClickCapture: (event: MouseEvent) => {
      if (!opened.current || !startedInside(event)) return;
      opened.current = false;
      event.preventDefault();
      event.stopPropagation();
    },
  };
}

/**
 * React passes events of the open menu on to this element although the menu is drawn elsewhere. Those belong to
 * the menu: the first tap on an entry is no end of the long touch.
 */
function startedInside({ currentTarget, target }: SyntheticEvent): boolean {
  return target instanceof Node && currentTarget.contains(target);
}

// By the keyboard there is no pointer: the menu opens on the element that has the focus.
function placeOf(event: MouseEvent): Place {
  if (!isByKey(event)) return { x: event.clientX, y: event.clientY };
  const box = focusableOf(event.target).getBoundingClientRect();
  return { x: box.x + box.width / 4, y: box.y + box.height / 2, byKey: true };
}

// Browsers tell it apart in three ways: no button, no kind of pointer, or no place.
function isByKey({ nativeEvent, button, clientX, clientY }: MouseEvent): boolean {
  if (button === -1) return true;
  if (nativeEvent instanceof PointerEvent) return nativeEvent.pointerType === '';
  return clientX === 0 && clientY === 0;
}

function focusableOf(target: EventTarget): HTMLElement {
  const element = target instanceof Element ? target : document.body;
  return element.closest<HTMLElement>('a, button, [tabindex]') ?? document.body;
}
