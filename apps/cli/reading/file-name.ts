const RESERVED = /^(?:con|prn|aux|nul|com\d|lpt\d)$/i;
const maxCharacters = 120;

/** A name from a post, as a file of this folder: never a path, hidden, or special to a system. */
export function safeFileName(name: string): string {
  const plain = name
    .normalize('NFC')
    .replace(/[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029/\\:*?"<>|]/gu, '_')
    .replace(/^[.\s]+/, '')
    .replace(/(?<![.\s])[.\s]+$/, '');
  const dot = plain.lastIndexOf('.');
  const stem = dot > 0 ? plain.slice(0, dot) : plain;
  const extension = dot > 0 ? plain.slice(dot).slice(0, 16) : '';
  const short = [...stem].slice(0, maxCharacters - extension.length).join('');
  return short === '' || RESERVED.test(short) ? `file${extension}` : short + extension;
}

/** "name.ext", "name (2).ext", … */
export function numberedName(name: string, number: number): string {
  if (number === 1) return name;
  const dot = name.lastIndexOf('.');
  if (dot <= 0) return `${name} (${number})`;
  return `${name.slice(0, dot)} (${number})${name.slice(dot)}`;
}
