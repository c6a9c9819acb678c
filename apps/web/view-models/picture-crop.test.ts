import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { cropSquare, dragged, heldInside, wholeMiddle } from './picture-crop.ts';

test('the usual crop is the largest square in the middle', () => {
  assert.deepEqual(cropSquare({ width: 400, height: 300 }, wholeMiddle), {
    side: 300,
    left: 50,
    top: 0,
  });
});

test('dragging moves the picture with the finger and stops at its edge', () => {
  const picture = { width: 400, height: 300 };
  const right = dragged(picture, wholeMiddle, { x: 0.1, y: 0.5 });
  assert.deepEqual(cropSquare(picture, right), { side: 300, left: 20, top: 0 });
  const far = dragged(picture, wholeMiddle, { x: 9, y: 9 });
  assert.deepEqual(cropSquare(picture, far), { side: 300, left: 0, top: 0 });
});

test('no crop looks beyond the picture', () => {
  const length = fc.integer({ min: 1, max: 9_000 });
  const part = fc.double({ min: -2, max: 3, noNaN: true });
  const zoom = fc.double({ min: 0.1, max: 20, noNaN: true });
  fc.assert(
    fc.property(
      fc.record({ width: length, height: length }),
      fc.record({ x: part, y: part, zoom }),
      (picture, crop) => {
        const { width, height } = picture;
        const { side, left, top } = cropSquare(picture, heldInside(picture, crop));
        const slack = 1e-6 * Math.max(width, height);
        assert.ok(left >= -slack && top >= -slack);
        assert.ok(left + side <= width + slack && top + side <= height + slack);
      },
    ),
  );
});
