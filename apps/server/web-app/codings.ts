import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';

/** Larger ones are sent as they are unless the build packed them. */
const MAX_BYTES_COMPRESSED_HERE = 4 * 1_048_576;
/** Half a second for the largest: the build packs harder. */
const BROTLI_QUALITY = 5;

const compress = {
  br: (bytes: Buffer) =>
    promisify(brotliCompress)(bytes, {
      params: { [constants.BROTLI_PARAM_QUALITY]: BROTLI_QUALITY },
    }),
  gzip: (bytes: Buffer) => promisify(gzip)(bytes),
} as const;

type Coding = keyof typeof compress;

export type CodedBody = { readonly bytes: Buffer; readonly coding: Coding | undefined };

/** One file in the content codings that browsers take: as the build packed it, or packed once here. */
export class Codings {
  readonly #plain: Buffer;
  readonly #packed = new Map<Coding, Promise<Buffer>>();
  readonly #packable: boolean;
  /** Which body is sent depends on what the client takes. */
  readonly vary: boolean;

  constructor(
    plain: Buffer,
    built: { compressible: boolean; br: Buffer | undefined; gzip: Buffer | undefined },
  ) {
    this.#plain = plain;
    if (built.br) this.#packed.set('br', Promise.resolve(built.br));
    if (built.gzip) this.#packed.set('gzip', Promise.resolve(built.gzip));
    const packable = built.compressible && plain.byteLength <= MAX_BYTES_COMPRESSED_HERE;
    this.vary = packable || this.#packed.size > 0;
    this.#packable = packable;
  }

  /** The smallest that this `Accept-Encoding` allows. */
  async bodyFor(acceptEncoding: string | undefined): Promise<CodedBody> {
    const plain = { bytes: this.#plain, coding: undefined };
    const coding = (['br', 'gzip'] as const).find(
      (one) => accepts(acceptEncoding, one) && (this.#packable || this.#packed.has(one)),
    );
    if (coding === undefined) return plain;
    const bytes = await this.#pack(coding);
    return bytes.byteLength < this.#plain.byteLength ? { bytes, coding } : plain;
  }

  #pack(coding: Coding): Promise<Buffer> {
    const known = this.#packed.get(coding);
    if (known !== undefined) return known;
    const packing = compress[coding](this.#plain);
    this.#packed.set(coding, packing);
    return packing;
  }
}

/** RFC 9110 §12.5.3, without ranking: a coding is named and not ruled out by q=0. */
function accepts(acceptEncoding: string | undefined, coding: Coding): boolean {
  return (acceptEncoding ?? '').split(',').some((item) => {
    const [name = '', ...parameters] = item.split(';').map((part) => part.trim().toLowerCase());
    return name === coding && !parameters.some((parameter) => /^q=0(\.0*)?$/.test(parameter));
  });
}
