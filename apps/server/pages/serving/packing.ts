import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import { BoundedCache } from '../bounded-cache.ts';
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

/** Compressed bodies by entity tag. */
export class Packing {
  readonly #packed = new BoundedCache<Buffer>(pageLimits.maxPackedBytes);

  async bodyFor(acceptEncoding: string | undefined, etag: string, plain: Buffer): Promise<Packed> {
    const coding = (['br', 'gzip'] as const).find((one) => accepts(acceptEncoding, one));
    if (!coding || plain.byteLength < MIN_BYTES) return { bytes: plain };
    const key = `${coding} ${etag}`;
    const known = this.#packed.get(key);
    if (known) return { bytes: known, coding };
    const bytes = await pack[coding](plain);
    this.#packed.set(key, bytes, bytes.byteLength);
    return { bytes, coding };
  }
}

/** RFC 9110 §12.5.3, without ranking: named, and not ruled out by q=0. */
function accepts(acceptEncoding: string | undefined, coding: Coding): boolean {
  return (acceptEncoding ?? '').split(',').some((item) => {
    const [name = '', ...parameters] = item.split(';').map((part) => part.trim().toLowerCase());
    return name === coding && !parameters.some((parameter) => /^q=0(\.0*)?$/.test(parameter));
  });
}
