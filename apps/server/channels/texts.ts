import { limits, ValidationError } from '@heliogram/protocol';

/** Control characters and those that turn the direction of what stands around them. */
const UNPRINTABLE = /[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/u;
const UNPRINTABLE_BUT_NEWLINE = /[^\P{Cc}\n]|[\u2028\u2029\u202a-\u202e\u2066-\u2069]/u;
const VISIBLE = /[\p{L}\p{N}\p{P}\p{S}]/u;

/** A title as stored: one line, trimmed, at most 128 characters. Throws `invalid_argument` or `too_large`. */
export function channelTitle(text: string): string {
  const title = text.trim();
  if (!VISIBLE.test(title)) throw new ValidationError('invalid_argument', 'a title has letters');
  if (UNPRINTABLE.test(title)) {
    throw new ValidationError('invalid_argument', 'a title is one line of printable characters');
  }
  requireLength(title, limits.maxTitleCharacters, 'title');
  return title;
}

/** A description as stored: trimmed, lines allowed, at most 1,000 characters. */
export function channelDescription(text: string): string {
  const description = text.trim();
  if (UNPRINTABLE_BUT_NEWLINE.test(description)) {
    throw new ValidationError('invalid_argument', 'a description is printable text');
  }
  requireLength(description, limits.maxDescriptionCharacters, 'description');
  return description;
}

function requireLength(text: string, max: number, what: string): void {
  if ([...text].length > max) {
    throw new ValidationError('too_large', `a ${what} has at most ${max} characters`);
  }
}
