import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { layOutMosaic, type Mosaic, maxMosaic } from './mosaic.ts';

const tolerance = 1e-9;
const side = fc.integer({ min: 1, max: 12_000 });
const album = fc.array(fc.record({ width: side, height: side }), {
  minLength: 1,
  maxLength: maxMosaic,
});

test('cells fill the whole without overlapping, in the order of the pictures', () => {
  fc.assert(
    fc.property(album, (pictures) => {
      const { ratio, cells } = layOutMosaic(pictures);
      assert.equal(cells.length, pictures.length);
      assert.ok(ratio >= 0.6 && ratio <= 2.4, `ratio ${ratio}`);
      const area = cells.reduce((sum, cell) => sum + cell.width * cell.height, 0);
      assert.ok(Math.abs(area - 1) < tolerance, `area ${area}`);
      for (const [index, cell] of cells.entries()) {
        assert.ok(cell.x >= -tolerance && cell.x + cell.width <= 1 + tolerance);
        assert.ok(cell.y >= -tolerance && cell.y + cell.height <= 1 + tolerance);
        for (const other of cells.slice(index + 1)) {
          assert.ok(!overlap(cell, other));
          const after = other.y > cell.y - tolerance || other.x > cell.x;
          assert.ok(after, 'a later picture is further down or along');
        }
      }
    }),
  );
});

test('no cell is too small to be seen and pressed on a phone', () => {
  fc.assert(
    fc.property(album, (pictures) => {
      const { ratio, cells } = layOutMosaic(pictures);
      for (const cell of cells) {
        // Of 340 px of width: 44 px is 0.13.
        assert.ok(Math.min(cell.width, cell.height / ratio) >= 0.1, JSON.stringify(cell));
      }
    }),
  );
});

test('pictures of usual shapes are hardly cropped', () => {
  const usual = fc.constantFrom(
    { width: 4, height: 3 },
    { width: 3, height: 4 },
    { width: 1, height: 1 },
    { width: 16, height: 9 },
    { width: 9, height: 16 },
  );
  fc.assert(
    fc.property(fc.array(usual, { minLength: 1, maxLength: maxMosaic }), (pictures) => {
      const mosaic = layOutMosaic(pictures);
      for (const [index, picture] of pictures.entries()) {
        const cropped = shownShare(mosaic, index, picture.width / picture.height);
        assert.ok(cropped >= 0.5, `picture ${index} of ${pictures.length} shows ${cropped}`);
      }
    }),
  );
});

test('one picture keeps its shape up to a bound', () => {
  assert.equal(layOutMosaic([{ width: 1600, height: 1000 }]).ratio, 1.6);
  assert.equal(layOutMosaic([{ width: 100, height: 9_000 }]).ratio, 0.6);
  assert.equal(layOutMosaic([{ width: 9_000, height: 100 }]).ratio, 2.2);
});

test('two wide ones stand below each other, two tall ones side by side', () => {
  const wide = layOutMosaic([
    { width: 16, height: 9 },
    { width: 16, height: 9 },
  ]);
  assert.deepEqual(
    wide.cells.map(({ x, width }) => [x, width]),
    [
      [0, 1],
      [0, 1],
    ],
  );
  const tall = layOutMosaic([
    { width: 3, height: 4 },
    { width: 3, height: 4 },
  ]);
  assert.deepEqual(
    tall.cells.map(({ x, width }) => [x, width]),
    [
      [0, 0.5],
      [0.5, 0.5],
    ],
  );
});

test('a tall one before three squares takes the side', () => {
  const { cells } = layOutMosaic([
    { width: 9, height: 16 },
    { width: 1, height: 1 },
    { width: 1, height: 1 },
    { width: 1, height: 1 },
  ]);
  assert.equal(cells[0]?.height, 1);
  assert.deepEqual(
    cells.slice(1).map((cell) => cell.x === cells[0]?.width),
    [true, true, true],
  );
});

test('sizes that make no sense, none and too many', () => {
  const { cells } = layOutMosaic([
    { width: 0, height: 0 },
    { width: Number.NaN, height: 3 },
  ]);
  assert.ok(cells.every((cell) => Number.isFinite(cell.width + cell.height + cell.x + cell.y)));
  assert.deepEqual(layOutMosaic([]), { ratio: 1, cells: [] });
  const many = Array.from({ length: 14 }, () => ({ width: 1, height: 1 }));
  assert.equal(layOutMosaic(many).cells.length, maxMosaic);
});

function overlap(one: Mosaic['cells'][number], other: Mosaic['cells'][number]): boolean {
  const across = Math.min(one.x + one.width, other.x + other.width) - Math.max(one.x, other.x);
  const down = Math.min(one.y + one.height, other.y + other.height) - Math.max(one.y, other.y);
  return across > tolerance && down > tolerance;
}

/** The share of a picture that its cell shows with `object-fit: cover`. */
function shownShare(mosaic: Mosaic, index: number, shape: number): number {
  const cell = mosaic.cells[index];
  assert.ok(cell);
  const cellShape = (cell.width * mosaic.ratio) / cell.height;
  return Math.min(cellShape / shape, shape / cellShape);
}
