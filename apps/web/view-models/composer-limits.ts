import { contentLimits } from '@heliogram/content';

export const maxAlbum = contentLimits.maxAttachments;

/** From here on the writer sees how much is left. */
const warnBytes = 2_000;
const utf8 = new TextEncoder();

export type TextRoom =
  | { readonly state: 'plenty' }
  | { readonly state: 'little' | 'over'; readonly bytes: number };

/** How much more text a post takes; `bytes` is what is left, or what is too much. */
export function textRoom(text: string): TextRoom {
  // Three bytes a unit is the most that UTF-8 takes: short texts need not be encoded to be known.
  if (text.length * 3 < contentLimits.maxTextBytes - warnBytes) return { state: 'plenty' };
  const left = contentLimits.maxTextBytes - utf8.encode(text).length;
  if (left < 0) return { state: 'over', bytes: -left };
  return left < warnBytes ? { state: 'little', bytes: left } : { state: 'plenty' };
}

export type FileTrouble =
  | { readonly kind: 'too-large-file'; readonly name: string; readonly max: number }
  | { readonly kind: 'empty-file'; readonly name: string };

/** Why the server would not take a file. */
export function fileTrouble(
  { name, size }: Pick<File, 'name' | 'size'>,
  max: number | undefined,
): FileTrouble | undefined {
  if (size === 0) return { kind: 'empty-file', name };
  return max !== undefined && size > max ? { kind: 'too-large-file', name, max } : undefined;
}
