import type { DeviceView } from '../../bridge/contract/session.ts';
import { Banner } from '../../design/banner.tsx';
import { Button } from '../../design/button.tsx';
import { fill } from '../../language/fill.ts';
import { useTexts } from '../../language/language.tsx';
import { useCall } from '../../view-models/app.tsx';
import { useTask } from '../../view-models/task.ts';
import { toasts } from '../../view-models/toasts.ts';

/** Devices that signed in elsewhere, each with a button that removes it. */
export function NewDevices({ devices }: { readonly devices: readonly DeviceView[] }) {
  return devices.map((device) => <NewDevice key={device.deviceId} device={device} />);
}

function NewDevice({ device }: { readonly device: DeviceView }) {
  const { settings, shell } = useTexts();
  const call = useCall();
  const task = useTask();
  const { deviceId, name } = device;
  const remove = async () => {
    const done = await task.run(() => call('revokeDevice', { deviceId }));
    if (done) toasts.show({ text: fill(settings.revoked, name) });
  };
  return (
    <Banner
      edge
      tone="warning"
      title={fill(shell.newDevice, name)}
      actions={
        <>
          <Button kind="danger" size="s" busy={task.busy} onClick={remove}>
            {settings.revoke}
          </Button>
          <Button size="s" onClick={() => task.run(() => call('knowDevices', null))}>
            {shell.newDeviceMine}
          </Button>
        </>
      }
    >
      {task.failed ? task.failed.text : shell.newDeviceNote}
    </Banner>
  );
}
