import { type KeyboardEvent, type RefObject, useLayoutEffect, useRef, useState } from 'react';
import type { VirtualListHandle } from '../../design/virtual-list/virtual-list.tsx';
import type { LogRow } from '../../view-models/log-rows.ts';

interface LogKeysOptions {
  readonly scroller: RefObject<HTMLElement | null>;
  readonly list: RefObject<VirtualListHandle | null>;
  readonly rows: readonly LogRow[];
  readonly toLatest: () => void;
}

/** Moves the focus from post to post; the one that has it stays drawn wherever one scrolls. */
export function useLogKeys({ scroller, list, rows, toLatest }: LogKeysOptions) {
  /** The key of its row: rows come and go above it. */
  const [active, setActive] = useState<string>();
  const wanted = useRef(false);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the row is there after it was asked for.
  useLayoutEffect(() => {
    if (!wanted.current || active === undefined) return;
    wanted.current = false;
    articleAt(scroller.current, active)?.focus({ preventScroll: true });
  }, [active]);

  const moveTo = (index: number) => {
    const next = Math.min(rows.length - 1, Math.max(0, index));
    const key = rows[next]?.key;
    if (key === undefined) return;
    list.current?.scrollToIndex(next, { align: 'nearest' });
    if (key === active) return articleAt(scroller.current, key)?.focus({ preventScroll: true });
    wanted.current = true;
    setActive(key);
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
    const at = rows.findIndex(({ key }) => key === here);
    if (here === 'elsewhere' || event.altKey || event.ctrlKey || event.metaKey) return;
    const handle = list.current;
    const from = at < 0 ? middleOf(handle) : at;
    const move = movesOf({ from, count: rows.length, moveTo, page, toLatest })[event.key];
    if (!move) return;
    event.preventDefault();
    move();
  };
  const onFocus = (event: { readonly target: EventTarget }) => {
    const key = rowKeyOf(event.target);
    if (key !== undefined && key !== active) setActive(key);
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

function middleOf(list: VirtualListHandle | null): number {
  return list ? list.findItemIndex(list.scrollOffset + list.viewportSize * 0.75) : 0;
}

/** The key of the row that has the focus, the log itself, or something in which keys mean another thing. */
function placeOf(event: KeyboardEvent, scroller: HTMLElement | null): string {
  if (event.defaultPrevented || !(event.target instanceof HTMLElement)) return 'elsewhere';
  if (event.target === scroller) return 'log';
  if (
    event.target.closest('input, textarea, select, video, [role="menu"], [popover], dialog, pre')
  ) {
    return 'elsewhere';
  }
  return rowKeyOf(event.target) ?? 'elsewhere';
}

function rowKeyOf(target: EventTarget): string | undefined {
  return target instanceof Element
    ? target.closest<HTMLElement>('[data-row]')?.dataset['row']
    : undefined;
}

function articleAt(scroller: HTMLElement | null, key: string): HTMLElement | undefined {
  return scroller?.querySelector<HTMLElement>(`[data-row="${key}"] [tabindex="-1"]`) ?? undefined;
}
