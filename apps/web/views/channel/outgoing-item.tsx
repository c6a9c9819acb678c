import './outgoing-item.css';
import type { OutgoingAttachment, OutgoingPost } from '../../bridge/contract/log.ts';
import { Button } from '../../design/button.tsx';
import { FileIcon, MusicIcon, PictureIcon, VideoIcon } from '../../design/icons/media.tsx';
import { ClockIcon, FailedIcon } from '../../design/icons/state.tsx';
import { ProgressBar } from '../../design/progress.tsx';
import { useFormats, useTexts } from '../../language/language.tsx';
import { countEmojiOnly } from '../../view-models/log-post-text.ts';
import { useTell } from '../../view-models/telling.ts';
import { useScene } from './channel-scene.ts';
import { ReplyQuote } from './post-quote.tsx';
import { PostText } from './post-text.tsx';

interface OutgoingItemProps {
  readonly post: OutgoingPost;
  readonly joined: boolean;
}

/** A post of one's own on its way: clock, progress, or what went wrong and what to do. */
export function OutgoingItem({ post, joined }: OutgoingItemProps) {
  const { acts } = useScene();
  const texts = useTexts().channel;
  return (
    <article
      className="post outgoing"
      tabIndex={-1}
      aria-label={`${texts.post}: ${post.text.slice(0, 80)}`}
      data-joined={joined || undefined}
      data-state={post.state}
    >
      <div className="post-sheet">
        {post.replyTo ? <ReplyQuote reply={post.replyTo} /> : null}
        {post.attachments.map((attachment) => (
          <OutgoingFile key={attachment.uploadId} attachment={attachment} />
        ))}
        {post.text === '' ? null : (
          <PostText
            blocks={post.blocks}
            largeEmoji={post.attachments.length === 0 ? countEmojiOnly(post.blocks) : 0}
            onTag={acts.searchFor}
            onCopyCode={(code) => acts.copyText(code, texts.copied)}
          />
        )}
        <OutgoingState post={post} />
      </div>
    </article>
  );
}

function OutgoingFile({ attachment }: { readonly attachment: OutgoingAttachment }) {
  const formats = useFormats();
  const { kind, name, size, sent } = attachment;
  return (
    <div className="outgoing-file">
      {iconOf(kind)}
      <div className="post-file-text">
        <bdi className="post-file-name">{name}</bdi>
        <ProgressBar
          label={name}
          value={sent / Math.max(1, size)}
          text={`${formats.bytes(sent)} / ${formats.bytes(size)}`}
        />
      </div>
    </div>
  );
}

function iconOf(kind: OutgoingAttachment['kind']) {
  switch (kind) {
    case 'photo':
      return <PictureIcon />;
    case 'video':
      return <VideoIcon />;
    case 'audio':
      return <MusicIcon />;
    case 'file':
      return <FileIcon />;
  }
}

function OutgoingState({ post }: { readonly post: OutgoingPost }) {
  const texts = useTexts();
  const formats = useFormats();
  const tell = useTell();
  const { acts } = useScene();
  if (post.state === 'failed') {
    const why = post.failure ? tell(post.failure).text : '';
    return (
      <div className="post-state" data-failed="" role="status">
        <FailedIcon size="s" />
        <span>
          {texts.channel.notSent}. {why}
        </span>
        <span className="outgoing-choices">
          <Button size="s" onClick={() => acts.retryOutgoing(post.id)}>
            {texts.app.retry}
          </Button>
          <Button size="s" kind="plain" onClick={() => acts.discardOutgoing(post.id)}>
            {texts.channel.discard}
          </Button>
        </span>
      </div>
    );
  }
  const uploading = post.state === 'uploading';
  return (
    <div className="post-state outgoing-waiting">
      {uploading ? (
        <Button size="s" kind="plain" onClick={() => acts.discardOutgoing(post.id)}>
          {texts.channel.stop}
        </Button>
      ) : null}
      <span className="post-meta">
        {uploading ? texts.channel.uploading : texts.channel.sending}
        <ClockIcon size="s" />
        <time dateTime={new Date(post.queuedAt).toISOString()}>{formats.time(post.queuedAt)}</time>
      </span>
    </div>
  );
}
