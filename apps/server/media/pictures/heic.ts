import { readFile, stat } from 'node:fs/promises';
import { PictureError, type RawPixels } from './picture.ts';

/** An iPhone's largest picture has 48.8 million pixels. */
const MAX_PIXELS = 50_000_000;
const MAX_FILE_BYTES = 32 * 1_048_576;

/**
 * Decodes a HEIC picture, turned as it says, by libheif and libde265 in WebAssembly: the decoder of
 * HEVC that sharp is not built with. The pixels lie in the memory of the module. Throws `damaged`
 * or `too_large`.
 */
export async function readHeic(path: string): Promise<RawPixels> {
  if ((await stat(path)).size > MAX_FILE_BYTES) throw new PictureError('too_large');
  // Loaded with the first such picture: it is large.
  const { default: heif } = await import('libheif-js/wasm-bundle.js');
  const context = heif.heif_context_alloc();
  if (context === null) throw new PictureError('too_large');
  const { code } = heif.heif_context_read_from_memory(context, await readFile(path));
  if (code !== heif.heif_error_code.heif_error_Ok) throw new PictureError('damaged');
  const handle = heif.heif_js_context_get_primary_image_handle(context);
  if (!handle || handle.code) throw new PictureError('damaged');
  const pixels =
    heif.heif_image_handle_get_width(handle) * heif.heif_image_handle_get_height(handle);
  if (pixels > MAX_PIXELS) throw new PictureError('too_large');
  const channels = heif.heif_image_handle_has_alpha_channel(handle) ? 4 : 3;
  const { heif_chroma_interleaved_RGB, heif_chroma_interleaved_RGBA } = heif.heif_chroma;
  const decoded: unknown = heif.heif_js_decode_image2(
    handle,
    heif.heif_colorspace.heif_colorspace_RGB,
    channels === 4 ? heif_chroma_interleaved_RGBA : heif_chroma_interleaved_RGB,
  );
  return packed(planeOf(decoded), channels);
}

type Plane = {
  readonly width: number;
  readonly height: number;
  readonly stride: number;
  readonly data: Uint8Array;
};

function planeOf(decoded: unknown): Plane {
  if (typeof decoded === 'object' && decoded !== null && 'channels' in decoded) {
    const [plane] = decoded.channels as readonly Plane[];
    if (plane) return plane;
  }
  throw new PictureError('damaged');
}

/** Lines are moved together in place: a copy would take as much again. */
function packed({ data, width, height, stride }: Plane, channels: 3 | 4): RawPixels {
  const line = width * channels;
  for (let y = 1; stride !== line && y < height; y++) {
    data.copyWithin(y * line, y * stride, y * stride + line);
  }
  return {
    data: Buffer.from(data.buffer, data.byteOffset, line * height),
    width,
    height,
    channels,
  };
}
