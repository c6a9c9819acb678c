import './management.css';
import { type FormEvent, useState } from 'react';
import type { SessionView } from '../../bridge/contract/session.ts';
import { Banner } from '../../design/banner.tsx';
import { Button, ButtonLink } from '../../design/button.tsx';
import { EmptyState } from '../../design/empty-state.tsx';
import { ChannelIcon } from '../../design/icons/conversation.tsx';
import { useTexts } from '../../language/language.tsx';
import { useCall } from '../../view-models/app.tsx';
import { placeLink } from '../../view-models/place.ts';
import { useTask } from '../../view-models/task.ts';
import { useUsernameCheck } from '../../view-models/username-check.ts';
import { goTo } from '../../view-models/way-back.ts';
import { PictureField } from '../picture/picture-field.tsx';
import { Pane } from '../shell/pane.tsx';
import { type ChannelDraft, isSendable, tidyDraft } from './channel-draft.ts';
import { ChannelForm } from './channel-form.tsx';
import { ShareLink } from './share-link.tsx';

interface NewChannelProps {
  readonly session: SessionView;
  readonly leave: 'back' | undefined;
}

interface Made {
  readonly conversationId: string;
  readonly title: string;
  readonly inviteLink: string;
}

/** From a title to a channel; an unlisted one shows its first link. */
export function NewChannel({ session, leave }: NewChannelProps) {
  const { management } = useTexts();
  const [made, setMade] = useState<Made>();
  return (
    <Pane title={management.newTitle} leave={leave}>
      <div className="pane-body">
        {session.phase === 'signed-out' ? <NeedsAccount /> : null}
        {session.phase !== 'signed-out' && !made ? <Form onMade={setMade} /> : null}
        {made ? <Ready made={made} /> : null}
      </div>
    </Pane>
  );
}

function Form({ onMade }: { readonly onMade: (made: Made) => void }) {
  const { management } = useTexts();
  const call = useCall();
  const task = useTask();
  const [draft, setDraft] = useState<ChannelDraft>({
    title: '',
    description: '',
    username: '',
    unlisted: false,
  });
  const [picture, setPicture] = useState<Blob>();
  const [strict, setStrict] = useState(false);
  const check = useUsernameCheck(draft.unlisted ? '' : draft.username, { refused: task.failed });
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setStrict(true);
    if (!isSendable(draft, check)) return;
    await task.run(async () => {
      const tidy = tidyDraft(draft);
      const { conversationId, inviteLink } = await call('createChannel', {
        ...tidy,
        ...(picture && { picture }),
      });
      if (inviteLink === undefined) goTo({ at: 'chat', conversationId }, { replace: true });
      else onMade({ conversationId, title: tidy.title, inviteLink });
    });
  };
  return (
    <form className="form" onSubmit={submit} noValidate>
      <p className="pane-note">{management.newNote}</p>
      {task.failed ? <Banner tone="danger" title={task.failed.text} /> : null}
      <PictureField
        id="new-channel"
        name={draft.title}
        shape="tile"
        picture={picture}
        onPick={(blob) => setPicture(blob ?? undefined)}
      />
      <ChannelForm draft={draft} onChange={setDraft} check={check} strict={strict} />
      <Button type="submit" kind="primary" size="l" busy={task.busy}>
        {management.create}
      </Button>
    </form>
  );
}

function Ready({ made }: { readonly made: Made }) {
  const { management } = useTexts();
  const { conversationId, title, inviteLink } = made;
  return (
    <div className="form" role="status">
      <h2>{management.created}</h2>
      <p>{management.createdNote}</p>
      <ShareLink link={inviteLink} title={title} />
      <ButtonLink kind="primary" size="l" href={placeLink({ at: 'chat', conversationId })}>
        {management.openChannel}
      </ButtonLink>
    </div>
  );
}

function NeedsAccount() {
  const { settings, shell } = useTexts();
  return (
    <EmptyState
      icon={<ChannelIcon size="xl" />}
      title={settings.needsAccount}
      actions={
        <>
          <ButtonLink kind="primary" href={placeLink({ at: 'sign-up' })}>
            {shell.createAccount}
          </ButtonLink>
          <ButtonLink href={placeLink({ at: 'sign-in' })}>{shell.haveAccount}</ButtonLink>
        </>
      }
    />
  );
}
