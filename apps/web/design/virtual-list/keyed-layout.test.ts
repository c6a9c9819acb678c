import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { KeyedLayout } from './keyed-layout.ts';

const viewportPx = 600;

function measured(sizes: Readonly<Record<string, number>>): KeyedLayout {
  const layout = new KeyedLayout(Object.keys(sizes), 50);
  measure(layout, Object.entries(sizes));
  return layout;
}

function measure(layout: KeyedLayout, sizes: readonly (readonly [string, number])[]): void {
  layout.$setItemSizes(
    sizes.map(([key, size]) => [layout.slotOf(key), size] as const),
    viewportPx,
  );
}

/** As the core does it: how far what is seen was moved, which scrolling makes good. */
function move(layout: KeyedLayout, keys: readonly string[], anchor: number): number {
  const arrangement = layout.arrange(keys);
  const before = arrangement.$getItemOffset(anchor);
  assert.equal(arrangement.$relayout(), true);
  return arrangement.$getItemOffset(anchor) - before;
}

test('rows keep their sizes when others come and go at both ends at once', () => {
  const layout = measured({ a: 10, b: 20, c: 30, d: 40 });
  assert.equal(move(layout, ['z', 'b', 'c', 'd', 'e'], 2), 50 - 10);
  assert.deepEqual(
    [0, 1, 2, 3, 4, 5].map((index) => layout.$getItemOffset(index)),
    [0, 50, 70, 100, 140, 190],
  );
  assert.equal(layout.isGuessed(0), true, 'what is new is not measured');
  assert.equal(layout.isGuessed(1), false);
});

test('where the row that was seen goes away, the next one that stays is held', () => {
  const layout = measured({ a: 10, b: 20, c: 30, d: 40 });
  assert.equal(move(layout, ['a', 'd'], 1), -(20 + 30));
  assert.equal(layout.$getTotalSize(), 50);
  assert.equal(move(layout, ['x', 'y'], 0), 0, 'nothing stays, nothing is held');
});

test('a size that comes under the slot of a row is of that row, wherever it stands by then', () => {
  const layout = measured({ a: 10, b: 20, c: 30 });
  const [slot, gone] = [layout.slotOf('c'), layout.slotOf('a')];
  move(layout, ['x', 'c', 'b'], 1);
  layout.$setItemSizes(
    [
      [slot, 33],
      [gone, 77],
    ],
    viewportPx,
  );
  assert.deepEqual([0, 1, 2].map(layout.$getItemSize), [50, 33, 20]);
  assert.equal(layout.$isSizeEqual(slot, 33), true);
  assert.equal(layout.$isSizeEqual(slot, 30), false);
  assert.equal(layout.$isSizeEqual(gone, 1), true, 'what is gone needs no measuring');
  assert.equal(layout.slotOf('c'), slot);
});

test('rows that are measured move what is held as far as they stand above it', () => {
  const layout = new KeyedLayout(['a', 'b', 'c', 'd'], 50);
  measure(layout, [['c', 30]]);
  const sizes = [
    [layout.slotOf('a'), 70],
    [layout.slotOf('d'), 90],
  ] as const;
  const measurement = layout.measure(sizes, 2);
  const before = measurement.$getItemOffset(0);
  assert.equal(measurement.$relayout(), true);
  assert.equal(measurement.$getItemOffset(0) - before, 20);
  assert.equal(measurement.movedPx, 20);
  assert.equal(layout.measure(sizes, 2).$relayout(), false, 'nothing is another than it was');
});

test('what is held is measured and in view: the row wanted, else the nearest to it', () => {
  const layout = new KeyedLayout(['a', 'b', 'c', 'd', 'e', 'f'], 50);
  assert.equal(layout.measuredBetween(0, 300), undefined);
  measure(layout, [
    ['b', 50],
    ['d', 50],
    ['e', 50],
  ]);
  assert.equal(layout.measuredBetween(60, 240, 4), 4);
  assert.equal(layout.measuredBetween(60, 240, 5), 4, 'from below, the last in view');
  assert.equal(layout.measuredBetween(120, 240, 0), 3, 'from above, the first in view');
  assert.equal(layout.measuredBetween(110, 140, 3), undefined, 'none in view');
  assert.equal(layout.measuredBetween(60, 130), 1, 'the middle, where none is wanted');
});

test('an unmeasured row takes the median of the first screen, and keeps to it', () => {
  const layout = new KeyedLayout(['a', 'b', 'c', 'd', 'e']);
  measure(layout, [['a', 100]]);
  assert.equal(layout.$isEstimating(), true, 'one row is no screen');
  assert.equal(layout.$getItemSize(4), 40);
  measure(layout, [
    ['b', 200],
    ['c', 400],
    ['d', 0],
  ]);
  assert.equal(layout.$isEstimating(), false);
  assert.equal(layout.$getItemSize(4), 200);
  assert.equal(layout.$getItemSize(3), 0, 'an empty row is empty');
  measure(layout, [['a', 10]]);
  assert.equal(layout.$getItemSize(4), 200);
});

const keysOf = fc
  .uniqueArray(fc.integer({ min: 0, max: 40 }), { minLength: 1, maxLength: 40 })
  .map((numbers) => numbers.map(String));
const step = fc.record({
  keys: keysOf,
  anchor: fc.nat(40),
  resizes: fc.array(fc.tuple(fc.nat(39), fc.integer({ min: 0, max: 300 })), { maxLength: 10 }),
});

test('after any arrangements and measurements offsets are the sums of the sizes of the keys', () => {
  fc.assert(
    fc.property(keysOf, fc.array(step, { maxLength: 12 }), (first, steps) => {
      const layout = new KeyedLayout(first, 50);
      const known = new Map<string, number>();
      let rows: readonly string[] = first;
      const offsetOf = (key: string) =>
        rows.slice(0, rows.indexOf(key)).reduce((sum, row) => sum + (known.get(row) ?? 50), 0);
      for (const { keys, anchor, resizes } of steps) {
        const held = rows.slice(anchor).find((key) => keys.includes(key));
        const before = held === undefined ? 0 : offsetOf(held);
        for (const key of rows) if (!keys.includes(key)) known.delete(key);
        rows = keys;
        const after = held === undefined ? 0 : offsetOf(held);
        assert.equal(move(layout, keys, anchor), after - before);
        for (const [index, size] of resizes) {
          const key = keys[index];
          if (key !== undefined) known.set(key, size);
        }
        measure(
          layout,
          resizes.map(([index, size]) => [keys[index] ?? 'gone', size] as const),
        );
        keys.forEach((key, index) => {
          assert.equal(layout.$getItemOffset(index), offsetOf(key));
        });
        const total = layout.$getTotalSize();
        const inside = layout.$findIndex(total / 2);
        assert.ok(layout.$getItemOffset(inside) <= total / 2);
        assert.ok(inside === keys.length - 1 || layout.$getItemOffset(inside + 1) > total / 2);
      }
    }),
  );
});
