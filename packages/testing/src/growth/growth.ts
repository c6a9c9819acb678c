/** Sizes that are compared. The larger one is eight times the smaller. */
const SIZES = { small: 4_096, large: 32_768 } as const;
const FACTOR = SIZES.large / SIZES.small;
/** Quadratic work grows 64 times, linear work 8 times; half as much again is left to caches. */
const MOST_GROWTH = 3 * FACTOR;
/** Quadratic work takes many times longer at the larger size; less is too short to be compared. */
const NEGLIGIBLE_MICROSECONDS = 80_000;
const RUNS = 2;

/**
 * How many times as much work is done for eight times the input, or 0 where even the larger input is
 * negligible. It compares CPU time of this thread, which other processes do not add to, and takes the
 * least of several runs. `isLinear` is the verdict that tests ask for.
 */
export function growthOf(work: (size: number) => () => unknown): number {
  const large = leastWork(work(SIZES.large), 1);
  if (large < NEGLIGIBLE_MICROSECONDS) return 0;
  return (large * FACTOR) / leastWork(work(SIZES.small), FACTOR);
}

export function isLinear(growth: number): boolean {
  return growth < MOST_GROWTH;
}

function leastWork(run: () => unknown, times: number): number {
  let least = Number.POSITIVE_INFINITY;
  for (let i = 0; i < RUNS; i++) {
    const start = process.threadCpuUsage();
    for (let repeat = 0; repeat < times; repeat++) run();
    const { user, system } = process.threadCpuUsage(start);
    least = Math.min(least, user + system);
    if (least < NEGLIGIBLE_MICROSECONDS) break;
  }
  return least;
}
