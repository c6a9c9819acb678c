import type { TextFormat } from './view.ts';

const types = { markdown: 'text/markdown;variant=GFM-MIMI', plain: 'text/plain;charset=utf-8' };

export function contentTypeOf(format: TextFormat): string {
  return types[format];
}

/** The format of a content type that can be shown as text, `undefined` for all others. */
export function formatOf(contentType: string): TextFormat | undefined {
  const essence = contentType.split(';', 1)[0]?.trim().toLowerCase();
  if (essence === 'text/markdown') return 'markdown';
  return essence === 'text/plain' ? 'plain' : undefined;
}
