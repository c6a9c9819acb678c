/**
 * Markdown that shows `text` exactly as it is, without formatting, links, mentions or hashtags:
 * `plainText(escapeMarkdown(text))` is `text`, less its controls.
 */
export function escapeMarkdown(text: string): string {
  return text.replace(/[\\`*_~[\]>#@]|:(?=\/\/)/g, '\\$&');
}
