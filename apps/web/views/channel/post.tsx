import './post.css';
import { type CSSProperties, memo, type ReactNode, useEffect, useRef, useState } from 'react';
import type { OutgoingPost, PostView } from '../../bridge/contract/log.ts';
import { Button, IconButton } from '../../design/button.tsx';
import { ContextMenu } from '../../design/context-menu.tsx';
import { ForwardIcon, ReplyIcon, SmileIcon } from '../../design/icons/conversation.tsx';
import { MenuButton } from '../../design/menu-button.tsx';
import { fill } from '../../language/fill.ts';
import { type Texts, useFormats, useTexts } from '../../language/language.tsx';
import { actionsFor } from '../../view-models/log-actions.ts';
import type { PostRow } from '../../view-models/log-rows.ts';
import { type ChannelScene, useScene } from './channel-scene.ts';
import { sheetWidth } from './media-box.ts';
import { PostBody } from './post-body.tsx';
import { PostFooter } from './post-footer.tsx';
import { mediaOf } from './post-media-list.ts';
import { postMenuEntries } from './post-menu.tsx';
import { ForwardedFrom, ReplyQuote } from './post-quote.tsx';

interface PostProps {
  readonly row: PostRow;
  readonly highlighted: boolean;
}

/** One post with everything that can be done with it. */
export const Post = memo(function Post({ row, highlighted }: PostProps) {
  const { post } = row;
  const scene = useScene();
  const texts = useTexts().channel;
  const label = usePostLabel(post);
  const article = useRef<HTMLElement>(null);
  const tools = useTools();
  const chosen = scene.selected?.has(post.seq);
  const widthPx = sheetWidth(mediaOf(post).map(({ attachment }) => attachment));
  const entries = () => postMenuEntries(post, scene, { texts, spot: () => article.current });
  return (
    <ContextMenu label={texts.actions} entries={scene.selected ? () => [] : entries}>
      <article
        ref={article}
        className="post"
        tabIndex={-1}
        aria-label={label}
        data-seq={post.seq}
        data-joined={row.joined || undefined}
        data-highlighted={highlighted || undefined}
        data-selecting={scene.selected ? '' : undefined}
        data-chosen={chosen || undefined}
        data-fitted={widthPx === undefined ? undefined : ''}
        style={widthPx === undefined ? {} : ({ '--sheet-width': `${widthPx}px` } as CSSProperties)}
        onContextMenu={leaveToBrowser}
        {...tools.on}
        onClickCapture={
          scene.selected
            ? (event) => {
                event.preventDefault();
                event.stopPropagation();
                scene.acts.toggleSelected(post.seq, event.shiftKey);
              }
            : undefined
        }
      >
        {scene.selected ? <Chooser post={post} chosen={chosen ?? false} /> : null}
        <div className="post-sheet">
          <PostHead post={post} />
          <PostBody post={post} />
          {row.edit ? <EditState edit={row.edit} /> : null}
          <PostFooter post={post} />
        </div>
        {tools.wanted && !scene.selected ? <PostTools post={post} scene={scene} /> : null}
      </article>
    </ContextMenu>
  );
});

/** How long a pointer stays on a post that it points at: one that is scrolled by beneath it goes on. */
const pointedAtMs = 80;

/** A post that nobody points at has no tools: they would be half of what a list is made of. */
function useTools() {
  const [wanted, setWanted] = useState(false);
  const timer = useRef<number>(undefined);
  const want = () => setWanted(true);
  const pass = () => {
    window.clearTimeout(timer.current);
    timer.current = undefined;
  };
  useEffect(() => () => window.clearTimeout(timer.current), []);
  const point = ({ pointerType }: React.PointerEvent) => {
    // A finger that scrolls points at nothing.
    if (pointerType !== 'touch') timer.current ??= window.setTimeout(want, pointedAtMs);
  };
  // Not “enter”: React gives none to what takes the place of a removed element under a resting pointer.
  return {
    wanted,
    on: wanted ? {} : { onPointerOver: point, onPointerLeave: pass, onFocus: want },
  };
}

// A link and a selection have menus of the browser's own that people know.
function leaveToBrowser(event: React.MouseEvent): void {
  const target = event.target instanceof Element ? event.target : undefined;
  const selecting = getSelection()?.isCollapsed === false;
  if (target?.closest('a, audio, video, input') || selecting) event.stopPropagation();
}

function PostHead({ post }: { readonly post: PostView }): ReactNode {
  if (!post.forwardedFrom && !post.replyTo) return null;
  return (
    <div className="post-head">
      {post.forwardedFrom ? <ForwardedFrom from={post.forwardedFrom} /> : null}
      {post.replyTo ? <ReplyQuote reply={post.replyTo} from={post.seq} /> : null}
    </div>
  );
}

function Chooser({ post, chosen }: { readonly post: PostView; readonly chosen: boolean }) {
  const texts = useTexts().channel;
  const { acts } = useScene();
  return (
    <input
      type="checkbox"
      className="post-chooser ui-check"
      aria-label={texts.selectPost}
      checked={chosen}
      onChange={() => acts.toggleSelected(post.seq, false)}
    />
  );
}

function EditState({ edit }: { readonly edit: OutgoingPost }) {
  const texts = useTexts();
  const { acts } = useScene();
  if (edit.state !== 'failed') return <p className="post-state">{texts.channel.editing}</p>;
  return (
    <p className="post-state" data-failed="">
      {texts.channel.editFailed}
      <Button size="s" kind="plain" onClick={() => acts.retryOutgoing(edit.id)}>
        {texts.app.retry}
      </Button>
      <Button size="s" kind="plain" onClick={() => acts.discardOutgoing(edit.id)}>
        {texts.channel.discard}
      </Button>
    </p>
  );
}

/** Beside the post when the pointer is over it or the focus in it. */
function PostTools({ post, scene }: { readonly post: PostView; readonly scene: ChannelScene }) {
  const texts = useTexts().channel;
  const tools = useRef<HTMLDivElement>(null);
  const actions = actionsFor(post, scene.channel, scene);
  const entries = postMenuEntries(post, scene, { texts, spot: () => tools.current });
  return (
    <div className="post-tools" ref={tools}>
      {actions.includes('react') ? (
        <IconButton
          size="s"
          label={texts.react}
          onClick={(event) => scene.acts.openPicker(post, event.currentTarget)}
        >
          <SmileIcon size="s" />
        </IconButton>
      ) : null}
      {actions.includes('reply') ? (
        <IconButton size="s" label={texts.reply} onClick={() => scene.acts.run('reply', post)}>
          <ReplyIcon size="s" />
        </IconButton>
      ) : null}
      {actions.includes('forward') ? (
        <IconButton size="s" label={texts.forward} onClick={() => scene.acts.run('forward', post)}>
          <ForwardIcon size="s" />
        </IconButton>
      ) : null}
      <MenuButton size="s" label={texts.actions} entries={entries} />
    </div>
  );
}

function usePostLabel(post: PostView): string {
  const texts = useTexts().channel;
  const formats = useFormats();
  return labelOfPost(post, texts, formats.moment(post.sentAt));
}

/** What a listener hears first of a post: when it is of, and how it begins. */
function labelOfPost(post: PostView, texts: Texts['channel'], moment: string): string {
  const of = fill(texts.postOf, moment);
  const beginning = post.text.slice(0, 80).replace(/\s+/g, ' ').trim();
  return beginning === '' ? of : `${of}: ${beginning}`;
}
