/** Samples of one operation in milliseconds. */
export class Samples {
  readonly #byName = new Map<string, number[]>();

  async time<T>(name: string, operation: () => Promise<T> | T): Promise<T> {
    const start = performance.now();
    const result = await operation();
    const samples = this.#byName.get(name) ?? [];
    samples.push(performance.now() - start);
    this.#byName.set(name, samples);
    return result;
  }

  medians(): Record<string, number> {
    return Object.fromEntries([...this.#byName].map(([name, samples]) => [name, median(samples)]));
  }
}

export function median(samples: readonly number[]): number {
  const sorted = samples.toSorted((a, b) => a - b);
  const value = sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
  return Math.round(value * 100) / 100;
}

export async function repeat(times: number, run: (round: number) => Promise<void>): Promise<void> {
  for (let round = 0; round < times; round++) await run(round);
}
