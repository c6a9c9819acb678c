const MAX_NAME_BYTES = 255;
const UNPRINTABLE = /[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/gu;

/** A name to suggest to whoever saves the file: no path, nothing that turns or hides text. */
export function cleanFileName(name: string): string {
  const last = name.toWellFormed().split(/[/\\]/).at(-1) ?? '';
  const printable = last.replace(UNPRINTABLE, '').trim();
  if (/^\.*$/.test(printable)) return '';
  return shorten(printable);
}

/** Keeps the ending: it says what the file is. */
function shorten(name: string): string {
  if (Buffer.byteLength(name) <= MAX_NAME_BYTES) return name;
  const ending = /\.[\p{L}\p{N}]{1,12}$/u.exec(name)?.[0] ?? '';
  let stem = '';
  for (const character of name.slice(0, name.length - ending.length)) {
    if (Buffer.byteLength(stem + character + ending) > MAX_NAME_BYTES) break;
    stem += character;
  }
  return stem + ending;
}

/** For the header Content-Disposition: RFC 6266, the name in full by RFC 8187 (5987). */
export function contentDisposition(kind: 'inline' | 'attachment', name: string): string {
  const known = name || 'file';
  const ascii = known.replace(/[^\x20-\x7e]|["\\%]/g, '_');
  const full = encodeURIComponent(known).replace(
    /['()*!]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `${kind}; filename="${ascii}"; filename*=UTF-8''${full}`;
}
