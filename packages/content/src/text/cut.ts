const segmenter = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** Code points of a grapheme that no person types: an endless chain of joiners or marks. */
const MAX_GRAPHEME_CHARACTERS = 32;
/** Each of these is a grapheme, which spares the segmenter. */
const PLAIN = /^[\n\x20-\x7e]*$/;
/** UTF-16 units that are segmented behind a limit, so that the last grapheme is seen whole. */
const CONTEXT_UNITS = 256;

/**
 * The beginning of `text`, at most `maxCharacters` code points long, that ends between two
 * graphemes (UAX #29): no emoji sequence, flag or accented letter is split (CNT-21). Only a grapheme
 * of more than 32 code points, which nobody types, is cut between them.
 */
export function wholeStart(text: string, maxCharacters: number): string {
  if (text.length <= maxCharacters) return text;
  const head = text.slice(0, 2 * maxCharacters + CONTEXT_UNITS);
  if (PLAIN.test(head)) return text.slice(0, maxCharacters);
  let [left, end] = [maxCharacters, 0];
  for (const { segment } of segmenter.segment(head)) {
    const characters = [...segment];
    if (characters.length > left) {
      const endless = characters.length > MAX_GRAPHEME_CHARACTERS;
      return text.slice(0, end) + (endless ? characters.slice(0, left).join('') : '');
    }
    left -= characters.length;
    end += segment.length;
  }
  return text.slice(0, end);
}

/** At most `maxCharacters` code points of `text`, the last of them an ellipsis where it was cut. */
export function cutText(text: string, maxCharacters: number): string {
  const whole = wholeStart(text, maxCharacters);
  return whole === text ? text : `${wholeStart(text, maxCharacters - 1)}…`;
}

/** The start of the grapheme of `text` that the UTF-16 unit at `at` belongs to. */
export function graphemeStart(text: string, at: number): number {
  if (at <= 0 || at >= text.length) return Math.max(0, Math.min(at, text.length));
  const from = wholeUnit(text, Math.max(0, at - CONTEXT_UNITS));
  const near = segmenter.segment(text.slice(from, at + CONTEXT_UNITS));
  return from + (near.containing(at - from)?.index ?? at - from);
}

function wholeUnit(text: string, at: number): number {
  const unit = text.charCodeAt(at);
  return at > 0 && unit >= 0xdc00 && unit <= 0xdfff ? at - 1 : at;
}
