import type { ReactNode } from 'react';
import type { ChannelFacts } from '../../bridge/contract/log.ts';
import { EditIcon, LinkIcon, TrashIcon } from '../../design/icons/conversation.tsx';
import { ChevronForthIcon } from '../../design/icons/navigation.tsx';
import { ShieldIcon, UserPlusIcon } from '../../design/icons/people.tsx';
import { ChartIcon } from '../../design/icons/places.tsx';
import { ListRowLink } from '../../design/list-row.tsx';
import { useTexts } from '../../language/language.tsx';
import { placeLink } from '../../view-models/place.ts';
import { PaneGroup } from '../shell/pane.tsx';

interface Entry {
  readonly page: string;
  readonly title: string;
  readonly icon: ReactNode;
  readonly allowed: boolean;
}

/** The pages of those who look after the channel, as far as their rights go. */
export function ManagementLinks({ channel }: { readonly channel: ChannelFacts }) {
  const { management } = useTexts();
  const { rights, role, settings, conversationId } = channel;
  const owner = role === 'owner';
  const entries: readonly Entry[] = [
    { page: 'edit', title: management.edit, icon: <EditIcon />, allowed: rights.manage },
    {
      page: 'links',
      title: management.links,
      icon: <LinkIcon />,
      allowed: rights.invite && settings.unlisted,
    },
    {
      page: 'requests',
      title: management.requests,
      icon: <UserPlusIcon />,
      allowed: rights.invite && settings.unlisted,
    },
    {
      page: 'admins',
      title: management.admins,
      icon: <ShieldIcon />,
      allowed: owner || role === 'admin',
    },
    { page: 'statistics', title: management.statistics, icon: <ChartIcon />, allowed: owner },
    { page: 'delete', title: management.deleteChannel, icon: <TrashIcon />, allowed: owner },
  ];
  const shown = entries.filter((entry) => entry.allowed);
  if (shown.length === 0) return null;
  return (
    <PaneGroup title={management.manage}>
      <div className="pane-card">
        {shown.map(({ page, title, icon }) => (
          <ListRowLink
            key={page}
            density="compact"
            href={placeLink({ at: 'manage', conversationId, page })}
            leading={icon}
            title={title}
            meta={<ChevronForthIcon size="s" />}
          />
        ))}
      </div>
    </PaneGroup>
  );
}
