import { useState } from 'react';
import type { DeviceView } from '../../bridge/contract/session.ts';
import { Badge } from '../../design/badge.tsx';
import { Button } from '../../design/button.tsx';
import { ConfirmDialog } from '../../design/confirm-dialog.tsx';
import { DeviceIcon } from '../../design/icons/people.tsx';
import { ListRow } from '../../design/list-row.tsx';
import { fill } from '../../language/fill.ts';
import { useFormats, useTexts } from '../../language/language.tsx';
import { useCall } from '../../view-models/app.tsx';
import { useAnswer, useTask } from '../../view-models/task.ts';
import { toasts } from '../../view-models/toasts.ts';
import { Loaded } from '../management/loaded.tsx';

/** The devices of the account, and how to be rid of one. */
export function DeviceSettings() {
  const { settings } = useTexts();
  const call = useCall();
  const answer = useAnswer('devices', () => call('listDevices', null));
  return (
    <>
      <p className="pane-note">{settings.devicesNote}</p>
      <Loaded answer={answer} empty="">
        {(devices) => (
          <div className="pane-card">
            {devices.map((device) => (
              <Device
                key={device.deviceId}
                device={device}
                onRevoked={() => answer.set(devices.filter((each) => each !== device))}
              />
            ))}
          </div>
        )}
      </Loaded>
    </>
  );
}

interface DeviceProps {
  readonly device: DeviceView;
  readonly onRevoked: () => void;
}

function Device({ device, onRevoked }: DeviceProps) {
  const { app, settings } = useTexts();
  const formats = useFormats();
  const call = useCall();
  const task = useTask();
  const [asking, setAsking] = useState(false);
  const { deviceId, name, addedAt, current } = device;
  const revoke = async () => {
    const done = await task.run(() => call('revokeDevice', { deviceId }));
    if (!done) return;
    toasts.show({ text: fill(settings.revoked, name) });
    onRevoked();
  };
  return (
    <>
      <ListRow
        leading={<DeviceIcon />}
        title={name}
        preview={fill(settings.addedOn, formats.day(addedAt, Date.now()))}
        trailing={
          current ? (
            <Badge tone="accent">{settings.thisDevice}</Badge>
          ) : (
            <Button kind="plain" size="s" onClick={() => setAsking(true)}>
              {settings.revoke}
            </Button>
          )
        }
      />
      <ConfirmDialog
        open={asking}
        title={fill(settings.revokeAsk, name)}
        confirmLabel={settings.revoke}
        cancelLabel={app.cancel}
        busy={task.busy}
        onConfirm={revoke}
        onCancel={() => setAsking(false)}
      >
        <p>{settings.revokeNote}</p>
        {task.failed ? <p role="alert">{task.failed.text}</p> : null}
      </ConfirmDialog>
    </>
  );
}
