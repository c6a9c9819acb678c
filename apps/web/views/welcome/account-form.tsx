import { type FormEvent, useState } from 'react';
import { Button } from '../../design/button.tsx';
import { TextField } from '../../design/text-field.tsx';
import { type Texts, useTexts } from '../../language/language.tsx';
import { mayTryUsername, useUsernameCheck } from '../../view-models/username-check.ts';
import { UsernameField } from './username-field.tsx';

export interface NewAccount {
  readonly name: string;
  readonly username: string;
  readonly invite: string;
}

const maxName = 64;

interface AccountFormProps {
  /** What was typed for an account that may exist already. */
  readonly before?: Pick<NewAccount, 'name' | 'username'> | undefined;
  readonly asksInvite: boolean;
  readonly busy: boolean;
  readonly onSubmit: (account: NewAccount) => void;
}

export function AccountForm({ before, asksInvite, busy, onSubmit }: AccountFormProps) {
  const { welcome } = useTexts();
  const [account, setAccount] = useState<NewAccount>({
    name: '',
    username: '',
    invite: '',
    ...before,
  });
  const [strict, setStrict] = useState(false);
  const check = useUsernameCheck(account.username, { own: before?.username ?? '' });
  const change = (part: Partial<NewAccount>) => setAccount({ ...account, ...part });
  const nameLong = [...account.name.trim()].length > maxName;
  const nameless = account.name.trim() === '';
  const inviteMissing = asksInvite && account.invite.trim() === '';
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setStrict(true);
    if (nameless || nameLong || inviteMissing || !mayTryUsername(check) || busy) return;
    onSubmit(account);
  };
  return (
    <form className="stage-form" onSubmit={submit} noValidate>
      <TextField
        label={welcome.name}
        value={account.name}
        onChange={(name) => change({ name })}
        placeholder={welcome.namePlaceholder}
        autoComplete="name"
        dir="auto"
        error={nameFault(welcome, { nameLong, nameless: nameless && strict })}
      />
      <UsernameField
        label={welcome.username}
        note={welcome.usernameNote}
        value={account.username}
        onChange={(username) => change({ username })}
        check={check}
        strict={strict}
      />
      {asksInvite ? (
        <TextField
          label={welcome.invite}
          note={welcome.inviteNote}
          value={account.invite}
          onChange={(invite) => change({ invite })}
          autoComplete="off"
          autoCapitalize="characters"
          dir="ltr"
          error={strict && inviteMissing ? welcome.inviteMissing : undefined}
        />
      ) : null}
      <Button type="submit" kind="primary" size="l" wide busy={busy}>
        {welcome.createAccount}
      </Button>
    </form>
  );
}

function nameFault(
  texts: Texts['welcome'],
  { nameLong, nameless }: { readonly nameLong: boolean; readonly nameless: boolean },
): string | undefined {
  if (nameLong) return texts.nameLong;
  return nameless ? texts.nameMissing : undefined;
}
