import { type RefObject, useLayoutEffect, useRef } from 'react';

const calmMs = 180;

/** Rows that change places glide there; `order` is another text whenever they do. */
export function useCalmReorder(order: string): RefObject<HTMLUListElement | null> {
  const list = useRef<HTMLUListElement>(null);
  const places = useRef(new Map<string, number>());
  // biome-ignore lint/correctness/useExhaustiveDependencies: places are read when the order is another.
  useLayoutEffect(() => {
    const before = places.current;
    const after = new Map<string, number>();
    const still = matchMedia('(prefers-reduced-motion: reduce)').matches;
    for (const row of list.current?.children ?? []) {
      if (!(row instanceof HTMLElement)) continue;
      const id = row.dataset['id'] ?? '';
      after.set(id, row.offsetTop);
      const from = before.get(id);
      if (from !== undefined && from !== row.offsetTop && !still) glide(row, from - row.offsetTop);
    }
    places.current = after;
  }, [order]);
  return list;
}

function glide(row: HTMLElement, by: number): void {
  row.animate([{ translate: `0 ${by}px` }, { translate: '0 0' }], {
    duration: calmMs,
    easing: 'cubic-bezier(0.2, 0.8, 0.3, 1)',
  });
}
