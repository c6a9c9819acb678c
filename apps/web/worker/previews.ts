import { type EntryView, viewEntry } from '@heliogram/client';
import { cutText, plainText, withBoundedMarks } from '@heliogram/content';
import type { Entry } from '@heliogram/protocol';
import type { PreviewKind, PreviewView } from '../bridge/contract/chats.ts';

const maxCharacters = 160;

/** An entry in one line. */
export function previewOf(conversationId: string, entry: Entry): PreviewView {
  return previewOfView(viewEntry(conversationId, entry));
}

function previewOfView(view: EntryView): PreviewView {
  const { sentAt: at, note, attachments } = view;
  if (note) return notePreview(note, at);
  if (view.deleted) return { kind: 'deleted', text: '', at };
  if (view.takenDownReason !== undefined) return { kind: 'withheld', text: '', at };
  if (view.unsupported) return { kind: 'unsupported', text: '', at };
  const text = oneLine(view.text);
  const [first] = attachments;
  if (!first) return { kind: 'text', text, at };
  const kind: PreviewKind = attachments.length > 1 ? 'album' : first.showAs;
  const named = first.showAs === 'file' || first.showAs === 'audio';
  return { kind, text: text === '' && named ? first.name : text, at };
}

function notePreview(note: NonNullable<EntryView['note']>, at: number): PreviewView {
  switch (note.kind) {
    case 'renamed':
      return { kind: 'renamed', text: note.title, at };
    case 'pinned':
    case 'unpinned':
      return { kind: note.kind, text: '', at };
    case 'unknown':
      return { kind: 'unsupported', text: '', at };
  }
}

function oneLine(markdown: string): string {
  // A quote is told by its sign where lines have room for it, not here.
  const line = plainText(markdown).replace(/^> /gm, '').replace(/\s+/g, ' ').trim();
  return cutText(withBoundedMarks(line), maxCharacters);
}
