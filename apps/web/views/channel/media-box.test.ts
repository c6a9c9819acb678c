import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { mediaBox, sheetWidth } from './media-box.ts';

test('a small picture keeps its size inside of the sheet', () => {
  assert.deepEqual(mediaBox({ width: 40, height: 40 }), {
    ratio: 1,
    maxWidthPx: 40,
    isSmall: true,
  });
  assert.equal(sheetWidth([{ width: 40, height: 40 }]), undefined);
});

test('the sheet of a portrait is as wide as the portrait', () => {
  const portrait = { width: 1_080, height: 1_920 };
  assert.equal(mediaBox(portrait).maxWidthPx, 315);
  assert.equal(sheetWidth([portrait]), 315);
  assert.equal(sheetWidth([{ width: 3_000, height: 4_000 }]), 420);
  assert.equal(sheetWidth([portrait, portrait]), undefined);
});

test('no picture is enlarged, whatever its shape', () => {
  const side = fc.integer({ min: 1, max: 30_000 });
  fc.assert(
    fc.property(side, side, (width, height) => {
      const { ratio, maxWidthPx = 0, isSmall } = mediaBox({ width, height });
      // The cropped picture covers its box.
      const scale = Math.max(maxWidthPx / width, maxWidthPx / ratio / height);
      // Half a pixel is rounding.
      assert.ok(scale <= 1 || maxWidthPx <= Math.min(width, height * ratio) + 0.5);
      assert.ok(isSmall || maxWidthPx >= 312);
    }),
  );
});
