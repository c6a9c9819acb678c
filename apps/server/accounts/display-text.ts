import { hasMarkStack, hasVisibleText, withLineFeeds } from '@heliogram/content';
import { ValidationError } from '@heliogram/protocol';

/**
 * Controls, line separators, noncharacters and private code points, and every format character (bidi
 * overrides and isolates, zero-width space, soft hyphen, tags) but the two joiners, which Persian,
 * Indic scripts and emoji need.
 */
const FORBIDDEN =
  /(?![\u200c\u200d])[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Noncharacter_Code_Point}\p{Zl}\p{Zp}]/u;
/** What a longer text may not hold: what turns the text around it, and controls. */
const FORBIDDEN_IN_TEXT = /[\p{Cc}\p{Cs}\p{Noncharacter_Code_Point}\u202a-\u202e\u2066-\u2069]/u;
/** Flags of regions, the one place where tag characters belong (UTS #51). */
const TAGGED_FLAG = /\u{1f3f4}[\u{e0030}-\u{e007a}]{3,6}\u{e007f}/gu;

/**
 * A name or title as it is stored and shown (ACC-30): NFC, trimmed, inner space folded to single
 * spaces, at most so many code points, with something to see and nothing that deceives. Throws
 * `invalid_argument` or `too_large`.
 */
export function displayName(text: string, maxCharacters: number): string {
  const name = text
    .normalize('NFC')
    .replace(/\p{Zs}+/gu, ' ')
    .trim();
  if (FORBIDDEN.test(name.replace(TAGGED_FLAG, ''))) {
    throw refused('a name cannot contain control, direction or invisible characters');
  }
  requireFewMarks(name);
  if (!hasVisibleText(name)) throw refused('a name needs a visible character');
  requireLength(name, maxCharacters, 'a name');
  return name;
}

/**
 * A longer text as it is stored: NFC, trimmed, may be empty and have lines, with one blank line at
 * most between two. Zero-width spaces and direction marks stay, since Khmer and Arabic need them.
 * Throws as {@link displayName}.
 */
export function displayText(text: string, maxCharacters: number): string {
  const lines = withLineFeeds(text.normalize('NFC')).replace(/\t/g, ' ').split('\n');
  const kept = lines.filter(
    (line, at) => hasVisibleText(line) || hasVisibleText(lines[at - 1] ?? ''),
  );
  const body = kept
    .map((line) => (hasVisibleText(line) ? line : ''))
    .join('\n')
    .trim();
  if (FORBIDDEN_IN_TEXT.test(body.replaceAll('\n', ' '))) {
    throw refused('a text cannot contain control or direction characters');
  }
  requireFewMarks(body);
  requireLength(body, maxCharacters, 'a text');
  return body;
}

function requireFewMarks(text: string): void {
  if (hasMarkStack(text)) throw refused('a letter has too many combining marks');
}

function refused(message: string): ValidationError {
  return new ValidationError('invalid_argument', message);
}

function requireLength(text: string, maxCharacters: number, what: string): void {
  if ([...text].length > maxCharacters) {
    throw new ValidationError('too_large', `${what} is longer than ${maxCharacters} characters`);
  }
}
