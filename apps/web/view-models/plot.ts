/** Round values for the lines behind a plot, from 0 up to at least `max`; whole numbers. */
export function gridValues(max: number): readonly number[] {
  if (max <= 0) return [0, 1];
  const rough = max / 4;
  const power = 10 ** Math.floor(Math.log10(rough));
  const round = [1, 2, 5, 10].find((each) => each * power >= rough) ?? 10;
  const step = Math.max(1, round * power);
  const count = Math.ceil(max / step);
  return Array.from({ length: count + 1 }, (_, index) => index * step);
}

/** An SVG path through values, in a box of width and height; 0 is at the bottom. */
export function linePath(
  values: readonly number[],
  box: { readonly width: number; readonly height: number; readonly max: number },
): string {
  const step = values.length > 1 ? box.width / (values.length - 1) : 0;
  return values
    .map((value, index) => {
      const y = box.height - (value / box.max) * box.height;
      return `${index === 0 ? 'M' : 'L'}${round(index * step)} ${round(y)}`;
    })
    .join('');
}

const round = (value: number): number => Math.round(value * 100) / 100;

/** Sums from the first to each. */
export function runningSums(values: readonly number[], start: number): readonly number[] {
  let sum = start;
  return values.map((value) => {
    sum += value;
    return sum;
  });
}
