import { parseMarkdown } from './parse.ts';
import type { Block, Inline } from './tree.ts';

/**
 * The text without markup, for search, notifications and terminals. A link that does not show where
 * it goes is followed by its URL in parentheses; quoted lines keep their `> `. Controls other than
 * tab and line feed are left out, so that no text can steer a terminal.
 */
export function plainText(markdown: string): string {
  return withoutControls(parseMarkdown(markdown).blocks.map(blockText).join('\n'));
}

/** `text` without control characters (C0, DEL, C1) other than tab and line feed. */
export function withoutControls(text: string): string {
  return text.replace(/[^\P{Cc}\t\n]/gu, '');
}

function blockText(block: Block): string {
  if (block.type === 'pre') return block.text;
  const text = inlineText(block.children);
  return block.type === 'quote' ? text.replace(/^/gm, '> ') : text;
}

function inlineText(children: readonly Inline[]): string {
  return children.map(nodeText).join('');
}

function nodeText(node: Inline): string {
  if (!('children' in node)) return node.text;
  const text = inlineText(node.children);
  return node.type === 'link' && node.disguised ? `${text} (${node.href})` : text;
}
