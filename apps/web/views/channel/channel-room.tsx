import { useEffect, useMemo, useRef, useState } from 'react';
import type { ChannelFacts } from '../../bridge/contract/log.ts';
import { Banner } from '../../design/banner.tsx';
import { useTexts } from '../../language/language.tsx';
import { useComposerModel } from '../../view-models/composer.ts';
import { anchorOf } from '../../view-models/kept-place.ts';
import { useLogModel } from '../../view-models/log.ts';
import { useReadMarks } from '../../view-models/log-read-marks.ts';
import { actingAccount, useSession } from '../../view-models/session.ts';
import { wasRead } from '../../view-models/way-back.ts';
import { DropZone } from '../composer/drop-zone.tsx';
import { useComposerTrouble } from '../composer/use-composer-trouble.ts';
import { ChannelSceneContext } from './channel-scene.ts';
import { type LogHandle, LogView } from './log-view.tsx';
import { PinnedBar } from './pinned-bar.tsx';
import { RoomFoot } from './room-foot.tsx';
import { RoomHead } from './room-head.tsx';
import { type Over, RoomOverlays } from './room-overlays.tsx';
import { useChannelActs } from './use-channel-acts.ts';
import { useSelection } from './use-selection.ts';

interface ChannelRoomProps {
  readonly channel: ChannelFacts;
  readonly stale: boolean;
  readonly seq: number | undefined;
}

/** A channel that is known: its posts, and what one may do with them. */
export function ChannelRoom({ channel, stale, seq }: ChannelRoomProps) {
  const { conversationId } = channel;
  const accountId = actingAccount(useSession());
  const [at] = useState(() => anchorOf({ conversationId, seq }, wasRead()));
  const model = useLogModel(conversationId, at);
  const composer = useComposerModel(conversationId, {
    enabled: accountId !== undefined && channel.rights.post,
    trouble: useComposerTrouble(),
  });
  const see = useReadMarks(conversationId, accountId !== undefined && isInside(channel));
  const log = useRef<LogHandle>(null);
  useLaterLinks(log, seq);
  const [over, setOver] = useState<Over>();
  const [query, setQuery] = useState<string>();
  const selection = useSelection(model);
  const acts = useChannelActs({
    channel,
    composer,
    forward: (seqs) => setOver({ what: 'forward', seqs }),
    select: selection.toggle,
    openPicker: (post, spot) => setOver({ what: 'picker', post, spot }),
    openViewer: (key) => setOver({ what: 'viewer', key }),
    searchFor: setQuery,
    showPerson: (username) => setOver({ what: 'person', username }),
    jumpTo: (to, from) => log.current?.jumpTo(to, from),
  });
  const scene = useMemo(
    () => ({ channel, accountId, selected: selection.seqs, acts }),
    [channel, accountId, selection.seqs, acts],
  );
  return (
    <ChannelSceneContext value={scene}>
      <DropZone model={composer}>
        <section className="channel" data-mood="sun" aria-label={channel.title}>
          <RoomHead
            selection={selection}
            query={query}
            onQuery={setQuery}
            onForward={(seqs) => setOver({ what: 'forward', seqs })}
            onDelete={acts.deletePosts}
            onScheduled={() => setOver({ what: 'scheduled' })}
          />
          <PinnedBar channel={channel} />
          <RoomNotices channel={channel} stale={stale} />
          {model ? <LogView ref={log} model={model} onSee={see} /> : <div className="log" />}
          <RoomFoot
            composer={composer}
            model={model}
            onScheduled={() => setOver({ what: 'scheduled' })}
          />
          {model ? (
            <RoomOverlays
              over={over}
              channel={channel}
              model={model}
              acts={acts}
              onClose={() => setOver(undefined)}
              onForwarded={selection.end}
            />
          ) : null}
        </section>
      </DropZone>
    </ChannelSceneContext>
  );
}

function isInside({ role }: ChannelFacts): boolean {
  return role === 'owner' || role === 'admin' || role === 'subscriber';
}

/** A link to another post of the channel that is already open goes there. */
function useLaterLinks(log: React.RefObject<LogHandle | null>, seq: number | undefined): void {
  const first = useRef(true);
  useEffect(() => {
    if (!first.current && seq !== undefined) log.current?.jumpTo(seq);
    first.current = false;
  }, [log, seq]);
}

function RoomNotices({
  channel,
  stale,
}: {
  readonly channel: ChannelFacts;
  readonly stale: boolean;
}) {
  const texts = useTexts().channel;
  const { takenDownReason } = channel;
  if (takenDownReason !== undefined) {
    return (
      <Banner tone="warning" edge title={texts.takenDown}>
        {takenDownReason}
      </Banner>
    );
  }
  return stale ? <Banner tone="offline" edge title={texts.stale} /> : null;
}
