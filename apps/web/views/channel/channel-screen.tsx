import './channel-screen.css';
import type { ReactNode } from 'react';
import { Button } from '../../design/button.tsx';
import { EmptyState } from '../../design/empty-state.tsx';
import { ChannelIcon } from '../../design/icons/conversation.tsx';
import { OfflineIcon } from '../../design/icons/state.tsx';
import { Spinner } from '../../design/spinner.tsx';
import { useTexts } from '../../language/language.tsx';
import { useWatch } from '../../view-models/app.tsx';
import { useTell } from '../../view-models/telling.ts';
import { goBack } from '../../view-models/way-back.ts';
import { ChannelRoom } from './channel-room.tsx';

interface ChannelScreenProps {
  readonly conversationId: string;
  /** The post to open at, of a deep link. */
  readonly seq?: number | undefined;
  /** Shown until the channel is known. */
  readonly coming?: ReactNode;
}

/** A channel: for its members and admins, and for whoever passes by. */
export function ChannelScreen({ conversationId, seq, coming }: ChannelScreenProps) {
  const texts = useTexts();
  const tell = useTell();
  const view = useWatch('channel', { conversationId });
  if (view?.state === 'ready') {
    const { channel, stale } = view;
    return <ChannelRoom key={conversationId} channel={channel} stale={stale} seq={seq} />;
  }
  if (coming && view?.state !== 'failed') return coming;
  return (
    <section className="channel" data-mood="sun" aria-busy={view?.state !== 'failed'}>
      <div className="channel-away">
        {view?.state === 'failed' ? (
          <EmptyState
            level={1}
            icon={view.failure.retry ? <OfflineIcon size="xl" /> : <ChannelIcon size="xl" />}
            title={texts.channel.couldNotOpen}
            actions={<Button onClick={goBack}>{texts.app.back}</Button>}
          >
            {tell(view.failure).text}
          </EmptyState>
        ) : (
          <Spinner size="l" label={texts.app.loading} />
        )}
      </div>
    </section>
  );
}
