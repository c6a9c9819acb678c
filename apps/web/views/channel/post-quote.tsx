import './post-quote.css';
import type { ForwardView, ReplyView } from '../../bridge/contract/log.ts';
import { ForwardIcon } from '../../design/icons/conversation.tsx';
import { useTexts } from '../../language/language.tsx';
import { placeLink } from '../../view-models/place.ts';
import { useScene } from './channel-scene.ts';
import { previewText } from './preview-text.ts';

interface ReplyQuoteProps {
  readonly reply: ReplyView;
  /** The post that answers: the way back. */
  readonly from?: number | undefined;
}

/** What a post answers; a press goes there and back. */
export function ReplyQuote({ reply, from }: ReplyQuoteProps) {
  const texts = useTexts().channel;
  const { acts, channel } = useScene();
  const { seq, preview } = reply;
  const line = preview ? previewText(preview, texts) : texts.replyUnknown;
  if (seq === undefined) return <p className="reply-quote">{line}</p>;
  return (
    <button type="button" className="reply-quote" onClick={() => acts.jumpTo(seq, from)}>
      <strong dir="auto">{channel.title}</strong>
      <span dir="auto">{line}</span>
    </button>
  );
}

export function ForwardedFrom({ from }: { readonly from: ForwardView }) {
  const texts = useTexts().channel;
  const { conversationId, seq, title, open } = from;
  const place = open?.username
    ? ({ at: 'name', username: open.username, seq } as const)
    : ({ at: 'chat', conversationId, seq } as const);
  return (
    <p className="forwarded-from">
      <ForwardIcon size="s" />
      <span>{texts.forwardedFrom}</span>{' '}
      {open ? (
        <a href={placeLink(place)}>
          <bdi>{title}</bdi>
        </a>
      ) : (
        <bdi className="forwarded-title">{title}</bdi>
      )}
    </p>
  );
}
