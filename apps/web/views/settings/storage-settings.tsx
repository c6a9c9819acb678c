import { useState } from 'react';
import type { StorageView } from '../../bridge/contract/device.ts';
import { Banner } from '../../design/banner.tsx';
import { Button } from '../../design/button.tsx';
import { ConfirmDialog } from '../../design/confirm-dialog.tsx';
import { ListRow } from '../../design/list-row.tsx';
import { ProgressBar } from '../../design/progress.tsx';
import { Spinner } from '../../design/spinner.tsx';
import { fill } from '../../language/fill.ts';
import { useFormats, useTexts } from '../../language/language.tsx';
import { useCall } from '../../view-models/app.tsx';
import { useAnswer, useTask } from '../../view-models/task.ts';
import { toasts } from '../../view-models/toasts.ts';

/** What this browser keeps, and how to be rid of it. */
export function StorageSettings() {
  const { app, settings } = useTexts();
  const call = useCall();
  const answer = useAnswer('storage', () => call('storageUsed', null));
  const { value, failed, reload } = answer;
  return (
    <>
      {failed ? (
        <Banner
          tone="danger"
          title={failed.text}
          actions={<Button onClick={reload}>{app.retry}</Button>}
        />
      ) : null}
      {value ? <Used storage={value} /> : null}
      {value || failed ? null : <Spinner label={app.loading} />}
      <p className="pane-note">{settings.clearNote}</p>
      <Clear onCleared={reload} />
    </>
  );
}

function Used({ storage }: { readonly storage: StorageView }) {
  const { settings } = useTexts();
  const formats = useFormats();
  const { usedBytes, quotaBytes } = storage;
  return (
    <>
      <div className="pane-card">
        <ListRow
          density="compact"
          title={settings.storagePosts}
          wraps
          meta={formats.bytes(storage.postBytes)}
        />
        <ListRow
          density="compact"
          title={settings.storageUploads}
          wraps
          meta={formats.bytes(storage.uploadBytes)}
        />
      </div>
      {usedBytes !== undefined && quotaBytes ? (
        <ProgressBar
          label={settings.storageAll}
          value={usedBytes / quotaBytes}
          text={`${settings.storageAll}: ${fill(
            settings.storageOf,
            formats.bytes(usedBytes),
            formats.bytes(quotaBytes),
          )}`}
        />
      ) : null}
      <p className="pane-note">
        {storage.persistent ? settings.storagePersistent : settings.storageNotPersistent}
      </p>
    </>
  );
}

function Clear({ onCleared }: { readonly onCleared: () => void }) {
  const { app, settings } = useTexts();
  const call = useCall();
  const task = useTask();
  const [asking, setAsking] = useState(false);
  const clear = async () => {
    const done = await task.run(() => call('clearCache', null));
    if (!done) return;
    setAsking(false);
    toasts.show({ text: settings.cleared });
    onCleared();
  };
  return (
    <div className="pane-actions">
      <Button onClick={() => setAsking(true)}>{settings.clear}</Button>
      <ConfirmDialog
        open={asking}
        title={settings.clearAsk}
        confirmLabel={settings.clear}
        cancelLabel={app.cancel}
        kind="primary"
        busy={task.busy}
        onConfirm={clear}
        onCancel={() => setAsking(false)}
      >
        <p>{settings.clearNote}</p>
        {task.failed ? <p role="alert">{task.failed.text}</p> : null}
      </ConfirmDialog>
    </div>
  );
}
