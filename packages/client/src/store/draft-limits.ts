import { ValidationError } from '@heliogram/protocol';
import type { LocalChange } from './chat-port.ts';
import { storeLimits } from './limits.ts';

/** Throws `too_large` for a draft beyond its limits. */
export function requireDraftSize({ draft }: LocalChange): void {
  const { maxDraftAttachments, maxDraftCharacters } = storeLimits;
  if (!draft) return;
  const { text, attachments } = draft;
  if (text.length <= maxDraftCharacters && attachments.length <= maxDraftAttachments) return;
  throw new ValidationError('too_large', 'the draft is too long to save');
}
