import { useEffect } from 'react';
import { Button } from '../../design/button.tsx';
import { Dialog } from '../../design/dialog.tsx';
import { fill } from '../../language/fill.ts';
import { useTexts } from '../../language/language.tsx';
import { useNamed } from '../../view-models/resolving.ts';
import { goTo } from '../../view-models/way-back.ts';
import { PersonCard } from './person-card.tsx';

interface MentionDialogProps {
  readonly username: string;
  readonly onClose: () => void;
}

/** Who was mentioned. A channel is gone to; a person is shown without leaving what is being read. */
export function MentionDialog({ username, onClose }: MentionDialogProps) {
  const { app, shell, errors } = useTexts();
  const { value, failed, reload } = useNamed(username);
  const isChannel = value?.kind === 'channel';
  // biome-ignore lint/correctness/useExhaustiveDependencies: gone to once it is known.
  useEffect(() => {
    if (!isChannel) return;
    onClose();
    goTo({ at: 'name', username });
  }, [isChannel]);
  if (isChannel || (!value && !failed)) return null;
  return (
    <Dialog open onClose={onClose} title={`@${username}`} closeLabel={app.close} size="s">
      {value?.kind === 'account' ? <PersonCard profile={value.profile} level={3} /> : null}
      {value?.kind === 'nobody' ? (
        <p>
          {fill(shell.nobody, username)}. {shell.nobodyNote}
        </p>
      ) : null}
      {!value && failed ? (
        <div role="alert">
          <p>
            <strong>{errors.title}.</strong> {failed.text}
          </p>
          <Button onClick={reload}>{app.retry}</Button>
        </div>
      ) : null}
    </Dialog>
  );
}
