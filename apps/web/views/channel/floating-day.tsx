import { useEffect, useRef, useState } from 'react';
import { useDayText } from './day-text.ts';

const restMs = 1_200;
/** How long after the last turn of a wheel or stroke of a finger a list goes on by itself. */
const coastsMs = 2_000;
const strokes = ['wheel', 'touchmove', 'keydown', 'pointerdown'] as const;

/** The day of what is at the top, as long as one scrolls. Ears have the dates between the posts. */
export function FloatingDay({ at }: { readonly at: number | undefined }) {
  const [shown, setShown] = useState(false);
  const strokeAt = useRef(Number.NEGATIVE_INFINITY);
  useEffect(() => {
    const listening = new AbortController();
    const stroke = ({ target }: Event) => {
      const within = target instanceof Element && target.closest('.log-scroller') !== null;
      if (within) strokeAt.current = performance.now();
    };
    for (const kind of strokes)
      addEventListener(kind, stroke, { capture: true, passive: true, signal: listening.signal });
    return () => listening.abort();
  }, []);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another post at the top is what scrolling is.
  useEffect(() => {
    // A list that opens, or grows, moves by itself: nobody asks for the day, and it lies on the text.
    if (performance.now() - strokeAt.current > coastsMs) return setShown(false);
    setShown(true);
    const timer = setTimeout(() => setShown(false), restMs);
    return () => clearTimeout(timer);
  }, [at]);
  const text = useDayText(at ?? 0);
  if (at === undefined) return null;
  return (
    <div className="log-floating-day" data-shown={shown || undefined} aria-hidden="true">
      <time>{text}</time>
    </div>
  );
}
