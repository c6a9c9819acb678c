import { RadioGroup } from '../../design/radio-group.tsx';
import { TextArea } from '../../design/text-area.tsx';
import { TextField } from '../../design/text-field.tsx';
import { useTexts } from '../../language/language.tsx';
import type { UsernameState } from '../../view-models/username-check.ts';
import { UsernameField } from '../welcome/username-field.tsx';
import { type ChannelDraft, type ChannelFault, faultsOf } from './channel-draft.ts';

interface ChannelFormProps {
  readonly draft: ChannelDraft;
  readonly onChange: (draft: ChannelDraft) => void;
  readonly check: UsernameState;
  /** What is missing is said too. */
  readonly strict: boolean;
}

/** Title, description, who reads it and its name: when it is made, and later. */
export function ChannelForm({ draft, onChange, check, strict }: ChannelFormProps) {
  const { management } = useTexts();
  const faults = faultsOf(draft);
  const change = (part: Partial<ChannelDraft>) => onChange({ ...draft, ...part });
  const titleFault = faults.title === 'titleMissing' && !strict ? undefined : faults.title;
  const text = (fault: ChannelFault | undefined) => (fault ? management[fault] : undefined);
  return (
    <>
      <TextField
        label={management.title}
        value={draft.title}
        onChange={(title) => change({ title })}
        error={text(titleFault)}
        autoComplete="off"
        dir="auto"
      />
      <TextArea
        label={management.description}
        note={management.descriptionNote}
        value={draft.description}
        onChange={(description) => change({ description })}
        error={text(faults.description)}
        rows={3}
        dir="auto"
      />
      <RadioGroup
        label={management.kind}
        value={draft.unlisted ? 'unlisted' : 'listed'}
        onChange={(kind) => change({ unlisted: kind === 'unlisted' })}
        options={[
          { value: 'listed', label: management.listed, note: management.listedNote },
          { value: 'unlisted', label: management.unlisted, note: management.unlistedNote },
        ]}
      />
      {draft.unlisted ? null : (
        <UsernameField
          label={management.username}
          note={management.usernameNote}
          value={draft.username}
          onChange={(username) => change({ username })}
          check={check}
          strict={strict}
        />
      )}
    </>
  );
}
