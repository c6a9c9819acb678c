import type { PostView } from '../../bridge/contract/log.ts';
import { Button } from '../../design/button.tsx';
import { AlertIcon, InfoIcon } from '../../design/icons/state.tsx';
import { fill } from '../../language/fill.ts';
import { useTexts } from '../../language/language.tsx';
import { countEmojiOnly } from '../../view-models/log-post-text.ts';
import { useScene } from './channel-scene.ts';
import { LinkCard } from './link-card.tsx';
import { PostAudio } from './post-audio.tsx';
import { PostFile } from './post-file.tsx';
import { PostMedia } from './post-media.tsx';
import { mediaOf } from './post-media-list.ts';
import { PostText } from './post-text.tsx';

/** What a post says and shows, or why it does not. */
export function PostBody({ post }: { readonly post: PostView }) {
  const texts = useTexts().channel;
  const { acts } = useScene();
  if (post.takenDownReason !== undefined) {
    return (
      <p className="post-state">
        <AlertIcon size="s" />
        {fill(texts.withheld, post.takenDownReason)}
      </p>
    );
  }
  const rest = post.attachments.filter(({ kind }) => kind === 'audio' || kind === 'file');
  return (
    <>
      <Media post={post} />
      {rest.length > 0 ? (
        <div className="post-files">
          {rest.map((attachment) =>
            attachment.kind === 'audio' ? (
              <PostAudio key={attachment.url} attachment={attachment} />
            ) : (
              <PostFile key={attachment.url} attachment={attachment} />
            ),
          )}
        </div>
      ) : null}
      {post.blocks.length > 0 && post.text !== '' ? (
        <PostText
          blocks={post.blocks}
          largeEmoji={post.attachments.length === 0 ? countEmojiOnly(post.blocks) : 0}
          onTag={acts.searchFor}
          onMention={acts.showPerson}
          onCopyCode={(code) => acts.copyText(code, texts.copied)}
        />
      ) : null}
      {post.unsupported ? <Unsupported /> : null}
      {post.link ? <LinkCard link={post.link} /> : null}
    </>
  );
}

function Media({ post }: { readonly post: PostView }) {
  const media = mediaOf(post);
  return media.length > 0 ? <PostMedia seq={post.seq} media={media} /> : null;
}

function Unsupported() {
  const texts = useTexts().channel;
  return (
    <p className="post-state">
      <InfoIcon size="s" />
      {texts.unsupported}
      <Button size="s" kind="plain" onClick={() => location.reload()}>
        {texts.update}
      </Button>
    </p>
  );
}
