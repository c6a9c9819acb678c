import type { Block } from '../bridge/contract/log.ts';

/** Posts of so few emoji and nothing else are shown large. */
const maxLargeEmoji = 5;
const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });
const emoji = /^(?:\p{Extended_Pictographic}|\p{Regional_Indicator}{2}|[0-9#*]\ufe0f?\u20e3)/u;

/** How many emoji the text is made of; 0 when it says anything else or is too long to be large. */
export function countEmojiOnly(blocks: readonly Block[]): number {
  const [block] = blocks;
  if (blocks.length !== 1 || block?.type !== 'paragraph') return 0;
  const [node] = block.children;
  if (block.children.length !== 1 || node?.type !== 'text' || node.text.length > 80) return 0;
  const parts = [...graphemes.segment(node.text.replace(/\s/gu, ''))];
  const all = parts.length > 0 && parts.every(({ segment }) => emoji.test(segment));
  return all && parts.length <= maxLargeEmoji ? parts.length : 0;
}

/** A link to a post that works for others: the public page where there is one. */
export function linkToPost(
  channel: { readonly conversationId: string; readonly username: string },
  seq: number,
  page: { readonly origin: string; readonly pathname: string },
): string {
  if (channel.username !== '') return `${page.origin}/@${channel.username}/${seq}`;
  return `${page.origin}${page.pathname}#c/${channel.conversationId}/${seq}`;
}
