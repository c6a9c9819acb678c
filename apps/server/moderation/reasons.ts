import { ValidationError } from '@heliogram/protocol';
import { displayText } from '../accounts/index.ts';

const MAX_REASON_CHARACTERS = 500;

/** A reason as people will read it (MOD-3). Throws `invalid_argument` or `too_large`. */
export function requireReason(text: string): string {
  const reason = displayText(text, MAX_REASON_CHARACTERS);
  if (reason !== '') return reason;
  throw new ValidationError('invalid_argument', 'a reason is required');
}
