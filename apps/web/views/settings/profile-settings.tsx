import { type FormEvent, useState } from 'react';
import { Banner } from '../../design/banner.tsx';
import { Button } from '../../design/button.tsx';
import { TextArea } from '../../design/text-area.tsx';
import { TextField } from '../../design/text-field.tsx';
import { useTexts } from '../../language/language.tsx';
import { useCall } from '../../view-models/app.tsx';
import type { SignedIn } from '../../view-models/session.ts';
import { useTask } from '../../view-models/task.ts';
import { toasts } from '../../view-models/toasts.ts';
import {
  mayTryUsername,
  tidyUsername,
  useUsernameCheck,
} from '../../view-models/username-check.ts';
import { SavedPicture } from '../picture/saved-picture.tsx';
import { UsernameField } from '../welcome/username-field.tsx';
import { InviteSomeone } from './invite-someone.tsx';

const maxName = 64;
const maxBio = 280;

/** How others see one. */
export function ProfileSettings({ session }: { readonly session: SignedIn }) {
  const call = useCall();
  const { accountId, name, avatarUrl } = session.me;
  return (
    <>
      <SavedPicture
        id={accountId}
        name={name}
        shape="round"
        url={avatarUrl}
        save={(picture) => call('setAvatar', { picture })}
      />
      <ProfileForm session={session} />
      <InviteSomeone />
    </>
  );
}

function ProfileForm({ session }: { readonly session: SignedIn }) {
  const { app, settings, welcome } = useTexts();
  const call = useCall();
  const task = useTask();
  const { me } = session;
  const [name, setName] = useState(me.name);
  const [bio, setBio] = useState(me.bio);
  const [username, setUsername] = useState(me.username);
  const check = useUsernameCheck(username, { own: me.username, refused: task.failed });
  const fault = nameFault(name);
  const bioLong = [...bio].length > maxBio;
  const save = async (event: FormEvent) => {
    event.preventDefault();
    const free = mayTryUsername(check);
    if (fault || bioLong || !free) return;
    const wanted = tidyUsername(username);
    const done = await task.run(() =>
      call('updateProfile', {
        ...(name.trim() !== me.name && { name: name.trim() }),
        ...(bio.trim() !== me.bio && { bio: bio.trim() }),
        ...(wanted !== me.username && { username: wanted }),
      }),
    );
    if (done) toasts.show({ text: settings.saved });
  };
  return (
    <form className="form" onSubmit={save} noValidate>
      {task.failed ? <Banner tone="danger" title={task.failed.text} /> : null}
      <TextField
        label={settings.name}
        value={name}
        onChange={setName}
        autoComplete="name"
        dir="auto"
        error={fault ? welcome[fault] : undefined}
      />
      <UsernameField
        label={settings.username}
        note={settings.usernameNote}
        value={username}
        onChange={setUsername}
        check={check}
      />
      <TextArea
        label={settings.bio}
        note={settings.bioNote}
        value={bio}
        onChange={setBio}
        rows={2}
        dir="auto"
        error={bioLong ? settings.bioLong : undefined}
      />
      <div className="pane-actions">
        <Button type="submit" kind="primary" busy={task.busy}>
          {app.save}
        </Button>
      </div>
    </form>
  );
}

function nameFault(name: string): 'nameMissing' | 'nameLong' | undefined {
  const tidy = name.trim();
  if (tidy === '') return 'nameMissing';
  return [...tidy].length > maxName ? 'nameLong' : undefined;
}
