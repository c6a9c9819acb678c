/** What a platform says about itself; browsers say nothing. */
export interface Meter {
  /** Processor time of all threads so far. */
  cpuMs(): number;
  residentMb(): number;
}

interface Sample {
  readonly wallMs: number;
  readonly cpuMs: number;
}

/** Medians of one operation: time on the wall, and of the processor where the platform tells. */
export type Medians = Record<string, Sample>;

export class Samples {
  readonly #byName = new Map<string, Sample[]>();
  readonly #meter: Meter | undefined;

  constructor(meter?: Meter) {
    this.#meter = meter;
  }

  async time<T>(name: string, operation: () => Promise<T> | T): Promise<T> {
    const cpuMs = this.#cpuMs();
    const start = performance.now();
    const result = await operation();
    const samples = this.#byName.get(name) ?? [];
    samples.push({ wallMs: performance.now() - start, cpuMs: this.#cpuMs() - cpuMs });
    this.#byName.set(name, samples);
    return result;
  }

  medians(): Medians {
    const medianOf = (samples: readonly Sample[]): Sample => ({
      wallMs: median(samples.map(({ wallMs }) => wallMs)),
      cpuMs: median(samples.map(({ cpuMs }) => cpuMs)),
    });
    return Object.fromEntries([...this.#byName].map(([name, all]) => [name, medianOf(all)]));
  }

  #cpuMs(): number {
    return this.#meter?.cpuMs() ?? Number.NaN;
  }
}

function median(samples: readonly number[]): number {
  const sorted = samples.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

export async function repeat(times: number, run: (round: number) => Promise<void>): Promise<void> {
  for (let round = 0; round < times; round++) await run(round);
}
