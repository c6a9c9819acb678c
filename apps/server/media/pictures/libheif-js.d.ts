/** What we use of the module: its own declarations cannot be imported. */
declare module 'libheif-js/wasm-bundle.js' {
  type Failure = { readonly code?: unknown };

  type Heif = {
    heif_context_alloc(): object | null;
    heif_context_read_from_memory(context: object, bytes: Uint8Array): { readonly code: unknown };
    heif_js_context_get_primary_image_handle(context: object): (object & Failure) | null;
    heif_image_handle_get_width(handle: object): number;
    heif_image_handle_get_height(handle: object): number;
    heif_image_handle_has_alpha_channel(handle: object): number;
    heif_js_decode_image2(handle: object, colourSpace: unknown, chroma: unknown): unknown;
    readonly heif_error_code: { readonly heif_error_Ok: unknown };
    readonly heif_colorspace: { readonly heif_colorspace_RGB: unknown };
    readonly heif_chroma: {
      readonly heif_chroma_interleaved_RGB: unknown;
      readonly heif_chroma_interleaved_RGBA: unknown;
    };
  };

  const heif: Heif;
  // biome-ignore lint/style/noDefaultExport: the module has only a default export.
  export default heif;
}
