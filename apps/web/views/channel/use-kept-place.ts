import { useEffect, useRef } from 'react';
import type { VirtualListHandle } from '../../design/virtual-list/virtual-list.tsx';
import { type KeptPlace, keepPlace } from '../../view-models/kept-place.ts';
import type { LogRow } from '../../view-models/log-rows.ts';
import { markRead } from '../../view-models/way-back.ts';

/** Scrolling says where it is many times a second; writing it down so often would slow it. */
const keepEveryMs = 200;

/** Call the result with each view: this tab keeps the place for the reader's return. */
export function useKeptPlace(conversationId: string): (place: KeptPlace | undefined) => void {
  const held = useRef<{ timer: number; write: (() => void) | undefined }>({
    timer: 0,
    write: undefined,
  });
  useEffect(() => {
    const { current } = held;
    const flush = () => {
      clearTimeout(current.timer);
      current.timer = 0;
      current.write?.();
      current.write = undefined;
    };
    addEventListener('pagehide', flush);
    return () => {
      removeEventListener('pagehide', flush);
      flush();
    };
  }, []);
  return (place) => {
    const { current } = held;
    current.write = () => keepPlace(conversationId, place);
    current.timer ||= window.setTimeout(() => {
      current.timer = 0;
      current.write?.();
      current.write = undefined;
      markRead();
    }, keepEveryMs);
  };
}

/** The first post in view; undefined where none is. */
export function placeInView(
  list: VirtualListHandle,
  rows: readonly LogRow[],
): KeptPlace | undefined {
  const first = list.findItemIndex(list.scrollOffset + 1);
  const index = rows.findIndex((row, i) => i >= first && row.kind === 'post');
  const row = rows[index];
  if (row?.kind !== 'post') return undefined;
  const abovePx = Math.round(list.scrollOffset - list.getItemOffset(index));
  return { seq: row.post.seq, abovePx };
}
