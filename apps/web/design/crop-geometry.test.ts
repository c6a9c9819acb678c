import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { clampCrop, drawnBox, maxZoom, movedBy, wholeCrop, zoomAt } from './crop-geometry.ts';

const tolerance = 1e-9;
const number = fc.double({ min: -20, max: 20, noNaN: true });
const crop = fc.record({
  zoom: fc.double({ min: 0.1, max: 20, noNaN: true }),
  x: number,
  y: number,
});
const size = fc.record({
  width: fc.integer({ min: 1, max: 9_000 }),
  height: fc.integer({ min: 1, max: 9_000 }),
});

test('a clamped crop covers the whole window, and clamping it again changes nothing', () => {
  fc.assert(
    fc.property(crop, size, (asked, picture) => {
      const held = clampCrop(asked, picture);
      const box = drawnBox(held, picture);
      assert.ok(box.x <= tolerance && box.x + box.width >= 1 - tolerance);
      assert.ok(box.y <= tolerance && box.y + box.height >= 1 - tolerance);
      assert.ok(held.zoom >= 1 && held.zoom <= maxZoom);
      assert.deepEqual(clampCrop(held, picture), held);
    }),
  );
});

test('the picture keeps its shape', () => {
  fc.assert(
    fc.property(crop, size, (asked, picture) => {
      const { width, height } = drawnBox(clampCrop(asked, picture), picture);
      assert.ok(Math.abs(width / height / (picture.width / picture.height) - 1) < 1e-6);
    }),
  );
});

test('what is under the pointer stays there while it zooms', () => {
  const picture = { width: 300, height: 200 };
  const before = { zoom: 2, x: 0.1, y: -0.2 };
  const point = { x: 0.3, y: 0.15 };
  const after = zoomAt(before, 1.5, point);
  const shareUnder = (each: typeof before) => {
    const box = drawnBox(each, picture);
    return [(0.5 + point.x - box.x) / box.width, (0.5 + point.y - box.y) / box.height];
  };
  const [x = 0, y = 0] = shareUnder(before);
  const [afterX = 0, afterY = 0] = shareUnder(after);
  assert.ok(Math.abs(x - afterX) < tolerance && Math.abs(y - afterY) < tolerance);
});

test('a square picture at zoom 1 cannot be moved, a wide one only along', () => {
  const moved = movedBy(wholeCrop, 0.7, 0.7);
  assert.deepEqual(clampCrop(moved, { width: 50, height: 50 }), wholeCrop);
  assert.deepEqual(clampCrop(moved, { width: 100, height: 50 }), { zoom: 1, x: 0.5, y: 0 });
});
