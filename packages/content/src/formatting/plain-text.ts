/** The text without markup, for search, notifications and terminals. */
export function plainText(markdown: string): string {
  return markdown;
}
