import type { Span } from './entry-port.ts';

/** Spans with one more, joined where they touch; ascending and apart from each other, as they were. */
export function joinSpan(spans: readonly Span[], added: Span): readonly Span[] {
  if (added.from > added.to) return spans;
  let { from, to } = added;
  const apart = spans.filter((span) => {
    if (span.to + 1 < added.from || span.from > added.to + 1) return true;
    from = Math.min(from, span.from);
    to = Math.max(to, span.to);
    return false;
  });
  return [...apart, { from, to }].sort((a, b) => a.from - b.from);
}

/** What is left of spans from a seq on. */
export function cutSpans(spans: readonly Span[], from: number): readonly Span[] {
  return spans
    .filter((span) => span.to >= from)
    .map((span) => ({ from: Math.max(from, span.from), to: span.to }));
}

/** The span that a seq lies in. */
export function spanAt(spans: readonly Span[], seq: number): Span | undefined {
  return spans.find(({ from, to }) => from <= seq && seq <= to);
}
