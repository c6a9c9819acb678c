import { useState } from 'react';
import type { DeviceView } from '../../bridge/contract/session.ts';
import { Badge } from '../../design/badge.tsx';
import { ConfirmDialog } from '../../design/confirm-dialog.tsx';
import { EditIcon, TrashIcon } from '../../design/icons/conversation.tsx';
import { DeviceIcon } from '../../design/icons/people.tsx';
import { ListRow } from '../../design/list-row.tsx';
import { MenuButton } from '../../design/menu-button.tsx';
import { fill } from '../../language/fill.ts';
import type { Formats } from '../../language/formats.ts';
import { type Texts, useFormats, useTexts } from '../../language/language.tsx';
import { useCall } from '../../view-models/app.tsx';
import { useAnswer, useTask } from '../../view-models/task.ts';
import { toasts } from '../../view-models/toasts.ts';
import { Loaded } from '../management/loaded.tsx';
import { RenameDevice } from './rename-device.tsx';
import { RevokeOthers } from './revoke-others.tsx';

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
          <>
            <div className="pane-card">
              {devices.map((device) => (
                <Device
                  key={device.deviceId}
                  device={device}
                  onRevoked={() => answer.set(devices.filter((each) => each !== device))}
                  onRenamed={answer.reload}
                />
              ))}
            </div>
            {devices.length > 1 ? (
              <RevokeOthers onDone={() => answer.set(devices.filter(({ current }) => current))} />
            ) : null}
          </>
        )}
      </Loaded>
    </>
  );
}

interface DeviceProps {
  readonly device: DeviceView;
  readonly onRevoked: () => void;
  readonly onRenamed: () => void;
}

function Device({ device, onRevoked, onRenamed }: DeviceProps) {
  const { app, settings } = useTexts();
  const formats = useFormats();
  const call = useCall();
  const task = useTask();
  const [asking, setAsking] = useState(false);
  const [renaming, setRenaming] = useState(false);
  const { deviceId, name, current } = device;
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
        wraps
        preview={timesOf(device, settings, formats)}
        meta={current ? <Badge tone="accent">{settings.thisDevice}</Badge> : null}
        trailing={
          <MenuButton
            label={fill(settings.deviceActions, name)}
            entries={[
              {
                id: 'rename',
                label: settings.rename,
                icon: <EditIcon />,
                onAction: () => setRenaming(true),
              },
              ...(current
                ? []
                : [
                    {
                      id: 'revoke',
                      label: settings.revoke,
                      icon: <TrashIcon />,
                      danger: true,
                      onAction: () => setAsking(true),
                    },
                  ]),
            ]}
          />
        }
      />
      {renaming ? (
        <RenameDevice device={device} onClose={() => setRenaming(false)} onRenamed={onRenamed} />
      ) : null}
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

function timesOf(
  { addedAt, lastActiveAt }: DeviceView,
  settings: Texts['settings'],
  formats: Formats,
): string {
  const added = fill(settings.addedOn, formats.day(addedAt, Date.now()));
  if (lastActiveAt === undefined) return added;
  return `${fill(settings.activeAt, formats.moment(lastActiveAt))} · ${added}`;
}
