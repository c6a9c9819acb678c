import assert from 'node:assert/strict';
import { test } from 'node:test';
import sharp from 'sharp';
import { encodeBlur } from '../../media/pictures/blur.ts';
import { blurPlaceholder } from './blur.ts';

async function pixels(blur: string) {
  const [, base64 = ''] = (blurPlaceholder(blur) ?? '').split(',');
  return sharp(Buffer.from(base64, 'base64')).raw().toBuffer({ resolveWithObject: true });
}

/** Red grows to the right, blue downwards. */
function gradient() {
  const [width, height] = [32, 24];
  const rgb = new Uint8Array(width * height * 3);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) rgb.set([40 + x * 6, 90, 40 + y * 8], (y * width + x) * 3);
  }
  return { width, height, rgb };
}

test('PAGE-4: a placeholder has the colours of the picture where the picture has them', async () => {
  const picture = gradient();
  const { data, info } = await pixels(encodeBlur(picture, 4, 3));
  assert.deepEqual([info.width, info.height, info.channels], [8, 6, 3]);
  for (let y = 0; y < 6; y += 1) {
    for (let x = 0; x < 8; x += 1) {
      const shown = data.subarray((y * 8 + x) * 3, (y * 8 + x) * 3 + 3);
      const at = ((y * 4 + 2) * picture.width + x * 4 + 2) * 3;
      const meant = picture.rgb.subarray(at, at + 3);
      for (const band of [0, 1, 2]) {
        const off = Math.abs((shown[band] ?? 0) - (meant[band] ?? 0));
        assert.ok(off < 40, `${x},${y}: ${[...shown]} for ${[...meant]}`);
      }
    }
  }
});

test('PAGE-4: what is no placeholder is none', () => {
  for (const blur of ['', 'x', 'LEHV6nWB2yk8pyo0adR*.7kCMdn', 'é'.repeat(28), '"><script>']) {
    assert.equal(blurPlaceholder(blur), undefined);
  }
});
