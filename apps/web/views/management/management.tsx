import './management.css';
import { type ComponentType, lazy } from 'react';
import type { ChannelFacts } from '../../bridge/contract/log.ts';
import type { SessionView } from '../../bridge/contract/session.ts';
import { EmptyState } from '../../design/empty-state.tsx';
import { LockIcon } from '../../design/icons/people.tsx';
import { Spinner } from '../../design/spinner.tsx';
import { useTexts } from '../../language/language.tsx';
import { useWatch } from '../../view-models/app.tsx';
import type { Layout } from '../../view-models/layout.ts';
import { useTell } from '../../view-models/telling.ts';
import { goUpTo } from '../../view-models/way-back.ts';
import { Pane } from '../shell/pane.tsx';
import { ChannelInfo } from './channel-info.tsx';

interface PageProps {
  readonly channel: ChannelFacts;
}

interface Page {
  readonly title: 'edit' | 'links' | 'requests' | 'admins' | 'statistics' | 'deleteChannel';
  readonly allowed: (channel: ChannelFacts) => boolean;
  readonly View: ComponentType<PageProps>;
}

const isOwner = ({ role }: ChannelFacts): boolean => role === 'owner';
const isAdmin = ({ role }: ChannelFacts): boolean => role === 'owner' || role === 'admin';

const pages: Readonly<Record<string, Page>> = {
  edit: {
    title: 'edit',
    allowed: ({ rights }) => rights.manage,
    View: lazy(async () => ({ default: (await import('./edit-channel.tsx')).EditChannel })),
  },
  links: {
    title: 'links',
    allowed: ({ rights }) => rights.invite,
    View: lazy(async () => ({ default: (await import('./invite-links.tsx')).InviteLinks })),
  },
  requests: {
    title: 'requests',
    allowed: ({ rights }) => rights.invite,
    View: lazy(async () => ({ default: (await import('./join-requests.tsx')).JoinRequests })),
  },
  admins: {
    title: 'admins',
    allowed: isAdmin,
    View: lazy(async () => ({ default: (await import('./admins.tsx')).Admins })),
  },
  statistics: {
    title: 'statistics',
    allowed: isOwner,
    View: lazy(async () => ({ default: (await import('./statistics.tsx')).Statistics })),
  },
  delete: {
    title: 'deleteChannel',
    allowed: isOwner,
    View: lazy(async () => ({ default: (await import('./delete-channel.tsx')).DeleteChannel })),
  },
};

interface ManagementProps {
  readonly conversationId: string;
  readonly page: string;
  readonly session: SessionView;
  readonly layout: Layout;
}

/** A channel's facts, and the pages of those who look after it. */
export function Management({ conversationId, page, session, layout }: ManagementProps) {
  const { management } = useTexts();
  const view = useWatch('channel', { conversationId });
  // Alone or instead of the conversation, it is the heading of the page.
  const level = layout === 'three' ? 2 : 1;
  const close = () => goUpTo({ at: 'chat', conversationId });
  const known = Object.hasOwn(pages, page) ? pages[page] : undefined;
  const channel = view?.state === 'ready' ? view.channel : undefined;
  if (known && channel) {
    return (
      <Pane title={management[known.title]} leave="back" level={level}>
        {known.allowed(channel) ? <known.View channel={channel} /> : <NotAllowed />}
      </Pane>
    );
  }
  return (
    <Pane
      title={management.info}
      leave={layout === 'three' ? 'close' : 'back'}
      onLeave={layout === 'three' ? close : undefined}
      level={level}
    >
      {channel ? <ChannelInfo channel={channel} session={session} /> : null}
      {channel ? null : <Absent conversationId={conversationId} />}
    </Pane>
  );
}

function Absent({ conversationId }: { readonly conversationId: string }) {
  const { app, errors } = useTexts();
  const say = useTell();
  const view = useWatch('channel', { conversationId });
  return (
    <div className="pane-fill">
      {view?.state === 'failed' ? (
        <EmptyState title={errors.title}>{say(view.failure).text}</EmptyState>
      ) : (
        <Spinner label={app.loading} />
      )}
    </div>
  );
}

function NotAllowed() {
  const { management } = useTexts();
  return (
    <div className="pane-fill">
      <EmptyState icon={<LockIcon size="xl" />} title={management.notAllowed} />
    </div>
  );
}
