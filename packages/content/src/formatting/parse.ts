import type { FormattedText } from './tree.ts';

/** Parses text as it was typed into a tree to show; every string has one. Linear time. */
export function parseMarkdown(source: string): FormattedText {
  const text = { type: 'text', text: source, start: 0, end: source.length } as const;
  return { source, blocks: [{ type: 'paragraph', children: [text], start: 0, end: text.end }] };
}
