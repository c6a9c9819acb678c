import { Avatar } from '../../avatar.tsx';
import { Badge, UnreadCount } from '../../badge.tsx';
import { IconButton } from '../../button.tsx';
import { Divider } from '../../divider.tsx';
import { BellOffIcon, PinIcon } from '../../icons/conversation.tsx';
import { ChevronForthIcon, CloseIcon } from '../../icons/navigation.tsx';
import { DeviceIcon, LockIcon } from '../../icons/people.tsx';
import { SettingsIcon } from '../../icons/places.tsx';
import { ListRow, ListRowButton, ListRowLink } from '../../list-row.tsx';
import { RowSkeleton } from '../../skeleton.tsx';
import { VisuallyHidden } from '../../visually-hidden.tsx';
import type { Samples } from '../samples.ts';
import { Chapter, Specimen } from '../specimen.tsx';

const names = ['Amal Haddad', 'Jonas', 'ليلى', '佐藤', 'Éva K.', 'Omar 3', 'Zoë Quint', 'Ωmega'];

export function Lists({ text }: { readonly text: Samples }) {
  const [first, second, third] = text.channels;
  if (!first || !second || !third) return null;
  return (
    <Chapter title="Lists">
      <Specimen title="ListRowLink: the chat list" stack>
        <div className="list-card">
          <ListRowLink
            href="#"
            aria-current="page"
            leading={<Avatar id={first.id} name={first.title} size="l" shape="tile" />}
            title={first.title}
            meta={<time>{first.time}</time>}
            preview={first.preview}
            badges={<UnreadCount label={text.unread('3')}>{first.unread ?? ''}</UnreadCount>}
          />
          <ListRowLink
            href="#"
            leading={<Avatar id={second.id} name={second.title} size="l" shape="tile" />}
            title={second.title}
            marks={
              <>
                <BellOffIcon size="s" />
                <VisuallyHidden>muted</VisuallyHidden>
              </>
            }
            meta={<time>{second.time}</time>}
            preview={second.preview}
            badges={
              <UnreadCount label={text.unread('12')} muted>
                {second.unread ?? ''}
              </UnreadCount>
            }
          />
          <ListRowLink
            href="#"
            leading={<Avatar id={third.id} name={third.title} size="l" shape="tile" />}
            title={third.title}
            meta={<time>{third.time}</time>}
            preview={third.preview}
            badges={
              <>
                <PinIcon size="s" />
                <VisuallyHidden>pinned</VisuallyHidden>
              </>
            }
          />
          <RowSkeleton />
        </div>
      </Specimen>
      <Rows />
      <Faces />
      <Specimen title="Badge, UnreadCount, Divider" stack>
        <div className="specimen-body">
          <Badge>edited</Badge>
          <Badge tone="accent">new</Badge>
          <Badge tone="good">confirmed</Badge>
          <Badge tone="warning">not confirmed</Badge>
          <Badge tone="danger">revoked</Badge>
          <Badge icon={<LockIcon size="s" />}>private</Badge>
          <UnreadCount label="1 unread post">1</UnreadCount>
          <UnreadCount label="1,240 unread posts">1.2K</UnreadCount>
          <UnreadCount label="7 unread posts" muted>
            7
          </UnreadCount>
        </div>
        <Divider>Tuesday, 24 November</Divider>
        <Divider tone="accent">Unread posts</Divider>
        <Divider />
      </Specimen>
    </Chapter>
  );
}

function Rows() {
  return (
    <Specimen title="ListRow, ListRowButton" stack>
      <div className="list-card">
        <ListRowButton
          density="compact"
          leading={<SettingsIcon />}
          title="Appearance"
          meta={<ChevronForthIcon size="s" />}
        />
        <ListRowButton
          selected
          leading={<Avatar id="p1" name="Amal Haddad" />}
          title="Amal Haddad"
          preview="@amal"
        />
        <ListRow
          leading={<DeviceIcon size="l" />}
          title="A phone in Oslo"
          preview="Last here today at 14:02. Signed in since March, with the recovery phrase."
          wraps
          trailing={
            <IconButton label="Revoke" tone="danger">
              <CloseIcon />
            </IconButton>
          }
        />
      </div>
    </Specimen>
  );
}

function Faces() {
  return (
    <Specimen title="Avatar">
      {names.map((name) => (
        <Avatar key={name} id={name} name={name} label={name} />
      ))}
      {(['xs', 's', 'm', 'l', 'xl'] as const).map((size) => (
        <Avatar key={size} id="observatory" name="Observatory" size={size} shape="tile" />
      ))}
      <Avatar id="mira" name="Mira" size="l" ring />
      <Avatar
        id="mark"
        name="Heliogram"
        size="l"
        src="/icon-192.png"
        shape="tile"
        label="Heliogram"
      />
      <Avatar id="lost" name="No Picture" size="l" src="/no-such-picture.png" />
    </Specimen>
  );
}
