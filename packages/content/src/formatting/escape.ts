/** Markdown that shows `text` exactly as it is, without formatting, links or mentions. */
export function escapeMarkdown(text: string): string {
  return text.replace(/[\\`*_~[\]()<>#@]|:(?=\/\/)/g, '\\$&');
}
