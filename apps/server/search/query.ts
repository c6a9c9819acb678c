import { type Phrase, searchPhrases } from '@heliogram/content';
import { ValidationError } from '@heliogram/protocol';

/** See `searchPhrases`. Throws `invalid_argument` when no word is in the query. */
export function parseQuery(query: string): readonly Phrase[] {
  const phrases = searchPhrases(query);
  if (phrases.length > 0) return phrases;
  throw new ValidationError('invalid_argument', 'a search needs at least one word');
}
