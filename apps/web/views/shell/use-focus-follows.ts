import { type RefObject, useEffect, useRef } from 'react';

/**
 * Where one column takes the place of another, the focus goes along: it would be lost with what was
 * hidden. Whoever holds it elsewhere keeps it.
 */
export function useFocusFollows(shown: string): RefObject<HTMLDivElement | null> {
  const columns = useRef<HTMLDivElement>(null);
  const first = useRef(true);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another place is when to look.
  useEffect(() => {
    if (first.current) {
      first.current = false;
      return;
    }
    // What is loaded for the place takes the focus itself, where it has a field for it.
    const frame = requestAnimationFrame(() => {
      const held = document.activeElement;
      // What was just hidden may still hold it until the browser notices.
      if (held !== null && held !== document.body && !held.closest('[inert]')) return;
      const column = columns.current?.querySelector<HTMLElement>('[data-main]');
      const row = column?.querySelector<HTMLElement>('[data-chat][tabindex="0"]');
      (row ?? column)?.focus({ preventScroll: true });
    });
    return () => cancelAnimationFrame(frame);
  }, [shown]);
  return columns;
}
