import { useState } from 'react';
import type { ChannelFacts } from '../../bridge/contract/log.ts';
import type { AdminView } from '../../bridge/contract/management.ts';
import { Avatar } from '../../design/avatar.tsx';
import { Badge } from '../../design/badge.tsx';
import { Button } from '../../design/button.tsx';
import { ConfirmDialog } from '../../design/confirm-dialog.tsx';
import { fill } from '../../language/fill.ts';
import { useTexts } from '../../language/language.tsx';
import { useCall } from '../../view-models/app.tsx';
import { useAnswer, useQuietly, useTask } from '../../view-models/task.ts';
import { toasts } from '../../view-models/toasts.ts';
import { PaneGroup } from '../shell/pane.tsx';
import { AddAdmin } from './add-admin.tsx';
import { Loaded } from './loaded.tsx';
import { RightsSwitches, rightNames } from './rights-switches.tsx';

/** Who looks after the channel, and what each may do. */
export function Admins({ channel }: { readonly channel: ChannelFacts }) {
  const { management } = useTexts();
  const call = useCall();
  const { conversationId } = channel;
  const owner = channel.role === 'owner';
  const answer = useAnswer(conversationId, () => call('listAdmins', { conversationId }));
  return (
    <div className="pane-body">
      <p className="pane-note">{management.adminsNote}</p>
      <Loaded answer={answer} empty="">
        {(admins) => (
          <div className="pane-card">
            {admins.map((admin) => (
              <Admin
                key={admin.profile.accountId}
                admin={admin}
                conversationId={conversationId}
                editable={owner && !admin.owner}
                onChange={(changed) =>
                  answer.set(admins.flatMap((each) => (each === admin ? (changed ?? []) : [each])))
                }
              />
            ))}
          </div>
        )}
      </Loaded>
      {owner && answer.value ? (
        <PaneGroup title={management.addAdmin}>
          <AddAdmin
            conversationId={conversationId}
            known={answer.value.map(({ profile }) => profile.accountId)}
            onAdded={answer.reload}
          />
        </PaneGroup>
      ) : null}
    </div>
  );
}

interface AdminProps {
  readonly admin: AdminView;
  readonly conversationId: string;
  readonly editable: boolean;
  /** Without a value: removed. */
  readonly onChange: (changed?: AdminView) => void;
}

function Admin({ admin, conversationId, editable, onChange }: AdminProps) {
  const { management } = useTexts();
  const call = useCall();
  const quietly = useQuietly();
  const { profile, rights, owner } = admin;
  const { accountId, name, username, avatarUrl } = profile;
  return (
    <div className="management-item">
      <div className="management-item-head">
        <Avatar id={accountId} name={name} src={avatarUrl} />
        <div className="management-item-name">
          <strong dir="auto">{name}</strong>
          <p className="pane-note">{username === '' ? null : <bdi>@{username}</bdi>}</p>
        </div>
        {owner ? <Badge tone="accent">{management.owner}</Badge> : null}
      </div>
      {editable ? (
        <>
          <RightsSwitches
            rights={rights}
            onChange={(changed) => {
              onChange({ ...admin, rights: changed });
              const saved = call('setAdmin', { conversationId, accountId, rights: changed });
              quietly(
                saved.catch((error: unknown) =>
                  Promise.reject(undone(error, () => onChange(admin))),
                ),
              );
            }}
          />
          <RemoveAdmin admin={admin} conversationId={conversationId} onRemoved={() => onChange()} />
        </>
      ) : null}
      {editable || owner ? null : (
        <p className="pane-note">{rightNames(rights, management).join(', ')}</p>
      )}
    </div>
  );
}

function undone(error: unknown, undo: () => void): unknown {
  undo();
  return error;
}

interface RemoveAdminProps {
  readonly admin: AdminView;
  readonly conversationId: string;
  readonly onRemoved: () => void;
}

function RemoveAdmin({ admin, conversationId, onRemoved }: RemoveAdminProps) {
  const { app, management } = useTexts();
  const call = useCall();
  const task = useTask();
  const [asking, setAsking] = useState(false);
  const { accountId, name } = admin.profile;
  const remove = async () => {
    const done = await task.run(() => call('removeAdmin', { conversationId, accountId }));
    if (!done) return;
    toasts.show({ text: fill(management.removedAdmin, name) });
    onRemoved();
  };
  return (
    <div>
      <Button kind="plain" size="s" onClick={() => setAsking(true)}>
        {management.removeAdmin}
      </Button>
      <ConfirmDialog
        open={asking}
        title={fill(management.removeAdminAsk, name)}
        confirmLabel={management.removeAdmin}
        cancelLabel={app.cancel}
        busy={task.busy}
        onConfirm={remove}
        onCancel={() => setAsking(false)}
      >
        <p>{management.removeAdminNote}</p>
        {task.failed ? <p role="alert">{task.failed.text}</p> : null}
      </ConfirmDialog>
    </div>
  );
}
