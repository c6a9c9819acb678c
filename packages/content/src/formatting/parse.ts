import { withLineFeeds } from '../text/line-ends.ts';
import { splitBlocks } from './blocks.ts';
import { MarkBudget, parseInline } from './inline.ts';
import type { Block, FormattedText, Inline } from './tree.ts';

/**
 * Parses text as it was typed into a tree to show: the subset of GFM-MIMI of CNT-13. Never throws;
 * every string has a tree, and no character of it is lost. Time is linear in its length. Line ends
 * are line feeds afterwards (CNT-18): offsets are those of the `source` that comes back.
 */
export function parseMarkdown(text: string): FormattedText {
  const source = withLineFeeds(text);
  const budget = new MarkBudget();
  const blocks = splitBlocks(source).map((block): Block => {
    const { start, end } = block;
    if (block.type === 'pre') {
      const text = source.slice(block.textStart, block.textEnd);
      return { type: 'pre', language: block.language, text, start, end };
    }
    if (block.type === 'quote') {
      return { type: 'quote', children: quoteChildren(source, block.lines, budget), start, end };
    }
    return { type: 'paragraph', children: paragraphChildren(source, block, budget), start, end };
  });
  return { source, blocks };
}

/** Markup does not reach across a blank line. */
function paragraphChildren(
  source: string,
  { start, end }: { readonly start: number; readonly end: number },
  budget: MarkBudget,
): Inline[] {
  const children: Inline[] = [];
  let from = start;
  for (const gap of source.slice(start, end).matchAll(/\n(?:[ \t]*\n)+/g)) {
    const gapStart = start + gap.index;
    append(children, parseInline(source, { start: from, end: gapStart }, budget));
    from = gapStart + gap[0].length;
    append(children, [{ type: 'text', text: gap[0], start: gapStart, end: from }]);
  }
  append(children, parseInline(source, { start: from, end }, budget));
  return children;
}

/** Joins neighbouring texts into one node, which makes many short paragraphs cheap. */
function append(children: Inline[], more: readonly Inline[]): void {
  for (const node of more) {
    const last = children.at(-1);
    const joins = node.type === 'text' && last?.type === 'text' && last.end === node.start;
    if (joins)
      children[children.length - 1] = { ...last, text: last.text + node.text, end: node.end };
    else children.push(node);
  }
}

function quoteChildren(
  source: string,
  lines: readonly { readonly start: number; readonly end: number }[],
  budget: MarkBudget,
): Inline[] {
  return lines.flatMap((line, i) => {
    const children = parseInline(source, line, budget);
    const { end } = line;
    if (i + 1 < lines.length) children.push({ type: 'text', text: '\n', start: end, end: end + 1 });
    return children;
  });
}
