import { useState } from 'react';
import type { ChannelFacts } from '../../bridge/contract/log.ts';
import type { SessionView } from '../../bridge/contract/session.ts';
import { Avatar } from '../../design/avatar.tsx';
import { Button } from '../../design/button.tsx';
import { ConfirmDialog } from '../../design/confirm-dialog.tsx';
import { SignOutIcon } from '../../design/icons/people.tsx';
import { Switch } from '../../design/switch.tsx';
import { fill } from '../../language/fill.ts';
import { useFormats, useTexts } from '../../language/language.tsx';
import { useCall } from '../../view-models/app.tsx';
import { channelLink } from '../../view-models/channel-link.ts';
import { useLeave } from '../../view-models/chat-actions.ts';
import { useQuietly, useTask } from '../../view-models/task.ts';
import { goUpTo } from '../../view-models/way-back.ts';
import { PaneGroup, useInnerLevel } from '../shell/pane.tsx';
import { ManagementLinks } from './management-links.tsx';
import { ShareLink } from './share-link.tsx';

interface ChannelInfoProps {
  readonly channel: ChannelFacts;
  readonly session: SessionView;
}

/** What a channel is, and what one can do with it. */
export function ChannelInfo({ channel, session }: ChannelInfoProps) {
  const { management } = useTexts();
  const formats = useFormats();
  const Heading = `h${useInnerLevel()}` as const;
  const { title, conversationId, avatarUrl, username, description, settings } = channel;
  const origin = session.phase === 'starting' ? undefined : session.server?.origin;
  const follows = channel.role === 'subscriber' || channel.role === 'admin';
  return (
    <div className="channel-info">
      <div className="channel-info-head">
        <Avatar id={conversationId} name={title} src={avatarUrl} size="2xl" shape="tile" />
        <Heading dir="auto">{title}</Heading>
        {username === '' ? null : (
          <p className="pane-note">
            <bdi>@{username}</bdi>
          </p>
        )}
        <p className="pane-note">{formats.plural(channel.subscribers, management.subscribers)}</p>
      </div>
      {description === '' ? null : (
        <p className="channel-info-description" dir="auto">
          {description}
        </p>
      )}
      {settings.unlisted ? (
        <p className="pane-note">{management.operatorReads}</p>
      ) : (
        <PaneGroup title={management.link}>
          <ShareLink link={channelLink(origin ?? location.origin, channel)} title={title} />
        </PaneGroup>
      )}
      {follows || channel.role === 'owner' ? <NotificationsSwitch channel={channel} /> : null}
      <ManagementLinks channel={channel} />
      <dl className="pane-facts">
        <div>
          <dt>
            {fill(management.since, formats.day(channel.createdAt, Date.now()))} ·{' '}
            {formats.plural(channel.posts, management.posts)}
          </dt>
          <dd className="pane-note">{management.countNote}</dd>
        </div>
      </dl>
      {follows ? <Leave channel={channel} /> : null}
    </div>
  );
}

function NotificationsSwitch({ channel }: { readonly channel: ChannelFacts }) {
  const { management } = useTexts();
  const call = useCall();
  const quietly = useQuietly();
  const { conversationId, muted } = channel;
  return (
    <div className="pane-card">
      <Switch
        label={management.notifications}
        note={management.notificationsNote}
        checked={!muted}
        onChange={(wanted) => quietly(call('setMuted', { conversationId, muted: !wanted }))}
      />
    </div>
  );
}

function Leave({ channel }: { readonly channel: ChannelFacts }) {
  const { app, management } = useTexts();
  const leaveChannel = useLeave();
  const task = useTask();
  const [asking, setAsking] = useState(false);
  const { title, settings } = channel;
  const leave = async () => {
    const done = await task.run(() => leaveChannel(channel));
    if (done) goUpTo({ at: 'chats' });
  };
  return (
    <div>
      <Button kind="plain" icon={<SignOutIcon />} onClick={() => setAsking(true)}>
        {management.leave}
      </Button>
      <ConfirmDialog
        open={asking}
        title={fill(management.leaveAsk, title)}
        confirmLabel={management.leave}
        cancelLabel={app.cancel}
        busy={task.busy}
        onConfirm={leave}
        onCancel={() => setAsking(false)}
      >
        <p>{settings.unlisted ? management.leaveNoteUnlisted : management.leaveNote}</p>
        {task.failed ? <p role="alert">{task.failed.text}</p> : null}
      </ConfirmDialog>
    </div>
  );
}
