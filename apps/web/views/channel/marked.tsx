import { Fragment } from 'react';

interface MarkedProps {
  readonly text: string;
  /** UTF-16 ranges: start, end, start, end, … */
  readonly ranges: readonly number[];
}

/** Text with what was looked for in it. */
export function Marked({ text, ranges }: MarkedProps) {
  const cuts = [0, ...ranges, text.length];
  return cuts.slice(0, -1).map((from, i) => {
    const part = text.slice(from, cuts[i + 1]);
    // biome-ignore lint/suspicious/noArrayIndexKey: parts of one text have no other name than their place.
    return i % 2 === 1 ? <mark key={i}>{part}</mark> : <Fragment key={i}>{part}</Fragment>;
  });
}
