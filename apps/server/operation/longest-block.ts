import { monitorEventLoopDelay } from 'node:perf_hooks';

/** A block is told for so long, so that every reader with a shorter interval sees it, however many read. */
const TOLD_FOR_MS = 60_000;
/** How often the event loop is looked at: a loop that is never blocked shows this much. */
const RESOLUTION_MS = 10;

type Histogram = Pick<ReturnType<typeof monitorEventLoopDelay>, 'max' | 'reset'>;

/** Seconds of the longest stretch in which nothing else of the process could run, of the last minute. */
export class LongestBlock {
  readonly #histogram: Histogram;
  readonly #monotonicMs: () => number;
  #seen: readonly { readonly seconds: number; readonly atMs: number }[] = [];

  constructor(monotonicMs: () => number, histogram: Histogram = startWatching()) {
    this.#monotonicMs = monotonicMs;
    this.#histogram = histogram;
  }

  seconds(): number {
    const atMs = this.#monotonicMs();
    const blockedMs = this.#histogram.max / 1e6 - RESOLUTION_MS;
    this.#histogram.reset();
    const recent = this.#seen.filter((block) => block.atMs > atMs - TOLD_FOR_MS);
    // Only the largest since each moment can be the largest later.
    const seconds = Math.max(0, blockedMs) / 1_000;
    this.#seen = [...recent.filter((block) => block.seconds > seconds), { seconds, atMs }];
    return this.#seen[0]?.seconds ?? 0;
  }
}

function startWatching(): Histogram {
  const histogram = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
  histogram.enable();
  return histogram;
}
