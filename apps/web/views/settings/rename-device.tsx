import { type FormEvent, useState } from 'react';
import type { DeviceView } from '../../bridge/contract/session.ts';
import { Button } from '../../design/button.tsx';
import { Dialog } from '../../design/dialog.tsx';
import { TextField } from '../../design/text-field.tsx';
import { fill } from '../../language/fill.ts';
import { useTexts } from '../../language/language.tsx';
import { useCall } from '../../view-models/app.tsx';
import { useTask } from '../../view-models/task.ts';
import { toasts } from '../../view-models/toasts.ts';

interface RenameDeviceProps {
  readonly device: DeviceView;
  readonly onClose: () => void;
  readonly onRenamed: () => void;
}

/** Gives a device another name, for the person's own lists only. */
export function RenameDevice({ device, onClose, onRenamed }: RenameDeviceProps) {
  const { app, settings } = useTexts();
  const call = useCall();
  const task = useTask();
  const [name, setName] = useState(device.name);
  const wanted = name.trim();
  const rename = async (event: FormEvent) => {
    event.preventDefault();
    if (wanted === '') return;
    let given = wanted;
    const done = await task.run(async () => {
      ({ name: given } = await call('renameDevice', { deviceId: device.deviceId, name: wanted }));
    });
    if (!done) return;
    onRenamed();
    onClose();
    toasts.show({ text: fill(settings.renamed, given) });
  };
  return (
    <Dialog open onClose={onClose} title={settings.renameTitle} closeLabel={app.close} size="s">
      <form className="pane-stack" onSubmit={rename} noValidate>
        <TextField
          label={settings.deviceName}
          value={name}
          onChange={setName}
          maxLength={64}
          error={task.failed?.text}
          data-autofocus=""
        />
        <Button type="submit" kind="primary" wide busy={task.busy} disabled={wanted === ''}>
          {settings.rename}
        </Button>
      </form>
    </Dialog>
  );
}
