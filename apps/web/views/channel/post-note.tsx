import './post-note.css';
import type { PostView } from '../../bridge/contract/log.ts';
import { fill } from '../../language/fill.ts';
import { type Texts, useFormats, useTexts } from '../../language/language.tsx';
import { useScene } from './channel-scene.ts';

/** What happened to the channel, in one quiet line. */
export function PostNote({ post }: { readonly post: PostView }) {
  const texts = useTexts().channel;
  const formats = useFormats();
  const { acts } = useScene();
  const { note, seq, sentAt } = post;
  const pinnedSeq = note?.kind === 'pinned' || note?.kind === 'unpinned' ? note.seq : undefined;
  return (
    <article className="post-note" tabIndex={-1} data-seq={seq} title={formats.moment(sentAt)}>
      <span dir="auto">{noteText(post, texts)}</span>
      {pinnedSeq === undefined ? null : (
        <button type="button" onClick={() => acts.jumpTo(pinnedSeq, seq)}>
          {texts.showPost}
        </button>
      )}
    </article>
  );
}

function noteText({ note }: PostView, texts: Texts['channel']): string {
  switch (note?.kind) {
    case 'renamed':
      return fill(texts.renamed, note.title);
    case 'pinned':
      return texts.notePinned;
    case 'unpinned':
      return texts.noteUnpinned;
    default:
      return texts.noteUnknown;
  }
}
