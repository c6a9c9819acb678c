import { type KeyboardEvent, type RefObject, useLayoutEffect, useRef, useState } from 'react';
import type { VirtualizerHandle } from 'virtua';

interface LogKeysOptions {
  readonly scroller: RefObject<HTMLElement | null>;
  readonly list: RefObject<VirtualizerHandle | null>;
  readonly count: number;
  readonly toLatest: () => void;
}

/** Moves the focus from post to post; the one that has it stays drawn wherever one scrolls. */
export function useLogKeys({ scroller, list, count, toLatest }: LogKeysOptions) {
  const [active, setActive] = useState<number>();
  const wanted = useRef(false);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the row is there after it was asked for.
  useLayoutEffect(() => {
    if (!wanted.current || active === undefined) return;
    wanted.current = false;
    articleAt(scroller.current, active)?.focus({ preventScroll: true });
  }, [active]);

  const moveTo = (index: number) => {
    const next = Math.min(count - 1, Math.max(0, index));
    list.current?.scrollToIndex(next, { align: 'nearest' });
    if (next === active) return articleAt(scroller.current, next)?.focus({ preventScroll: true });
    wanted.current = true;
    setActive(next);
  };
  const page = (direction: 1 | -1) => {
    const handle = list.current;
    if (!handle) return;
    const offset = handle.scrollOffset + direction * handle.viewportSize * 0.9;
    handle.scrollTo(Math.max(0, offset));
    moveTo(handle.findItemIndex(offset + handle.viewportSize / 2));
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const here = placeOf(event, scroller.current);
    if (here === 'elsewhere' || event.altKey || event.ctrlKey || event.metaKey) return;
    const handle = list.current;
    const from = here === 'log' ? middleOf(handle) : here;
    const move = movesOf({ from, count, moveTo, page, toLatest })[event.key];
    if (!move) return;
    event.preventDefault();
    move();
  };
  const onFocus = (event: { readonly target: EventTarget }) => {
    const index = rowIndexOf(event.target);
    if (index !== undefined && index !== active) setActive(index);
  };
  return { active, onKeyDown, onFocus };
}

interface Moves {
  readonly from: number;
  readonly count: number;
  readonly moveTo: (index: number) => void;
  readonly page: (direction: 1 | -1) => void;
  readonly toLatest: () => void;
}

function movesOf({ from, count, moveTo, page, toLatest }: Moves): Record<string, () => void> {
  return {
    ArrowUp: () => moveTo(from - 1),
    ArrowDown: () => moveTo(from + 1),
    PageUp: () => page(-1),
    PageDown: () => page(1),
    Home: () => moveTo(0),
    End: () => {
      toLatest();
      moveTo(count - 1);
    },
  };
}

function middleOf(list: VirtualizerHandle | null): number {
  return list ? list.findItemIndex(list.scrollOffset + list.viewportSize * 0.75) : 0;
}

/** The row that has the focus, the log itself, or something in which these keys mean another thing. */
function placeOf(event: KeyboardEvent, scroller: HTMLElement | null): number | 'log' | 'elsewhere' {
  if (event.defaultPrevented || !(event.target instanceof HTMLElement)) return 'elsewhere';
  if (event.target === scroller) return 'log';
  if (
    event.target.closest('input, textarea, select, video, [role="menu"], [popover], dialog, pre')
  ) {
    return 'elsewhere';
  }
  return rowIndexOf(event.target) ?? 'elsewhere';
}

function rowIndexOf(target: EventTarget): number | undefined {
  const row = target instanceof Element ? target.closest<HTMLElement>('[data-row]') : null;
  const index = Number(row?.dataset['row'] ?? Number.NaN);
  return Number.isNaN(index) ? undefined : index;
}

function articleAt(scroller: HTMLElement | null, index: number): HTMLElement | undefined {
  return scroller?.querySelector<HTMLElement>(`[data-row="${index}"] [tabindex="-1"]`) ?? undefined;
}
