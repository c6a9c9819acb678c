import { type FormEvent, useState } from 'react';
import type { Rights } from '../../bridge/contract/log.ts';
import type { ProfileView } from '../../bridge/contract/session.ts';
import { Avatar } from '../../design/avatar.tsx';
import { Button } from '../../design/button.tsx';
import { TextField } from '../../design/text-field.tsx';
import { useTexts } from '../../language/language.tsx';
import { useCall } from '../../view-models/app.tsx';
import { useTask } from '../../view-models/task.ts';
import { tidyUsername } from '../../view-models/username-check.ts';
import { RightsSwitches } from './rights-switches.tsx';

interface AddAdminProps {
  readonly conversationId: string;
  readonly known: readonly string[];
  readonly onAdded: () => void;
}

/** Nobody knows who follows, so admins are found by their username. */
export function AddAdmin({ conversationId, known, onAdded }: AddAdminProps) {
  const { management } = useTexts();
  const call = useCall();
  const task = useTask();
  const [username, setUsername] = useState('');
  const [problem, setProblem] = useState<string>();
  const [person, setPerson] = useState<ProfileView>();
  const find = async (event: FormEvent) => {
    event.preventDefault();
    const name = tidyUsername(username);
    if (name === '') return;
    await task.run(async () => {
      const found = await call('resolve', { username: name });
      const profile = found.kind === 'account' ? found.profile : undefined;
      const already = profile !== undefined && known.includes(profile.accountId);
      setPerson(already ? undefined : profile);
      if (already) setProblem(management.addAdminAlready);
      else setProblem(profile ? undefined : management.addAdminNobody);
    });
  };
  return (
    <div className="form">
      <form className="form" onSubmit={find} noValidate>
        <TextField
          label={management.addAdminUsername}
          prefix="@"
          dir="ltr"
          value={username}
          onChange={(value) => {
            setUsername(value.replace(/^@+/, ''));
            setProblem(undefined);
          }}
          error={problem ?? task.failed?.text}
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
        />
        <div className="pane-actions">
          <Button type="submit" busy={task.busy}>
            {management.addAdminFind}
          </Button>
        </div>
      </form>
      {person ? (
        <Appointment
          key={person.accountId}
          person={person}
          conversationId={conversationId}
          onAdded={() => {
            setPerson(undefined);
            setUsername('');
            onAdded();
          }}
        />
      ) : null}
    </div>
  );
}

interface AppointmentProps {
  readonly person: ProfileView;
  readonly conversationId: string;
  readonly onAdded: () => void;
}

function Appointment({ person, conversationId, onAdded }: AppointmentProps) {
  const { management } = useTexts();
  const call = useCall();
  const task = useTask();
  const [rights, setRights] = useState<Rights>({
    post: true,
    edit: false,
    delete: false,
    invite: false,
    manage: false,
  });
  const { accountId, name, avatarUrl } = person;
  const add = async () => {
    const done = await task.run(() => call('setAdmin', { conversationId, accountId, rights }));
    if (done) onAdded();
  };
  return (
    <div className="pane-card">
      <div className="management-item">
        <div className="management-item-head">
          <Avatar id={accountId} name={name} src={avatarUrl} />
          <strong className="management-item-name" dir="auto">
            {name}
          </strong>
        </div>
        <RightsSwitches rights={rights} onChange={setRights} />
        {task.failed ? <p role="alert">{task.failed.text}</p> : null}
        <div className="pane-actions">
          <Button kind="primary" busy={task.busy} onClick={add}>
            {management.makeAdmin}
          </Button>
        </div>
      </div>
    </div>
  );
}
