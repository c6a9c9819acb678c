import type { TextFormat } from '../posts/view.ts';
import { hasVisibleText } from '../text/visible.ts';
import { shownBlocks } from './shown-blocks.ts';

/** Whether the text of a post shows anything: markup around nothing does not (CNT-19). */
export function showsText(text: string, format: TextFormat): boolean {
  if (!hasVisibleText(text)) return false;
  if (format === 'plain') return true;
  // Only fences and quotes hide visible characters with nothing inside them.
  const plainly = !text.includes('```') && /[\p{L}\p{N}]/u.test(text);
  return plainly || shownBlocks(text).length > 0;
}
