import { lazy, Suspense } from 'react';
import type { ChannelFacts, PostView } from '../../bridge/contract/log.ts';
import type { LogModel } from '../../view-models/log-model.ts';
import type { ChannelActs, Spot } from './channel-scene.ts';

const ReactionPicker = lazy(async () => ({
  default: (await import('./reaction-picker.tsx')).ReactionPicker,
}));
const ForwardDialog = lazy(async () => ({
  default: (await import('./forward-dialog.tsx')).ForwardDialog,
}));
const ScheduledDialog = lazy(async () => ({
  default: (await import('./scheduled-dialog.tsx')).ScheduledDialog,
}));
const MediaViewer = lazy(async () => ({
  default: (await import('../viewer/media-viewer.tsx')).MediaViewer,
}));
const MentionDialog = lazy(async () => ({
  default: (await import('../person/mention-dialog.tsx')).MentionDialog,
}));

/** What lies over a channel, one thing at a time. */
export type Over =
  | { readonly what: 'picker'; readonly post: PostView; readonly spot: Spot }
  | { readonly what: 'forward'; readonly seqs: readonly number[] }
  | { readonly what: 'viewer'; readonly key: string }
  | { readonly what: 'person'; readonly username: string }
  | { readonly what: 'scheduled' };

interface RoomOverlaysProps {
  readonly over: Over | undefined;
  readonly channel: ChannelFacts;
  readonly model: LogModel;
  readonly acts: ChannelActs;
  readonly onClose: () => void;
  readonly onForwarded: () => void;
}

/** Each is loaded when it is first wanted. */
export function RoomOverlays(props: RoomOverlaysProps) {
  const { over, channel, model, acts, onClose, onForwarded } = props;
  if (!over) return null;
  return (
    <Suspense>
      {over.what === 'picker' ? (
        <ReactionPicker
          key={over.post.seq}
          spot={over.spot}
          onPick={(emoji) => {
            onClose();
            acts.react(over.post, emoji);
          }}
          onClose={onClose}
        />
      ) : null}
      {over.what === 'forward' ? (
        <ForwardDialog
          channel={channel}
          seqs={over.seqs}
          posts={postsOf(model, over.seqs)}
          onClose={onClose}
          onForwarded={onForwarded}
        />
      ) : null}
      {over.what === 'person' ? (
        <MentionDialog key={over.username} username={over.username} onClose={onClose} />
      ) : null}
      {over.what === 'scheduled' ? (
        <ScheduledDialog conversationId={channel.conversationId} onClose={onClose} />
      ) : null}
      {over.what === 'viewer' ? (
        <MediaViewer model={model} start={over.key} onShowPost={acts.jumpTo} onClose={onClose} />
      ) : null}
    </Suspense>
  );
}

function postsOf(model: LogModel, seqs: readonly number[]): readonly PostView[] {
  const { log } = model.snapshot();
  return log.state === 'ready' ? log.posts.filter(({ seq }) => seqs.includes(seq)) : [];
}
