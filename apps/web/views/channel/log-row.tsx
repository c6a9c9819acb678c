import './log-row.css';
import { memo } from 'react';
import { Avatar } from '../../design/avatar.tsx';
import { Divider } from '../../design/divider.tsx';
import { fill } from '../../language/fill.ts';
import { useFormats, useTexts } from '../../language/language.tsx';
import type { LogRow } from '../../view-models/log-rows.ts';
import { useScene } from './channel-scene.ts';
import { useDayText } from './day-text.ts';
import { OutgoingItem } from './outgoing-item.tsx';
import { Post } from './post.tsx';
import { PostNote } from './post-note.tsx';

interface LogRowProps {
  readonly row: LogRow;
  readonly highlighted: boolean;
}

/** A row with what stands above it: the day, the unread marker. */
export const LogRowView = memo(function LogRowView({ row, highlighted }: LogRowProps) {
  const joined = row.kind !== 'begin' && row.joined;
  return (
    <div className="log-row" data-row={row.key} data-joined={joined || undefined}>
      {row.kind === 'begin' ? <LogBeginning /> : null}
      {row.kind !== 'begin' && row.day ? <DayMark at={timeOf(row)} /> : null}
      {row.kind === 'post' && row.unread ? <UnreadMark /> : null}
      {row.kind === 'post' ? <PostOrNote row={row} highlighted={highlighted} /> : null}
      {row.kind === 'outgoing' ? <OutgoingItem post={row.post} joined={row.joined} /> : null}
    </div>
  );
});

type PostLogRow = Extract<LogRow, { readonly kind: 'post' }>;

function PostOrNote({
  row,
  highlighted,
}: {
  readonly row: PostLogRow;
  readonly highlighted: boolean;
}) {
  const { post } = row;
  if (post.note) return <PostNote post={post} />;
  return <Post row={row} highlighted={highlighted} />;
}

function timeOf(row: Exclude<LogRow, { readonly kind: 'begin' }>): number {
  return row.kind === 'post' ? row.post.sentAt : row.post.queuedAt;
}

function DayMark({ at }: { readonly at: number }) {
  return (
    <div className="log-day">
      <time dateTime={new Date(at).toISOString()}>{useDayText(at)}</time>
    </div>
  );
}

function UnreadMark() {
  const texts = useTexts().channel;
  return (
    <div className="log-unread">
      <Divider tone="accent">{texts.unreadFrom}</Divider>
    </div>
  );
}

/** Where the log begins: what the channel is. */
function LogBeginning() {
  const texts = useTexts().channel;
  const formats = useFormats();
  const { channel } = useScene();
  return (
    <article className="log-begin" tabIndex={-1} aria-label={channel.title}>
      <Avatar
        id={channel.conversationId}
        name={channel.title}
        src={channel.avatarUrl}
        size="xl"
        shape="tile"
      />
      <p className="log-begin-title" dir="auto">
        {fill(texts.begins, channel.title)}
      </p>
      {channel.description === '' ? null : <p dir="auto">{channel.description}</p>}
      <p className="log-begin-since">{fill(texts.began, formats.moment(channel.createdAt))}</p>
    </article>
  );
}
