import { lazy, Suspense } from 'react';
import type { FailureView } from '../../bridge/contract/session.ts';
import { useTexts } from '../../language/language.tsx';
import type { ComposerModel } from '../../view-models/composer-model.ts';
import { actionsFor } from '../../view-models/log-actions.ts';
import type { LogModel } from '../../view-models/log-model.ts';
import { useSession } from '../../view-models/session.ts';
import { useTell } from '../../view-models/telling.ts';
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
  const refused = session.phase === 'signed-in' ? session.suspended : undefined;
  if (refused) return <CannotPost failure={refused} />;
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

/** In place of the composer for whom the server does not let in: what was begun stays in the draft. */
function CannotPost({ failure }: { readonly failure: FailureView }) {
  const tell = useTell();
  const { shell } = useTexts();
  return (
    <div className="visitor-bar">
      <p role="status">{failure.code === 'gone' ? shell.gone : tell(failure).text}</p>
    </div>
  );
}
