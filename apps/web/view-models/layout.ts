import { useMemo, useSyncExternalStore } from 'react';

// In em, so that large text gets the layout of a small window.
const wide = '(min-width: 52em)';
const threeColumns = '(min-width: 75em)';

/** One column on phones, list and conversation beside each other, or details as well. */
export type Layout = 'one' | 'two' | 'three';

export function useLayout(): Layout {
  const two = useMedia(wide);
  const three = useMedia(threeColumns);
  if (three) return 'three';
  return two ? 'two' : 'one';
}

function useMedia(query: string): boolean {
  // Asked with each drawing: the query is read once only.
  const list = useMemo(() => matchMedia(query), [query]);
  return useSyncExternalStore(
    (changed) => {
      list.addEventListener('change', changed);
      return () => list.removeEventListener('change', changed);
    },
    () => list.matches,
  );
}
