import assert from 'node:assert/strict';
import { test } from 'node:test';
import { cutSpans, joinSpan, spanAt } from './spans.ts';

test('SDK-15: spans hold exactly the seqs that were added, joined where they touch', () => {
  for (let seed = 1; seed <= 300; seed++) {
    let state = seed;
    const below = (bound: number) => {
      state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
      return (state >>> 8) % bound;
    };
    const model = new Set<number>();
    let spans: ReturnType<typeof joinSpan> = [];
    for (let step = 0; step < 20; step++) {
      const from = 1 + below(60);
      const to = from + below(9) - 1;
      for (let seq = from; seq <= to; seq++) model.add(seq);
      spans = joinSpan(spans, { from, to });
      if (below(8) === 0) {
        const cut = below(20);
        for (const seq of [...model]) if (seq < cut) model.delete(seq);
        spans = cutSpans(spans, cut);
      }
      const held = spans.flatMap((span) =>
        Array.from({ length: span.to - span.from + 1 }, (_, i) => span.from + i),
      );
      assert.deepEqual(
        held,
        [...model].sort((a, b) => a - b),
        `seed ${seed}`,
      );
      for (const [i, span] of spans.entries()) {
        assert.ok(i === 0 || (spans[i - 1]?.to ?? 0) + 1 < span.from, `seed ${seed}`);
        assert.deepEqual(spanAt(spans, span.to), span);
      }
    }
  }
});
