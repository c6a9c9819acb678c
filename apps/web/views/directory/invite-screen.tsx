import './invite-screen.css';
import { type ReactNode, useEffect } from 'react';
import type { InvitePreview } from '../../bridge/contract/chats.ts';
import type { SessionView } from '../../bridge/contract/session.ts';
import { Avatar } from '../../design/avatar.tsx';
import { Banner } from '../../design/banner.tsx';
import { Button, ButtonLink } from '../../design/button.tsx';
import { EmptyState } from '../../design/empty-state.tsx';
import { LinkIcon } from '../../design/icons/conversation.tsx';
import { Spinner } from '../../design/spinner.tsx';
import { useFormats, useTexts } from '../../language/language.tsx';
import { useCall } from '../../view-models/app.tsx';
import { beginJourney } from '../../view-models/journey.ts';
import { placeLink } from '../../view-models/place.ts';
import { useAnswer } from '../../view-models/task.ts';
import { goTo } from '../../view-models/way-back.ts';
import { Pane } from '../shell/pane.tsx';
import { useFollow } from './use-follow.ts';
import { useRequest } from './use-request.ts';

interface InviteScreenProps {
  readonly token: string;
  readonly session: SessionView;
  readonly leave: 'back' | undefined;
}

/** A channel seen through its invite link, with or without an account. */
export function InviteScreen({ token, session, leave }: InviteScreenProps) {
  const { app, directory } = useTexts();
  const call = useCall();
  // Signed in, the same link may say that one is in already.
  const key = `${token} ${session.phase}`;
  const { value, failed, reload } = useAnswer(key, () => call('previewInvite', { token }));
  useEffect(() => {
    if (value?.conversationId === undefined) return;
    goTo({ at: 'chat', conversationId: value.conversationId }, { replace: true });
  }, [value?.conversationId]);
  return (
    <Pane title={directory.inviteTitle} leave={leave} level={2}>
      <div className="pane-fill">
        {value ? <Invite preview={value} token={token} session={session} /> : null}
        {failed && !value ? (
          <EmptyState
            icon={<LinkIcon size="xl" />}
            level={1}
            title={failed.retry ? failed.text : directory.inviteInvalid}
            actions={failed.retry ? <Button onClick={reload}>{app.retry}</Button> : null}
          >
            {failed.retry ? null : directory.inviteInvalidNote}
          </EmptyState>
        ) : null}
        {value || failed ? null : <Spinner size="l" label={app.loading} />}
      </div>
    </Pane>
  );
}

interface InviteProps {
  readonly preview: InvitePreview;
  readonly token: string;
  readonly session: SessionView;
}

function Invite({ preview, token, session }: InviteProps) {
  const { directory } = useTexts();
  const formats = useFormats();
  const { title, description, avatarUrl, avatarHue, subscribers, approval } = preview;
  return (
    <article className="invite">
      <Avatar id={token} hue={avatarHue} name={title} src={avatarUrl} size="2xl" shape="tile" />
      <h1 dir="auto">{title}</h1>
      <p className="pane-note">{formats.plural(subscribers, directory.subscribers)}</p>
      {description === '' ? null : (
        <p className="invite-description" dir="auto">
          {description}
        </p>
      )}
      <FollowByInvite preview={preview} token={token} session={session} />
      {approval ? <p className="pane-note">{directory.inviteApproval}</p> : null}
      <p className="pane-note">{directory.inviteNote}</p>
    </article>
  );
}

function FollowByInvite({ preview, token, session }: InviteProps): ReactNode {
  const { directory, welcome } = useTexts();
  const request = useRequest(token);
  const place = { at: 'invite', token } as const;
  const target = { inviteToken: token };
  const follow = useFollow({
    session,
    place,
    target,
    title: preview.title,
    done: (asked, conversationId) => {
      if (asked) request.asked(conversationId);
      else goTo({ at: 'chat', conversationId }, { replace: true });
    },
  });
  if (request.waiting) {
    return (
      <Banner tone="good" title={directory.inviteRequested}>
        {directory.inviteRequestedNote}
      </Banner>
    );
  }
  return (
    <>
      <div className="invite-buttons">
        <Button kind="primary" size="l" wide busy={follow.busy} onClick={follow.run}>
          {preview.approval ? directory.inviteRequest : directory.inviteFollow}
        </Button>
        {session.phase === 'signed-out' ? (
          <ButtonLink
            wide
            href={placeLink({ at: 'sign-in' })}
            onClick={() => beginJourney({ to: place, follow: target })}
          >
            {welcome.haveAccount}
          </ButtonLink>
        ) : null}
      </div>
      {session.phase === 'signed-out' ? (
        <p className="pane-note">{directory.inviteAccount}</p>
      ) : null}
    </>
  );
}
