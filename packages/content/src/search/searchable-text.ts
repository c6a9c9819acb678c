import { plainText } from '../formatting/plain-text.ts';
import { decodeContent } from '../mimi/decode.ts';
import { readContent } from '../posts/read.ts';

/**
 * What of an encoded post can be found: its text as people read it, and names and descriptions of its
 * files. Empty for what is no post or cannot be read.
 */
export function searchableText(payload: Uint8Array): string {
  try {
    const view = readContent(decodeContent(payload));
    if (view.kind !== 'post' && view.kind !== 'edit') return '';
    const text = view.format === 'markdown' ? plainText(view.text) : view.text;
    const names = view.attachments.flatMap(({ name, description }) => [name, description ?? '']);
    return [text, ...names].filter((line) => line !== '').join('\n');
  } catch {
    return '';
  }
}
