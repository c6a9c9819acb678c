/** So many pictures an album may have. */
export const maxMosaic = 10;

interface Picture {
  readonly width: number;
  readonly height: number;
}

/** Shares of the mosaic's width and height. */
export interface MosaicCell {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface Mosaic {
  /** Width over height of the whole. */
  readonly ratio: number;
  /** In the order of the pictures. */
  readonly cells: readonly MosaicCell[];
}

/** A picture's shape counts between these; what is longer is cropped in the mosaic. */
const narrowest = 0.6;
const widest = 2.2;
/** The whole is between a tall page and a wide one. */
const tallestWhole = 0.75;
const widestWhole = 2.4;
/** What the eye likes best. */
const idealWhole = 1.15;
const idealRow = 0.42;
const mostInRow = 4;

/**
 * Lays out an album of 1 to 10 pictures of known sizes in rows that fill the width, or with the
 * first picture large at the side. Order is kept; every cell is cropped as little as can be.
 */
export function layOutMosaic(pictures: readonly Picture[]): Mosaic {
  const ratios = pictures.slice(0, maxMosaic).map(shapeOf);
  const [only] = ratios;
  if (only === undefined) return { ratio: 1, cells: [] };
  if (ratios.length === 1) return { ratio: only, cells: [{ x: 0, y: 0, width: 1, height: 1 }] };
  const layouts = [...rowings(ratios).map((rows) => inRows(ratios, rows)), ...besideFirst(ratios)];
  const best = layouts.reduce((one, other) =>
    costOf(other, ratios) < costOf(one, ratios) ? other : one,
  );
  return best;
}

function shapeOf({ width, height }: Picture): number {
  const ratio = width > 0 && height > 0 ? width / height : 1;
  return Math.min(Math.max(ratio, narrowest), widest);
}

// All ways to cut the album into rows of one to four.
function rowings({ length }: { readonly length: number }): readonly (readonly number[])[] {
  if (length === 0) return [[]];
  const firsts = Array.from({ length: Math.min(length, mostInRow) }, (_, index) => index + 1);
  return firsts.flatMap((first) =>
    rowings({ length: length - first }).map((rest) => [first, ...rest]),
  );
}

function inRows(ratios: readonly number[], rows: readonly number[]): Mosaic {
  let from = 0;
  const lines = rows.map((count) => {
    const line = ratios.slice(from, from + count);
    from += count;
    return line;
  });
  const heights = lines.map((line) => 1 / sum(line));
  const whole = sum(heights);
  let y = 0;
  const cells = lines.flatMap((line, index) => {
    const height = (heights[index] ?? 0) / whole;
    const placed = alongRow(line, y, height);
    y += height;
    return placed;
  });
  return { ratio: clampWhole(1 / whole), cells };
}

function alongRow(line: readonly number[], y: number, height: number): MosaicCell[] {
  const whole = sum(line);
  let x = 0;
  return line.map((ratio) => {
    const cell = { x, y, width: ratio / whole, height };
    x += cell.width;
    return cell;
  });
}

// The first at full height, up to three others in a column at its side.
function besideFirst(ratios: readonly number[]): readonly Mosaic[] {
  const [first, ...others] = ratios;
  if (first === undefined || others.length < 2 || others.length > 3) return [];
  const columnHeightPerWidth = sum(others.map((ratio) => 1 / ratio));
  const height = 1 / (first + 1 / columnHeightPerWidth);
  const width = first * height;
  let y = 0;
  const column = others.map((ratio) => {
    const share = 1 / ratio / columnHeightPerWidth;
    const cell = { x: width, y, width: 1 - width, height: share };
    y += share;
    return cell;
  });
  return [{ ratio: clampWhole(1 / height), cells: [{ x: 0, y: 0, width, height: 1 }, ...column] }];
}

function costOf({ ratio, cells }: Mosaic, ratios: readonly number[]): number {
  const shape = Math.abs(Math.log(ratio / idealWhole));
  const cropping = sum(
    cells.map((cell, index) =>
      Math.abs(Math.log((cell.width * ratio) / cell.height / (ratios[index] ?? 1))),
    ),
  );
  const inLines = cells.filter((cell) => cell.height < 1);
  const lines = inLines.length > 0 ? inLines : cells;
  const heights = [...new Set(lines.map((cell) => cell.height / ratio))];
  const rows = sum(heights.map((height) => Math.abs(Math.log(height / idealRow)))) / heights.length;
  const smallest = Math.min(...cells.map((cell) => Math.min(cell.width, cell.height / ratio)));
  return shape * 2 + cropping * 2 + rows + (smallest < 0.2 ? (0.2 - smallest) * 20 : 0);
}

function clampWhole(ratio: number): number {
  return Math.min(Math.max(ratio, tallestWhole), widestWhole);
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
