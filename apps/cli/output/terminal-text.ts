/**
 * Text of other people's, safe for a terminal: control characters and escape sequences are shown, not
 * obeyed, and nothing turns the direction of what stands around it.
 */
export function printable(text: string, keepNewlines = false): string {
  return text.replace(UNSAFE, (character) => {
    if (character === '\n' && keepNewlines) return character;
    if (character === '\n' || character === '\t') return ' ';
    return visible(character.codePointAt(0) ?? 0);
  });
}

/** C0 and C1 controls, DEL, line separators, directional controls, and unpaired surrogates. */
const UNSAFE = /[\p{Cc}\p{Cs}\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069]/gu;

function visible(point: number): string {
  if (point < 0x20) return String.fromCodePoint(0x2400 + point);
  if (point === 0x7f) return '␡';
  return '�';
}

const ZERO = /^[\p{Mn}\p{Me}\p{Cf}]+$/u;
const WIDE =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{1b000}-\u{1b2ff}\u{20000}-\u{3fffd}]|\p{Emoji_Presentation}|\ufe0f/u;

let segmenter: Intl.Segmenter | undefined;

/** What a reader takes for one character. Made when first asked for: it takes 10 ms. */
function graphemes(text: string): Intl.Segments {
  segmenter ??= new Intl.Segmenter('en', { granularity: 'grapheme' });
  return segmenter.segment(text);
}

/** Columns that a printable text takes in a terminal: wide characters two, combining ones none. */
export function columns(text: string): number {
  let width = 0;
  for (const { segment } of graphemes(text)) {
    if (ZERO.test(segment)) continue;
    width += WIDE.test(segment) ? 2 : 1;
  }
  return width;
}

/** Cut to so many columns, with an ellipsis where something is missing. */
export function shorten(text: string, max: number): string {
  if (columns(text) <= max) return text;
  let cut = '';
  let width = 0;
  for (const { segment } of graphemes(text)) {
    width += columns(segment);
    if (width > max - 1) break;
    cut += segment;
  }
  return `${cut}…`;
}

/** Two columns of space stand between two cells. */
const gap = 2;
const narrowest = 8;

/** Widths of a table's columns in a terminal `available` columns wide: those that may give way, the last first. */
export function fitWidths(
  natural: readonly number[],
  shrinks: readonly boolean[],
  available: number,
): readonly number[] {
  let excess = natural.reduce((sum, width) => sum + width + gap, -gap) - available;
  const widths = [...natural];
  for (let i = widths.length - 1; i >= 0 && excess > 0; i--) {
    const width = widths[i] ?? 0;
    const taken = shrinks[i] ? Math.max(0, Math.min(excess, width - narrowest)) : 0;
    excess -= taken;
    widths[i] = width - taken;
  }
  return widths;
}

export function padEnd(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - columns(text)));
}

export function padStart(text: string, width: number): string {
  return ' '.repeat(Math.max(0, width - columns(text))) + text;
}

/** "1 post", "2 posts" */
export function counted(count: number, thing: string): string {
  return count === 1 ? `1 ${thing}` : `${count} ${thing}s`;
}
