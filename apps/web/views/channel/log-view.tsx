import './log-view.css';
import { memo, type Ref, useImperativeHandle, useRef } from 'react';
import { UnreadCount } from '../../design/badge.tsx';
import { Banner } from '../../design/banner.tsx';
import { Button, IconButton } from '../../design/button.tsx';
import { ReplyIcon } from '../../design/icons/conversation.tsx';
import { ChevronDownIcon } from '../../design/icons/navigation.tsx';
import { Spinner } from '../../design/spinner.tsx';
import { VirtualList } from '../../design/virtual-list/virtual-list.tsx';
import { useFormats, useTexts } from '../../language/language.tsx';
import { useLogSnapshot } from '../../view-models/log.ts';
import type { LogModel, LogSnapshot } from '../../view-models/log-model.ts';
import type { LogRow } from '../../view-models/log-rows.ts';
import { useTell } from '../../view-models/telling.ts';
import { useScene } from './channel-scene.ts';
import { FloatingDay } from './floating-day.tsx';
import { LogPlaceholder } from './log-placeholder.tsx';
import { LogRowView } from './log-row.tsx';
import { useArrivals } from './use-arrivals.ts';
import { useLogKeys } from './use-log-keys.ts';
import { type LogScroll, useLogScroll } from './use-log-scroll.ts';

/** What the screen around a log can make it do. */
export interface LogHandle {
  readonly jumpTo: (seq: number, from?: number) => void;
}

interface LogViewProps {
  readonly model: LogModel;
  /** A post was in view. */
  readonly onSee: (seq: number) => void;
  readonly ref?: Ref<LogHandle>;
}

/** A channel's posts, oldest first, as far as they are here. */
export function LogView({ model, onSee, ref }: LogViewProps) {
  const snapshot = useLogSnapshot(model);
  const scroll = useLogScroll(model, snapshot, onSee);
  useArrivals(snapshot);
  useImperativeHandle(ref, () => ({ jumpTo: scroll.jumpTo }));
  return (
    <div className="log">
      <LogScroller
        snapshot={snapshot}
        list={scroll.list}
        highlighted={scroll.highlighted}
        on={scroll.on}
      />
      <FloatingDay at={scroll.inView?.at} />
      <LogTrouble model={model} snapshot={snapshot} />
      <LogButtons scroll={scroll} snapshot={snapshot} />
    </div>
  );
}

interface LogScrollerProps extends Pick<LogScroll, 'list' | 'highlighted' | 'on'> {
  readonly snapshot: LogSnapshot;
}

/** Rows are tall: some of them stand ready where one scrolls to. */
const aheadPx = 600;
const keyOfRow = ({ key }: LogRow): string => key;

/** Drawn when the log changes, not with each frame that is scrolled: the list sees to that itself. */
const LogScroller = memo(function LogScroller(props: LogScrollerProps) {
  const { snapshot, list, highlighted, on } = props;
  const { log, rows } = snapshot;
  const texts = useTexts().channel;
  const { channel } = useScene();
  const scroller = useRef<HTMLDivElement>(null);
  const { active, onKeyDown, onFocus } = useLogKeys({
    scroller,
    list,
    rows,
    toLatest: on.toLatest,
  });
  if (log.state !== 'ready' || log.posts.length + log.frame.outgoing.length === 0) {
    return <LogPlaceholder log={log} />;
  }
  return (
    <div
      ref={scroller}
      className="log-scroller focus-inside"
      role="feed"
      aria-label={`${texts.posts}: ${channel.title}`}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard.
      tabIndex={0}
      onKeyDown={onKeyDown}
      onFocus={onFocus}
    >
      <div className="log-spacer" />
      <VirtualList
        key={log.generation}
        ref={list}
        scroller={scroller}
        rows={rows}
        keyOf={keyOfRow}
        anchored
        aheadPx={aheadPx}
        keepDrawn={active}
        onScroll={on.scroll}
        onResize={on.resize}
      >
        {(row) => (
          <LogRowView row={row} highlighted={row.kind === 'post' && row.post.seq === highlighted} />
        )}
      </VirtualList>
    </div>
  );
});

function LogTrouble({
  model,
  snapshot: { log },
}: {
  readonly model: LogModel;
  readonly snapshot: LogSnapshot;
}) {
  const texts = useTexts();
  const tell = useTell();
  if (log.state !== 'ready' || !log.failure) return null;
  return (
    <div className="log-trouble">
      <Banner
        tone="offline"
        title={texts.channel.couldNotLoad}
        actions={
          <Button
            size="s"
            onClick={() => {
              if (log.frame.hasOlder) model.tell({ kind: 'older' });
              if (log.frame.hasNewer) model.tell({ kind: 'newer' });
            }}
          >
            {texts.app.retry}
          </Button>
        }
      >
        {tell(log.failure).text}
      </Banner>
    </div>
  );
}

/** The ways back: to where one jumped from, to the newest post. */
function LogButtons({
  scroll,
  snapshot: { log },
}: {
  readonly scroll: LogScroll;
  readonly snapshot: LogSnapshot;
}) {
  const texts = useTexts().channel;
  const formats = useFormats();
  if (log.state !== 'ready') return null;
  const { unread } = log.frame;
  return (
    <div className="log-buttons">
      {log.frame.hasNewer && scroll.inView?.nearEnd ? <Spinner /> : null}
      {scroll.trail.length > 0 ? (
        <IconButton className="log-button" label={texts.backToReply} onClick={scroll.jumpBack}>
          <ReplyIcon />
        </IconButton>
      ) : null}
      {scroll.inView?.farFromEnd ? (
        <div className="log-to-latest">
          <IconButton
            className="log-button"
            label={unread > 0 ? formats.plural(unread, texts.toLatestCount) : texts.toLatest}
            onClick={scroll.on.toLatest}
          >
            <ChevronDownIcon />
          </IconButton>
          {unread > 0 ? (
            <span className="log-count" aria-hidden="true">
              <UnreadCount label="">{formats.compact(unread)}</UnreadCount>
            </span>
          ) : null}
        </div>
      ) : null}
    </div>
  );
}
