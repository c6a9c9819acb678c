import './post-footer.css';
import type { PostView } from '../../bridge/contract/log.ts';
import { Chip } from '../../design/chip.tsx';
import { BellOffIcon, EyeIcon, PinIcon } from '../../design/icons/conversation.tsx';
import { VisuallyHidden } from '../../design/visually-hidden.tsx';
import { fill } from '../../language/fill.ts';
import { useFormats, useTexts } from '../../language/language.tsx';
import { actionsFor } from '../../view-models/log-actions.ts';
import { useScene } from './channel-scene.ts';

/** Reactions, signature, views and time. */
export function PostFooter({ post }: { readonly post: PostView }) {
  return (
    <footer className="post-footer">
      {post.reactions.length > 0 ? <Reactions post={post} /> : null}
      <PostMeta post={post} />
    </footer>
  );
}

function Reactions({ post }: { readonly post: PostView }) {
  const texts = useTexts().channel;
  const formats = useFormats();
  const scene = useScene();
  const mayReact = actionsFor(post, scene.channel, scene).includes('react');
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for forms.
    <div className="post-reactions" role="group" aria-label={texts.reactions}>
      {post.reactions.map(({ emoji, count, mine }) => (
        <Chip
          key={emoji}
          size="s"
          pressed={mine}
          disabled={!mayReact}
          aria-label={fill(
            mine ? texts.reactionOn : texts.reactionOff,
            emoji,
            formats.number(count),
          )}
          onClick={() => scene.acts.react(post, emoji)}
        >
          <span aria-hidden="true">{emoji}</span>
          <span className="numbers" aria-hidden="true">
            {formats.compact(count)}
          </span>
        </Chip>
      ))}
    </div>
  );
}

function PostMeta({ post }: { readonly post: PostView }) {
  const texts = useTexts().channel;
  const formats = useFormats();
  const { author, views, editedAt, sentAt } = post;
  return (
    <span className="post-meta">
      {author && author.name !== '' ? <bdi className="post-author">{author.name}</bdi> : null}
      {post.pinned ? <MetaIcon icon={<PinIcon size="s" />} text={texts.pinned} /> : null}
      {post.silent ? <MetaIcon icon={<BellOffIcon size="s" />} text={texts.silent} /> : null}
      {views === undefined ? null : (
        <span className="post-views numbers" title={formats.plural(views, texts.views)}>
          <EyeIcon size="s" />
          <span aria-hidden="true">{formats.compact(views)}</span>
          <VisuallyHidden>{formats.plural(views, texts.views)}</VisuallyHidden>
        </span>
      )}
      {editedAt === undefined ? null : (
        <span title={fill(texts.editedAt, formats.moment(editedAt))}>{texts.edited}</span>
      )}
      <time dateTime={new Date(sentAt).toISOString()} title={formats.moment(sentAt)}>
        {formats.time(sentAt)}
      </time>
    </span>
  );
}

function MetaIcon({ icon, text }: { readonly icon: React.ReactNode; readonly text: string }) {
  return (
    <span title={text}>
      {icon}
      <VisuallyHidden>{text}</VisuallyHidden>
    </span>
  );
}
