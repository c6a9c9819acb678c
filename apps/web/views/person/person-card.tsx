import './person-card.css';
import type { ProfileView } from '../../bridge/contract/session.ts';
import { Avatar } from '../../design/avatar.tsx';
import { useTexts } from '../../language/language.tsx';

interface PersonCardProps {
  readonly profile: ProfileView;
  /** The level of its heading. */
  readonly level: 1 | 3;
}

/** Who somebody is, as they tell it. */
export function PersonCard({ profile, level }: PersonCardProps) {
  const { shell } = useTexts();
  const Heading = `h${level}` as const;
  const { accountId, name, username, bio, avatarUrl } = profile;
  return (
    <article className="person">
      <Avatar id={accountId} name={name} src={avatarUrl} size="2xl" />
      <Heading dir="auto">{name}</Heading>
      <p className="pane-note">
        <bdi>@{username}</bdi>
      </p>
      {bio === '' ? null : <p dir="auto">{bio}</p>}
      <p className="person-note">
        <strong>{shell.person}</strong> {shell.personNote}
      </p>
    </article>
  );
}
