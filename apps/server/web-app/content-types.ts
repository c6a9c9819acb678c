type ContentType = {
  readonly name: string;
  /** Pictures and fonts are compressed already. */
  readonly compressible: boolean;
};

const text = (name: string): ContentType => ({ name, compressible: true });
const packed = (name: string): ContentType => ({ name, compressible: false });

const byEnding: Readonly<Record<string, ContentType>> = {
  avif: packed('image/avif'),
  css: text('text/css; charset=utf-8'),
  html: text('text/html; charset=utf-8'),
  ico: packed('image/x-icon'),
  jpg: packed('image/jpeg'),
  js: text('text/javascript; charset=utf-8'),
  json: text('application/json'),
  map: text('application/json'),
  mjs: text('text/javascript; charset=utf-8'),
  mp3: packed('audio/mpeg'),
  ogg: packed('audio/ogg'),
  png: packed('image/png'),
  svg: text('image/svg+xml'),
  txt: text('text/plain; charset=utf-8'),
  wasm: text('application/wasm'),
  webmanifest: text('application/manifest+json'),
  webp: packed('image/webp'),
  woff2: packed('font/woff2'),
};

/** What a file is, by the ending of its name: the build made it, so the name can be believed. */
export function contentTypeOf(path: string): ContentType {
  const ending = path.slice(path.lastIndexOf('.') + 1);
  return byEnding[ending] ?? packed('application/octet-stream');
}
