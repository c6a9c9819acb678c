import { EmptyState } from '../../design/empty-state.tsx';
import { ChannelIcon } from '../../design/icons/conversation.tsx';
import { ClockIcon, OfflineIcon } from '../../design/icons/state.tsx';
import { Skeleton } from '../../design/skeleton.tsx';
import { useTexts } from '../../language/language.tsx';
import type { LogState } from '../../view-models/log-window.ts';
import { useTell } from '../../view-models/telling.ts';
import { useScene } from './channel-scene.ts';

/** In place of posts: they are coming, there are none, or they could not be had. */
export function LogPlaceholder({ log }: { readonly log: LogState }) {
  const texts = useTexts().channel;
  const tell = useTell();
  const { channel, accountId } = useScene();
  const mayWrite = accountId !== undefined && channel.rights.post;
  if (log.state === 'opening') {
    return (
      <div className="log-placeholder" aria-busy="true">
        {[40, 75, 55].map((widthPercent) => (
          <div key={widthPercent} className="post-sheet">
            <Skeleton widthPercent={widthPercent} />
            <Skeleton widthPercent={90} />
            <Skeleton widthPercent={25} />
          </div>
        ))}
      </div>
    );
  }
  if (channel.role === 'requested') {
    return (
      <div className="log-placeholder" data-centered="">
        <EmptyState icon={<ClockIcon size="xl" />} title={texts.waitingTitle}>
          {texts.waitingNote}
        </EmptyState>
      </div>
    );
  }
  return (
    <div className="log-placeholder" data-centered="">
      {log.state === 'failed' ? (
        <EmptyState icon={<OfflineIcon size="xl" />} title={texts.couldNotLoad}>
          {tell(log.failure).text}
        </EmptyState>
      ) : (
        <EmptyState icon={<ChannelIcon size="xl" />} title={texts.nothingYet}>
          {mayWrite ? texts.nothingYetWriter : texts.nothingYetReader}
        </EmptyState>
      )}
    </div>
  );
}
