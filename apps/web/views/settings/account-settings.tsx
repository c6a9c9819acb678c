import { useState } from 'react';
import { Banner } from '../../design/banner.tsx';
import { Button } from '../../design/button.tsx';
import { ConfirmDialog } from '../../design/confirm-dialog.tsx';
import { TrashIcon } from '../../design/icons/conversation.tsx';
import { SignOutIcon } from '../../design/icons/people.tsx';
import { fill } from '../../language/fill.ts';
import { useTexts } from '../../language/language.tsx';
import { type Call, useCall } from '../../view-models/app.tsx';
import { forgetPictures } from '../../view-models/installed-app.ts';
import { stopPush, untellPush } from '../../view-models/push.ts';
import type { SignedIn } from '../../view-models/session.ts';
import { useTask } from '../../view-models/task.ts';
import { toasts } from '../../view-models/toasts.ts';
import { goTo } from '../../view-models/way-back.ts';
import { PaneGroup } from '../shell/pane.tsx';

/** The two ways out. */
export function AccountSettings({ session }: { readonly session: SignedIn }) {
  return (
    <>
      <SignOut session={session} />
      <DeleteAccount session={session} />
    </>
  );
}

function useLeaving(command: 'signOut' | 'deleteAccount') {
  const call = useCall();
  const task = useTask();
  const { settings } = useTexts();
  const leave = async () => {
    const done = await task.run(async () => {
      if (command === 'deleteAccount') {
        await call(command, null);
        return;
      }
      await leaveTraces(call);
      const { removed } = await call(command, null);
      if (!removed) toasts.show({ text: settings.signOutStays, timeoutMs: 0 });
    });
    if (done) goTo({ at: 'chats' }, { replace: true });
  };
  return { task, leave };
}

/** Before the keys are wiped, while the server still listens; the rest goes with the session. */
async function leaveTraces(call: Call): Promise<void> {
  await untellPush(call);
  await stopPush();
  forgetPictures();
}

function SignOut({ session }: { readonly session: SignedIn }) {
  const { app, settings } = useTexts();
  const { task, leave } = useLeaving('signOut');
  const [asking, setAsking] = useState(false);
  return (
    <PaneGroup title={settings.signOut} note={settings.signOutNote}>
      <div className="pane-actions">
        <Button icon={<SignOutIcon />} onClick={() => setAsking(true)}>
          {settings.signOut}
        </Button>
      </div>
      <ConfirmDialog
        open={asking}
        title={settings.signOutAsk}
        confirmLabel={session.phraseConfirmed ? settings.signOut : settings.signOutAnyway}
        cancelLabel={app.cancel}
        kind={session.phraseConfirmed ? 'primary' : 'danger'}
        busy={task.busy}
        onConfirm={leave}
        onCancel={() => setAsking(false)}
      >
        {session.reach === 'online' ? null : <p>{settings.signOutOffline}</p>}
        {session.phraseConfirmed ? (
          <p>{settings.signOutNote}</p>
        ) : (
          <Banner tone="warning" title={settings.signOutWarning}>
            {settings.signOutWarningNote}
          </Banner>
        )}
        {task.failed ? <p role="alert">{task.failed.text}</p> : null}
      </ConfirmDialog>
    </PaneGroup>
  );
}

function DeleteAccount({ session }: { readonly session: SignedIn }) {
  const { app, settings } = useTexts();
  const { task, leave } = useLeaving('deleteAccount');
  const [asking, setAsking] = useState(false);
  const { name } = session.me;
  return (
    <PaneGroup title={settings.deleteAccount} note={settings.deleteNote}>
      <div className="pane-actions">
        <Button kind="danger" icon={<TrashIcon />} onClick={() => setAsking(true)}>
          {settings.deleteAccount}
        </Button>
      </div>
      <ConfirmDialog
        open={asking}
        title={settings.deleteAccount}
        confirmLabel={settings.deleteGo}
        cancelLabel={app.cancel}
        busy={task.busy}
        typed={{ text: name.trim(), label: fill(settings.deleteType, name) }}
        onConfirm={leave}
        onCancel={() => setAsking(false)}
      >
        <p>{settings.deleteNote}</p>
        {task.failed ? <p role="alert">{task.failed.text}</p> : null}
      </ConfirmDialog>
    </PaneGroup>
  );
}
