import type { EntryView } from '@heliogram/client';
import type { Profile } from '@heliogram/protocol';
import type { Output } from '../output/output.ts';
import { entryJson } from './entry-json.ts';
import { entryText } from './entry-text.ts';

/** Entries in the order given: JSON lines, or text with a blank line between two. */
export function showEntries(
  out: Output,
  views: readonly EntryView[],
  authors: ReadonlyMap<string, Profile>,
): void {
  for (const [i, view] of views.entries()) {
    out.result(entryJson(view, authors), (style) => {
      const text = entryText(view, authors, style);
      return i === 0 ? text : `\n${text}`;
    });
  }
  if (views.length === 0 && !out.json) out.done(out.style.dim('Nothing here.'));
}
