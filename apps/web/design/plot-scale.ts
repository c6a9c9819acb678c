interface PlotScale {
  /** From the lowest to the highest line of the grid, evenly apart. */
  readonly ticks: readonly number[];
  readonly min: number;
  readonly max: number;
}

/** Round numbers, about four of them, around all values and zero unless `fromZero` is false. */
export function plotScale(values: readonly number[], fromZero = true): PlotScale {
  const finite = values.filter(Number.isFinite);
  const low = Math.min(...finite, ...(fromZero || finite.length === 0 ? [0] : []));
  const high = Math.max(...finite, ...(fromZero || finite.length === 0 ? [0] : []));
  const step = roundStep((high - low || Math.abs(high) || 1) / 4);
  const first = Math.floor(low / step);
  const last = Math.max(Math.ceil(high / step), first + 1);
  const ticks = Array.from({ length: last - first + 1 }, (_, index) =>
    rounded(first + index, step),
  );
  return { ticks, min: rounded(first, step), max: rounded(last, step) };
}

// People count whole things: never a step below one for values of one and more.
function roundStep(rough: number): number {
  const magnitude = 10 ** Math.floor(Math.log10(rough));
  const factor = [1, 2, 5, 10].find((candidate) => candidate * magnitude >= rough) ?? 10;
  const step = factor * magnitude;
  return rough >= 0.25 && step < 1 ? 1 : step;
}

// Counting in steps would add up to 0.30000000000000004.
function rounded(count: number, step: number): number {
  return Number((count * step).toPrecision(12));
}

/** The share of the height at which a value stands, 0 at the bottom. */
export function heightOf(value: number, { min, max }: Pick<PlotScale, 'min' | 'max'>): number {
  return (value - min) / (max - min);
}
