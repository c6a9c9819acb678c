import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { fitSize, fitted, keepInside, maxScale, swipeOf, zoomAt } from './viewer-geometry.ts';

const number = (min: number, max: number) => fc.double({ min, max, noNaN: true });
const point = fc.record({ x: number(-500, 500), y: number(-500, 500) });

test('what is under the pointer stays under it', () => {
  const placement = fc.record({ scale: number(1, 4), x: number(-300, 300), y: number(-300, 300) });
  fc.assert(
    fc.property(placement, number(0.5, 2), point, (from, factor, at) => {
      const to = zoomAt(from, { factor, at });
      const inPicture = (p: typeof from) => [(at.x - p.x) / p.scale, (at.y - p.y) / p.scale];
      const [before, after] = [inPicture(from), inPicture(to)];
      for (const i of [0, 1]) assert.ok(Math.abs((before[i] ?? 0) - (after[i] ?? 0)) < 1e-6);
      assert.ok(to.scale >= 1 && to.scale <= maxScale);
    }),
  );
});

test('a picture fits its stage and keeps its shape', () => {
  assert.deepEqual(fitSize({ width: 4_000, height: 1_000 }, { width: 800, height: 600 }), {
    width: 800,
    height: 200,
  });
  assert.deepEqual(fitSize({ width: 400, height: 1_600 }, { width: 800, height: 600 }), {
    width: 150,
    height: 600,
  });
  const small = { width: 40, height: 40 };
  assert.deepEqual(fitSize(small, { width: 800, height: 600 }), small);
});

test('edges come no further in than the stage', () => {
  const stage = { width: 800, height: 600 };
  const shown = { width: 800, height: 200 };
  assert.deepEqual(keepInside({ scale: 2, x: 900, y: 900 }, shown, stage), {
    scale: 2,
    x: 400,
    y: 0,
  });
  assert.deepEqual(keepInside({ scale: 1, x: 50, y: -9 }, shown, stage), {
    ...fitted,
    x: 0,
    y: -0,
  });
});

test('a drag is the next or the one before by the direction of reading, or the end', () => {
  const slow = { ms: 1_000, rtl: false };
  assert.equal(swipeOf({ x: -120, y: 5 }, slow), 'next');
  assert.equal(swipeOf({ x: 120, y: 5 }, slow), 'previous');
  assert.equal(swipeOf({ x: 120, y: 5 }, { ...slow, rtl: true }), 'next');
  assert.equal(swipeOf({ x: 3, y: 140 }, slow), 'close');
  assert.equal(swipeOf({ x: 3, y: -140 }, slow), 'none');
  assert.equal(swipeOf({ x: -30, y: 0 }, slow), 'none');
  assert.equal(swipeOf({ x: -30, y: 0 }, { ms: 40, rtl: false }), 'next');
});
