import { useEffect, useRef, useState } from 'react';
import type { SessionView } from '../../bridge/contract/session.ts';
import { Banner } from '../../design/banner.tsx';
import { ButtonLink } from '../../design/button.tsx';
import { ProgressBar } from '../../design/progress.tsx';
import { fill } from '../../language/fill.ts';
import { useTexts } from '../../language/language.tsx';
import { useCall } from '../../view-models/app.tsx';
import { deviceName } from '../../view-models/device-name.ts';
import { finishJourney } from '../../view-models/journey.ts';
import { placeLink } from '../../view-models/place.ts';
import { useTask } from '../../view-models/task.ts';
import { tidyUsername } from '../../view-models/username-check.ts';
import { goBack, goTo } from '../../view-models/way-back.ts';
import { AccountForm, type NewAccount } from './account-form.tsx';
import { PhraseSteps } from './phrase-steps.tsx';
import { Stage } from './stage.tsx';

/** From a name to an account: form, keys, recovery phrase, then back to where one was going. */
export function CreateAccount({ session }: { readonly session: SessionView }) {
  const { welcome } = useTexts();
  const call = useCall();
  const task = useTask();
  const [phrase, setPhrase] = useState<string>();
  useLeaveGuard(phrase !== undefined);
  const unfinished = session.phase === 'signed-out' ? session.unfinished : undefined;
  const begunAs = useFirstKnown(session.phase === 'starting' ? undefined : beginning(unfinished));
  const finish = async () => {
    const to = await finishJourney(call, { at: 'directory' });
    goTo(to, { replace: true });
  };
  const create = (account: NewAccount) =>
    task.run(async () => {
      const username = tidyUsername(account.username);
      const { recoveryPhrase } = await call('signUp', {
        name: account.name.trim(),
        deviceName: deviceName(navigator),
        ...(username !== '' && { username }),
        ...(account.invite.trim() !== '' && { invite: account.invite.trim() }),
      });
      setPhrase(recoveryPhrase);
    });

  if (phrase !== undefined) {
    return (
      <PhraseSteps
        phrase={phrase}
        onConfirmed={() => call('confirmPhrase', null).then(finish, finish)}
        onLater={finish}
      />
    );
  }
  if (session.phase === 'signed-in' && !task.busy) return <Already name={session.me.name} />;
  const registration = session.phase === 'signed-out' ? session.server?.registration : undefined;
  if (registration === 'closed' && !unfinished) return <Closed />;
  return (
    <Stage title={welcome.create} note={welcome.createNote} onBack={task.busy ? undefined : goBack}>
      {task.failed ? <Banner tone="danger" title={task.failed.text} /> : null}
      {unfinished ? (
        <Banner tone="warning" title={welcome.unfinished}>
          {welcome.unfinishedNote}
        </Banner>
      ) : null}
      <AccountForm
        key={begunAs ?? 'new'}
        before={unfinished}
        asksInvite={registration === 'invite' && !unfinished}
        busy={task.busy}
        onSubmit={create}
      />
      {task.busy ? (
        <div role="status">
          <ProgressBar label={welcome.working} text={welcome.workingNote} />
        </div>
      ) : null}
    </Stage>
  );
}

/** What was typed in an earlier try fills the form when it is known; what is typed now stays. */
function beginning(unfinished: object | undefined): 'again' | 'new' {
  return unfinished ? 'again' : 'new';
}

function useFirstKnown<Value>(value: Value | undefined): Value | undefined {
  const first = useRef(value);
  first.current ??= value;
  return first.current;
}

function Already({ name }: { readonly name: string }) {
  const { shell, welcome } = useTexts();
  return (
    <Stage title={fill(welcome.already, name)} note={welcome.alreadyNote} onBack={goBack}>
      <ButtonLink kind="primary" size="l" href={placeLink({ at: 'chats' })}>
        {shell.toChats}
      </ButtonLink>
    </Stage>
  );
}

function Closed() {
  const { welcome } = useTexts();
  return (
    <Stage title={welcome.closed} note={welcome.closedNote} onBack={goBack}>
      <div className="stage-buttons">
        <ButtonLink kind="primary" size="l" href={placeLink({ at: 'directory' })}>
          {welcome.look}
        </ButtonLink>
        <ButtonLink size="l" href={placeLink({ at: 'sign-in' })}>
          {welcome.haveAccount}
        </ButtonLink>
      </div>
    </Stage>
  );
}

/** The words are shown this once: the browser asks before it closes the tab over them. */
function useLeaveGuard(holds: boolean): void {
  useEffect(() => {
    if (!holds) return;
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    addEventListener('beforeunload', ask);
    return () => removeEventListener('beforeunload', ask);
  }, [holds]);
}
