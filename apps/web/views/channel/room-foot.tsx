import { lazy, Suspense } from 'react';
import type { ComposerModel } from '../../view-models/composer-model.ts';
import { actionsFor } from '../../view-models/log-actions.ts';
import type { LogModel } from '../../view-models/log-model.ts';
import { useSession } from '../../view-models/session.ts';
import { useScene } from './channel-scene.ts';
import { VisitorBar } from './visitor-bar.tsx';

const Composer = lazy(async () => ({
  default: (await import('../composer/composer.tsx')).Composer,
}));

interface RoomFootProps {
  readonly composer: ComposerModel | undefined;
  readonly model: LogModel | undefined;
  readonly onScheduled: () => void;
}

/** The foot of a channel: where one writes, or how one comes in. */
export function RoomFoot({ composer, model, onScheduled }: RoomFootProps) {
  const scene = useScene();
  const session = useSession();
  const { channel } = scene;
  if (!composer) {
    if (session.phase === 'starting') return null;
    return <VisitorBar channel={channel} signedIn={session.phase === 'signed-in'} />;
  }
  const editLast = () => {
    const log = model?.snapshot().log;
    const posts = log?.state === 'ready' ? log.posts : [];
    const mine = posts.findLast((post) => actionsFor(post, channel, scene).includes('edit'));
    if (mine) composer.edit(mine);
  };
  return (
    <Suspense fallback={<div className="room-foot-coming" />}>
      <Composer
        model={composer}
        channelTitle={channel.title}
        onEditLast={editLast}
        onShowScheduled={onScheduled}
      />
    </Suspense>
  );
}
