import assert from 'node:assert/strict';
import { test } from 'node:test';
import { encodeBlur, type Pixels } from './blur.ts';

const DIGITS =
  '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz#$%*+,-.:;=?@[]^_{|}~';
const number = (text: string) =>
  [...text].reduce((sum, digit) => sum * 83 + DIGITS.indexOf(digit), 0);
const linear = (byte: number) =>
  byte / 255 <= 0.04045 ? byte / 255 / 12.92 : ((byte / 255 + 0.055) / 1.055) ** 2.4;
const srgb = (value: number) => {
  const bound = Math.min(1, Math.max(0, value));
  return 255 * (bound <= 0.0031308 ? bound * 12.92 : 1.055 * bound ** (1 / 2.4) - 0.055);
};

/** The published decoder (Algorithm.md), one pixel at a time. */
function decodeAt(blur: string, x: number, y: number): number[] {
  const flag = number(blur.slice(0, 1));
  const [across, down] = [(flag % 9) + 1, Math.floor(flag / 9) + 1];
  assert.equal(blur.length, 4 + 2 * across * down);
  const max = (number(blur.slice(1, 2)) + 1) / 166;
  const colour = [0, 0, 0];
  for (let n = 0; n < across * down; n++) {
    const weight =
      Math.cos(Math.PI * x * (n % across)) * Math.cos(Math.PI * y * Math.floor(n / across));
    const value = number(n === 0 ? blur.slice(2, 6) : blur.slice(4 + n * 2, 6 + n * 2));
    const level = (digit: number) => Math.sign(digit - 9) * ((digit - 9) / 9) ** 2 * max;
    const parts =
      n === 0
        ? [value >> 16, (value >> 8) & 255, value & 255].map(linear)
        : [Math.floor(value / 361), Math.floor(value / 19) % 19, value % 19].map(level);
    parts.forEach((part, band) => {
      colour[band] = (colour[band] ?? 0) + part * weight;
    });
  }
  return colour.map(srgb);
}

function paint(
  width: number,
  height: number,
  colour: (x: number, y: number) => readonly number[],
): Pixels {
  const rgb = new Uint8Array(width * height * 3);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) rgb.set(colour(x, y), (y * width + x) * 3);
  return { width, height, rgb };
}

test('MED-11: one colour is written as the specification counts it', () => {
  assert.equal(
    encodeBlur(
      paint(8, 8, () => [0, 0, 0]),
      1,
      1,
    ),
    '000000',
  );
  assert.equal(
    encodeBlur(
      paint(8, 8, () => [255, 255, 255]),
      1,
      1,
    ),
    '00TSUA',
  );
});

test('MED-11: a decoder of the specification shows the picture again, roughly', () => {
  const pixels = paint(32, 24, (x, y) => [(x / 31) * 255, 128, (y / 23) * 255]);
  const blur = encodeBlur(pixels, 4, 3);
  for (const [x, y] of [
    [4, 4],
    [16, 12],
    [27, 5],
    [8, 20],
    [28, 20],
  ] as const) {
    const wanted = pixels.rgb.subarray((y * 32 + x) * 3, (y * 32 + x) * 3 + 3);
    decodeAt(blur, x / 32, y / 24).forEach((value, band) => {
      assert.ok(Math.abs(value - (wanted[band] ?? 0)) < 40, `${x},${y}: ${value} ${wanted[band]}`);
    });
  }
});
