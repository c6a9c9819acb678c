import { useState } from 'react';
import { Button } from '../../design/button.tsx';
import { ConfirmDialog } from '../../design/confirm-dialog.tsx';
import { useTexts } from '../../language/language.tsx';
import { useCall } from '../../view-models/app.tsx';
import { useTask } from '../../view-models/task.ts';
import { goTo } from '../../view-models/way-back.ts';

/** For an account that the server knows no more: what is here goes when a person says so, never by itself. */
export function ClearDevice() {
  const { app, shell } = useTexts();
  const call = useCall();
  const task = useTask();
  const [asking, setAsking] = useState(false);
  const clear = async () => {
    if (await task.run(() => call('signOut', null))) goTo({ at: 'chats' }, { replace: true });
  };
  return (
    <>
      <Button size="s" onClick={() => setAsking(true)}>
        {shell.clearDevice}
      </Button>
      <ConfirmDialog
        open={asking}
        title={shell.clearDeviceAsk}
        confirmLabel={shell.clearDevice}
        cancelLabel={app.cancel}
        busy={task.busy}
        onConfirm={clear}
        onCancel={() => setAsking(false)}
      >
        <p>{shell.clearDeviceNote}</p>
        {task.failed ? <p role="alert">{task.failed.text}</p> : null}
      </ConfirmDialog>
    </>
  );
}
