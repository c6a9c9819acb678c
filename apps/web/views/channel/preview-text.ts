import type { PreviewView } from '../../bridge/contract/chats.ts';
import { fill } from '../../language/fill.ts';
import type { Texts } from '../../language/language.tsx';

/** One line about a post: what it says, or what it is. */
export function previewText(preview: PreviewView, texts: Texts['channel']): string {
  const { kind, text } = preview;
  switch (kind) {
    case 'text':
      return text;
    case 'photo':
    case 'video':
    case 'audio':
    case 'file':
    case 'album':
      return text === '' ? texts[kind] : text;
    case 'renamed':
      return fill(texts.renamed, text);
    case 'pinned':
      return texts.notePinned;
    case 'unpinned':
      return texts.noteUnpinned;
    case 'deleted':
      return texts.deleted;
    case 'withheld':
      return fill(texts.withheld, text);
    case 'unsupported':
      return texts.unsupported;
  }
}
