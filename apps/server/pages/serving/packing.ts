import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import { pageLimits } from '../limits.ts';

const BROTLI_QUALITY = 4;
/** Below this the headers are most of it. */
const MIN_BYTES = 1_024;

const pack = {
  br: (bytes: Buffer) =>
    promisify(brotliCompress)(bytes, {
      params: { [constants.BROTLI_PARAM_QUALITY]: BROTLI_QUALITY },
    }),
  gzip: (bytes: Buffer) => promisify(gzip)(bytes),
} as const;

type Coding = keyof typeof pack;
export type Packed = { readonly bytes: Buffer; readonly coding?: Coding };

/** Compressed bodies by entity tag, the least lately used forgotten first. */
export class Packing {
  readonly #packed = new Map<string, Buffer>();
  #bytes = 0;

  async bodyFor(acceptEncoding: string | undefined, etag: string, plain: Buffer): Promise<Packed> {
    const coding = (['br', 'gzip'] as const).find((one) => accepts(acceptEncoding, one));
    if (!coding || plain.byteLength < MIN_BYTES) return { bytes: plain };
    const key = `${coding} ${etag}`;
    const known = this.#packed.get(key);
    if (known) {
      this.#packed.delete(key);
      this.#packed.set(key, known);
      return { bytes: known, coding };
    }
    const bytes = await pack[coding](plain);
    this.#keep(key, bytes);
    return { bytes, coding };
  }

  #keep(key: string, bytes: Buffer): void {
    if (this.#packed.has(key) || bytes.byteLength > pageLimits.maxPackedBytes) return;
    this.#packed.set(key, bytes);
    this.#bytes += bytes.byteLength;
    for (const [oldest, { byteLength }] of this.#packed) {
      if (this.#bytes <= pageLimits.maxPackedBytes) return;
      this.#packed.delete(oldest);
      this.#bytes -= byteLength;
    }
  }
}

/** RFC 9110 §12.5.3, without ranking: named, and not ruled out by q=0. */
function accepts(acceptEncoding: string | undefined, coding: Coding): boolean {
  return (acceptEncoding ?? '').split(',').some((item) => {
    const [name = '', ...parameters] = item.split(';').map((part) => part.trim().toLowerCase());
    return name === coding && !parameters.some((parameter) => /^q=0(\.0*)?$/.test(parameter));
  });
}
