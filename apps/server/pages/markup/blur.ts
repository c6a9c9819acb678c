import { crc32, deflateSync } from 'node:zlib';
import { BoundedCache } from '../bounded-cache.ts';
import { pageLimits } from '../limits.ts';

const DIGITS =
  '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz#$%*+,-.:;=?@[]^_{|}~';
/** Pixels of the picture made of it: the browser smooths them to whatever size it shows. */
const [ACROSS, DOWN] = [8, 6];

type Colour = readonly [red: number, green: number, blue: number];

const known = new BoundedCache<string>(pageLimits.maxPlaceholders);

/** A BlurHash (https://github.com/woltapp/blurhash) as a tiny PNG in a data URI; undefined for none. */
export function blurPlaceholder(blur: string): string | undefined {
  if (blur === '') return undefined;
  const kept = known.get(blur);
  if (kept !== undefined) return kept;
  const colours = decode(blur);
  if (!colours) return undefined;
  const uri = `data:image/png;base64,${png(paint(colours)).toString('base64')}`;
  known.set(blur, uri);
  return uri;
}

type Components = { readonly across: number; readonly colours: readonly Colour[] };

function decode(blur: string): Components | undefined {
  const size = value(blur, 0, 1);
  const [across, down] = [(size % 9) + 1, Math.floor(size / 9) + 1];
  if (!/^[0-9A-Za-z#$%*+,\-.:;=?@[\]^_{|}~]+$/.test(blur)) return undefined;
  if (blur.length !== 4 + 2 * across * down) return undefined;
  const scale = (value(blur, 1, 1) + 1) / 166;
  const average = value(blur, 2, 4);
  const first: Colour = [
    toLinear(average >> 16),
    toLinear((average >> 8) & 255),
    toLinear(average & 255),
  ];
  const details = Array.from({ length: across * down - 1 }, (_, index) =>
    detail(value(blur, 6 + index * 2, 2), scale),
  );
  return { across, colours: [first, ...details] };
}

function detail(packed: number, scale: number): Colour {
  const level = (step: number): number => {
    const signed = (step - 9) / 9;
    return Math.sign(signed) * signed * signed * scale;
  };
  return [level(Math.floor(packed / 361)), level(Math.floor(packed / 19) % 19), level(packed % 19)];
}

/** Rows of RGB, each after the filter byte that PNG wants. */
function paint(components: Components): Buffer {
  const rows = Buffer.alloc(DOWN * (1 + ACROSS * 3));
  for (let y = 0; y < DOWN; y += 1) {
    for (let x = 0; x < ACROSS; x += 1) {
      rows.set(colourAt(components, x, y).map(toSrgb), y * (1 + ACROSS * 3) + 1 + x * 3);
    }
  }
  return rows;
}

function colourAt({ across, colours }: Components, x: number, y: number): Colour {
  let [red, green, blue] = [0, 0, 0];
  for (const [index, colour] of colours.entries()) {
    const [i, j] = [index % across, Math.floor(index / across)];
    const basis =
      Math.cos((Math.PI * (x + 0.5) * i) / ACROSS) * Math.cos((Math.PI * (y + 0.5) * j) / DOWN);
    red += colour[0] * basis;
    green += colour[1] * basis;
    blue += colour[2] * basis;
  }
  return [red, green, blue];
}

function png(rows: Buffer): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(ACROSS, 0);
  header.writeUInt32BE(DOWN, 4);
  // Eight bits a channel, true colour, no interlace.
  header.set([8, 2, 0, 0, 0], 8);
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(rows)),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const frame = Buffer.alloc(8 + body.byteLength);
  frame.writeUInt32BE(data.byteLength, 0);
  frame.set(body, 4);
  frame.writeUInt32BE(crc32(body), 4 + body.byteLength);
  return frame;
}

function value(text: string, at: number, length: number): number {
  let sum = 0;
  for (const digit of text.slice(at, at + length)) sum = sum * 83 + DIGITS.indexOf(digit);
  return sum;
}

function toLinear(byte: number): number {
  const part = byte / 255;
  return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
}

function toSrgb(linear: number): number {
  const part = Math.min(1, Math.max(0, linear));
  const curved = part <= 0.0031308 ? part * 12.92 : 1.055 * part ** (1 / 2.4) - 0.055;
  return Math.round(curved * 255);
}
