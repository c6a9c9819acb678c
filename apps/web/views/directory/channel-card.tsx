import type { ChannelCard } from '../../bridge/contract/chats.ts';
import type { SessionView } from '../../bridge/contract/session.ts';
import { Avatar } from '../../design/avatar.tsx';
import { Button } from '../../design/button.tsx';
import { CheckIcon, PlusIcon } from '../../design/icons/navigation.tsx';
import { useFormats, useTexts } from '../../language/language.tsx';
import { placeLink } from '../../view-models/place.ts';
import { useFollow } from './use-follow.ts';

interface ChannelCardViewProps {
  readonly channel: ChannelCard;
  readonly session: SessionView;
  readonly onChange: (channel: ChannelCard) => void;
}

/** A channel as a stranger sees it: what it is, how many read it, and "Follow". */
export function ChannelCardView({ channel, session, onChange }: ChannelCardViewProps) {
  const { directory } = useTexts();
  const formats = useFormats();
  const { conversationId, title, username, description, avatarUrl } = channel;
  const place =
    username === ''
      ? ({ at: 'chat', conversationId } as const)
      : ({ at: 'name', username } as const);
  const follow = useFollow({
    session,
    place,
    target: { conversationId },
    title,
    done: (requested) => onChange({ ...channel, role: requested ? 'requested' : 'subscriber' }),
  });
  // Whom the server does not let in is shown what a visitor is, and may follow nothing.
  const refused = session.phase === 'signed-in' && session.suspended !== undefined;
  const counts = [
    formats.plural(channel.subscribers, directory.subscribers),
    formats.plural(channel.posts, directory.posts),
  ];
  return (
    <article className="directory-card">
      <Avatar id={conversationId} name={title} src={avatarUrl} size="l" shape="tile" />
      <div className="directory-card-head">
        <h2 dir="auto">
          <a href={placeLink(place)}>{title}</a>
        </h2>
        {username === '' ? null : (
          <span className="directory-card-name">
            <bdi>@{username}</bdi>
          </span>
        )}
      </div>
      <p className="directory-card-text" dir="auto">
        {description}
      </p>
      <div className="directory-card-foot">
        <span>{counts.join(' · ')}</span>
        {refused ? null : (
          <FollowButton channel={channel} busy={follow.busy} onFollow={follow.run} />
        )}
      </div>
    </article>
  );
}

const standings = {
  owner: 'own',
  admin: 'admin',
  subscriber: 'following',
  requested: 'requested',
} as const;

interface FollowButtonProps {
  readonly channel: ChannelCard;
  readonly busy: boolean;
  readonly onFollow: () => void;
}

function FollowButton({ channel, busy, onFollow }: FollowButtonProps) {
  const { directory } = useTexts();
  if (channel.role === 'none') {
    return (
      <Button size="s" icon={<PlusIcon size="s" />} busy={busy} onClick={onFollow}>
        {directory.follow}
      </Button>
    );
  }
  return (
    <Button size="s" kind="plain" icon={<CheckIcon size="s" />} disabled>
      {directory[standings[channel.role]]}
    </Button>
  );
}
