import { limits } from '@heliogram/protocol';
import { displayName, displayText } from '../accounts/index.ts';

/** A title as stored: a name by ACC-30, at most 128 code points. */
export function channelTitle(text: string): string {
  return displayName(text, limits.maxTitleCharacters);
}

/** A description as stored: a text by ACC-30, at most 1,000 code points. */
export function channelDescription(text: string): string {
  return displayText(text, limits.maxDescriptionCharacters);
}
