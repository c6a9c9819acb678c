import { withLineFeeds } from '../text/line-ends.ts';
import { splitBlocks } from './blocks.ts';
import { parseInline } from './inline.ts';
import type { Block, FormattedText, Inline } from './tree.ts';

/**
 * Parses text as it was typed into a tree to show: the subset of GFM-MIMI of CNT-13. Never throws;
 * every string has a tree, and no character of it is lost. Time is linear in its length. Line ends
 * are line feeds afterwards (CNT-18): offsets are those of the `source` that comes back.
 */
export function parseMarkdown(text: string): FormattedText {
  const source = withLineFeeds(text);
  const blocks = splitBlocks(source).map((block): Block => {
    const { start, end } = block;
    if (block.type === 'pre') {
      const text = source.slice(block.textStart, block.textEnd);
      return { type: 'pre', language: block.language, text, start, end };
    }
    if (block.type === 'quote') {
      return { type: 'quote', children: quoteChildren(source, block.lines), start, end };
    }
    return { type: 'paragraph', children: paragraphChildren(source, start, end), start, end };
  });
  return { source, blocks };
}

/** Markup does not reach across a blank line. */
function paragraphChildren(source: string, start: number, end: number): Inline[] {
  const stretches: Inline[][] = [];
  let from = start;
  for (const gap of source.slice(start, end).matchAll(/\n(?:[ \t]*\n)+/g)) {
    const gapStart = start + gap.index;
    stretches.push(parseInline(source, from, gapStart));
    from = gapStart + gap[0].length;
    stretches.push([{ type: 'text', text: gap[0], start: gapStart, end: from }]);
  }
  stretches.push(parseInline(source, from, end));
  return stretches.flat();
}

function quoteChildren(
  source: string,
  lines: readonly { readonly start: number; readonly end: number }[],
): Inline[] {
  return lines.flatMap(({ start, end }, i) => {
    const children = parseInline(source, start, end);
    if (i + 1 < lines.length) children.push({ type: 'text', text: '\n', start: end, end: end + 1 });
    return children;
  });
}
