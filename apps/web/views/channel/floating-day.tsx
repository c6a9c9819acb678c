import { useEffect, useState } from 'react';
import { useDayText } from './day-text.ts';

const restMs = 1_200;

/** The day of what is at the top, as long as one scrolls. Ears have the dates between the posts. */
export function FloatingDay({ at }: { readonly at: number | undefined }) {
  const [shown, setShown] = useState(false);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another post at the top is what scrolling is.
  useEffect(() => {
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
