import { ValidationError } from '@heliogram/protocol';

/**
 * Controls, line separators, noncharacters and private code points, and every format character (bidi
 * overrides and isolates, zero-width space, soft hyphen, tags) but the two joiners, which Persian,
 * Indic scripts and emoji need.
 */
const FORBIDDEN =
  /(?![\u200c\u200d])[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Noncharacter_Code_Point}\p{Zl}\p{Zp}]/u;
/** Flags of regions, the one place where tag characters belong (UTS #51). */
const TAGGED_FLAG = /\u{1f3f4}[\u{e0030}-\u{e007a}]{3,6}\u{e007f}/gu;
/** Letters and symbols that leave no mark on the screen. */
const BLANK = /[\p{M}\p{Z}\u200c-\u200d\u115f-\u1160\u3164\uffa0\u2800\u{1d159}]/gu;
/** No script stacks more on one letter; towers of marks reach over the neighbours' lines. */
const STACKED_MARKS = /\p{M}{7}/u;

/**
 * A name as it is stored and shown (ACC-30): NFC, trimmed, inner space folded to single spaces, at
 * most so many code points, with something to see and nothing that deceives. Throws `invalid_argument`
 * or `too_large`.
 */
export function displayName(text: string, maxCharacters: number): string {
  const name = text
    .normalize('NFC')
    .replace(/\p{Zs}+/gu, ' ')
    .trim();
  requireHonest(name, 'a name');
  if (name.replace(BLANK, '') === '') {
    throw new ValidationError('invalid_argument', 'a name needs a visible character');
  }
  requireLength(name, maxCharacters, 'a name');
  return name;
}

/** A longer text, may be empty and have lines; otherwise as {@link displayName}. */
export function displayText(text: string, maxCharacters: number): string {
  const body = text.normalize('NFC').replace(/\r\n?/g, '\n').trim();
  requireHonest(body.replaceAll('\n', ' '), 'a text');
  requireLength(body, maxCharacters, 'a text');
  return body;
}

function requireHonest(text: string, what: string): void {
  if (FORBIDDEN.test(text.replace(TAGGED_FLAG, '')) || STACKED_MARKS.test(text)) {
    throw new ValidationError(
      'invalid_argument',
      `${what} holds no control, direction or invisible characters`,
    );
  }
}

function requireLength(text: string, maxCharacters: number, what: string): void {
  if ([...text].length > maxCharacters) {
    throw new ValidationError('too_large', `${what} is longer than ${maxCharacters} characters`);
  }
}
