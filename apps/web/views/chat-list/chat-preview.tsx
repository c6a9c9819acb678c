import type { ReactNode } from 'react';
import type { ChatRow, PreviewKind, PreviewView } from '../../bridge/contract/chats.ts';
import { PinIcon, TrashIcon } from '../../design/icons/conversation.tsx';
import { FileIcon, MusicIcon, PictureIcon, VideoIcon } from '../../design/icons/media.tsx';
import { fill } from '../../language/fill.ts';
import { type Texts, useTexts } from '../../language/language.tsx';

/** The second line of a chat: what was begun, or what came last. */
export function ChatPreview({ chat }: { readonly chat: ChatRow }) {
  const { chatList } = useTexts();
  if (chat.draft !== undefined && chat.draft !== '') {
    return (
      <>
        <strong className="ui-row-draft">{chatList.draft}</strong> {oneLine(chat.draft)}
      </>
    );
  }
  if (chat.role === 'requested') return chatList.requested;
  if (!chat.last) return chatList.nothingYet;
  return (
    <>
      {iconOf(chat.last.kind)}
      {previewWords(chatList, chat.last)}
    </>
  );
}

/** A preview in words: its text, else what it is. */
function previewWords(texts: Texts['chatList'], { kind, text }: PreviewView): string {
  switch (kind) {
    case 'text':
      return oneLine(text);
    case 'renamed':
      return fill(texts.renamed, text);
    case 'pinned':
      return texts.pinnedPost;
    case 'unpinned':
      return texts.unpinnedPost;
    case 'deleted':
      return texts.deleted;
    case 'withheld':
      return texts.withheld;
    case 'unsupported':
      return texts.unsupported;
    case 'photo':
    case 'video':
    case 'audio':
    case 'file':
    case 'album':
      return text === '' ? texts[kind] : oneLine(text);
  }
}

const oneLine = (text: string): string => text.replaceAll(/\s+/g, ' ');

function iconOf(kind: PreviewKind): ReactNode {
  switch (kind) {
    case 'photo':
    case 'album':
      return <PictureIcon size="s" />;
    case 'video':
      return <VideoIcon size="s" />;
    case 'audio':
      return <MusicIcon size="s" />;
    case 'file':
      return <FileIcon size="s" />;
    case 'pinned':
      return <PinIcon size="s" />;
    case 'deleted':
    case 'withheld':
      return <TrashIcon size="s" />;
    default:
      return null;
  }
}
