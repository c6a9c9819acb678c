import { useState } from 'react';
import { Button } from '../../design/button.tsx';
import { ConfirmDialog } from '../../design/confirm-dialog.tsx';
import { SignOutIcon } from '../../design/icons/people.tsx';
import { useTexts } from '../../language/language.tsx';
import { useCall } from '../../view-models/app.tsx';
import { useTask } from '../../view-models/task.ts';
import { toasts } from '../../view-models/toasts.ts';

/** Signs out every device of the account but this one. */
export function RevokeOthers({ onDone }: { readonly onDone: () => void }) {
  const { app, settings } = useTexts();
  const call = useCall();
  const task = useTask();
  const [asking, setAsking] = useState(false);
  const revoke = async () => {
    const done = await task.run(() => call('revokeOtherDevices', null));
    if (!done) return;
    setAsking(false);
    toasts.show({ text: settings.revokedOthers });
    onDone();
  };
  return (
    <div>
      <Button icon={<SignOutIcon />} onClick={() => setAsking(true)}>
        {settings.revokeOthers}
      </Button>
      <ConfirmDialog
        open={asking}
        title={settings.revokeOthersAsk}
        confirmLabel={settings.revokeOthers}
        cancelLabel={app.cancel}
        busy={task.busy}
        onConfirm={revoke}
        onCancel={() => setAsking(false)}
      >
        <p>{settings.revokeOthersNote}</p>
        {task.failed ? <p role="alert">{task.failed.text}</p> : null}
      </ConfirmDialog>
    </div>
  );
}
