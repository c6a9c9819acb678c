import { qualifiedEmoji } from '@heliogram/content';
import { ValidationError } from '@heliogram/protocol';

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** A whole emoji: pictograph, flag or keycap, with its modifiers and joined parts, and nothing else. */
const EMOJI =
  /^(?:\p{RI}{2}|[0-9#*]\ufe0f?\u20e3|\p{Extended_Pictographic}[\ufe0f\p{Emoji_Modifier}]*[\u{e0020}-\u{e007f}]*(?:\u200d\p{Extended_Pictographic}[\ufe0f\p{Emoji_Modifier}]*)*)$/u;

/** One emoji in the form that is counted (CNT-22). Throws `invalid_argument` for anything else. */
export function requireEmoji(typed: string): string {
  const text = qualifiedEmoji(typed);
  const segments = graphemes.segment(text)[Symbol.iterator]();
  const one = segments.next().value?.segment;
  if (one === text && EMOJI.test(text)) return text;
  throw new ValidationError('invalid_argument', 'a reaction must be one emoji');
}
