import { type Block, type Inline, parseMarkdown } from '../../index.ts';

/** A tree as short text: `bold(a italic(b))`. */
export function show(markdown: string): string {
  return parseMarkdown(markdown).blocks.map(showBlock).join(' | ');
}

function showBlock(block: Block): string {
  if (block.type === 'pre') return `pre[${block.language}](${block.text})`;
  const text = block.children.map(showInline).join('');
  return block.type === 'quote' ? `quote(${text})` : text;
}

function showInline(node: Inline): string {
  if (node.type === 'text') return node.text;
  if (node.type === 'link') {
    const shown = node.children.map(showInline).join('');
    return `link(${shown} → ${node.href}${node.disguised ? ' !' : ''})`;
  }
  if ('children' in node) return `${node.type}(${node.children.map(showInline).join('')})`;
  if (node.type === 'mention') return `mention(${node.text}=${node.username ?? node.accountId})`;
  return node.type === 'hashtag' ? `tag(${node.tag})` : `code(${node.text})`;
}
