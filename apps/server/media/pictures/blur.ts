/** BlurHash (https://github.com/woltapp/blurhash, Algorithm.md): a picture's rough colours in a short text. */
const DIGITS =
  '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz#$%*+,-.:;=?@[]^_{|}~';

export type Pixels = {
  readonly width: number;
  readonly height: number;
  /** Red, green, blue of each pixel, row by row, as sRGB bytes. */
  readonly rgb: Uint8Array;
};

type Colour = readonly [red: number, green: number, blue: number];

/** `across` × `down` cosine components, 1 to 9 each. */
export function encodeBlur(pixels: Pixels, across: number, down: number): string {
  const linear = Float64Array.from(pixels.rgb, toLinear);
  const factors: Colour[] = [];
  for (let y = 0; y < down; y++) {
    for (let x = 0; x < across; x++) factors.push(component(pixels, linear, [x, y]));
  }
  const [average = [0, 0, 0], ...details] = factors;
  const largest = Math.max(0, ...details.flat().map(Math.abs));
  const quantised = clamp(Math.floor(largest * 166 - 0.5), 82);
  const scale = details.length > 0 ? (quantised + 1) / 166 : 1;
  return (
    base83(across - 1 + (down - 1) * 9, 1) +
    base83(details.length > 0 ? quantised : 0, 1) +
    base83(averageValue(average), 4) +
    details.map((detail) => base83(detailValue(detail, scale), 2)).join('')
  );
}

function component(
  { width, height }: Pixels,
  linear: Float64Array,
  [across, down]: readonly [number, number],
): Colour {
  const sum: [number, number, number] = [0, 0, 0];
  for (let y = 0, at = 0; y < height; y++) {
    const vertical = Math.cos((Math.PI * down * y) / height);
    for (let x = 0; x < width; x++, at += 3) {
      const weight = vertical * Math.cos((Math.PI * across * x) / width);
      for (const band of [0, 1, 2] as const) sum[band] += weight * (linear[at + band] ?? 0);
    }
  }
  const scale = (across === 0 && down === 0 ? 1 : 2) / (width * height);
  return [sum[0] * scale, sum[1] * scale, sum[2] * scale];
}

function averageValue([red, green, blue]: Colour): number {
  return toSrgb(red) * 65_536 + toSrgb(green) * 256 + toSrgb(blue);
}

function detailValue([red, green, blue]: Colour, scale: number): number {
  const level = (value: number): number =>
    clamp(Math.floor(Math.sign(value) * Math.sqrt(Math.abs(value)) * 9 + 9.5), 18);
  return level(red / scale) * 361 + level(green / scale) * 19 + level(blue / scale);
}

function base83(value: number, length: number): string {
  let text = '';
  for (let rest = value; text.length < length; rest = Math.floor(rest / 83)) {
    text = (DIGITS[rest % 83] ?? '') + text;
  }
  return text;
}

function toLinear(byte: number): number {
  const value = byte / 255;
  return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
}

function toSrgb(linear: number): number {
  const value = Math.min(1, Math.max(0, linear));
  const curved = value <= 0.0031308 ? value * 12.92 : 1.055 * value ** (1 / 2.4) - 0.055;
  return Math.trunc(curved * 255 + 0.5);
}

function clamp(value: number, max: number): number {
  return Math.min(max, Math.max(0, value));
}
