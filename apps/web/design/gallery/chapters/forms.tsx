import { useState } from 'react';
import { Checkbox } from '../../checkbox.tsx';
import { RadioGroup } from '../../radio-group.tsx';
import { SearchField } from '../../search-field.tsx';
import { Select } from '../../select.tsx';
import { Switch } from '../../switch.tsx';
import { TextArea } from '../../text-area.tsx';
import { TextField } from '../../text-field.tsx';
import { TextSizeSetting, ThemeSetting } from '../../theme-setting.tsx';
import type { Look } from '../look.ts';
import { Chapter, Specimen } from '../specimen.tsx';

interface FormsProps {
  readonly look: Look;
  readonly onChange: (change: Partial<Look>) => void;
}

export function Forms({ look, onChange }: FormsProps) {
  return (
    <Chapter title="Forms">
      <Texts />
      <Searches />
      <Choices />
      <Specimen title="ThemeSetting, TextSizeSetting" stack>
        <ThemeSetting
          label="Theme"
          names={{ system: 'System', light: 'Day', dark: 'Night' }}
          value={look.theme}
          onChange={(theme) => onChange({ theme })}
        />
        <TextSizeSetting
          label="Text size"
          letter={look.language === 'ar' ? 'ع' : 'A'}
          valueText={`${look.textSize} %`}
          value={look.textSize}
          onChange={(textSize) => onChange({ textSize })}
        />
      </Specimen>
    </Chapter>
  );
}

function Texts() {
  const [name, setName] = useState('Observatory');
  const [username, setUsername] = useState('observatory');
  const [about, setAbout] = useState('What can be seen tonight, from a roof in the old town.');
  return (
    <>
      <Specimen title="TextField" stack>
        <TextField label="Name" value={name} onChange={setName} note="As readers see it." />
        <TextField
          label="Username"
          prefix="@"
          value={username}
          onChange={setUsername}
          good="It is free."
        />
        <TextField label="Username" prefix="@" value="obs" onChange={setUsername} checking />
        <TextField
          label="Invite link"
          value="helio.example/+4k"
          onChange={setName}
          error="This link has run out. Ask for a new one."
        />
        <TextField label="Server" value="helio.example" onChange={setName} disabled />
      </Specimen>
      <Specimen title="TextArea" stack>
        <TextArea
          label="Description"
          value={about}
          onChange={setAbout}
          note="Grows, then scrolls."
        />
        <TextArea label="Reason" value="" onChange={setAbout} placeholder="Optional" rows={1} />
      </Specimen>
    </>
  );
}

function Searches() {
  const [word, setWord] = useState('saturn');
  const [quality, setQuality] = useState<'original' | 'small'>('small');
  return (
    <Specimen title="SearchField, Select" stack>
      <SearchField label="Search" clearLabel="Clear" value={word} onChange={setWord} />
      <SearchField
        label="Search people"
        clearLabel="Clear"
        placeholder="People and channels"
        value=""
        onChange={setWord}
      />
      <SearchField label="Searching" clearLabel="Clear" value="moon" onChange={setWord} searching />
      <Select
        label="Pictures"
        note="What readers load first."
        options={[
          { value: 'small', label: 'Smaller, quicker' },
          { value: 'original', label: 'As they are' },
        ]}
        value={quality}
        onChange={setQuality}
      />
    </Specimen>
  );
}

function Choices() {
  const [agreed, setAgreed] = useState(true);
  const [quiet, setQuiet] = useState(true);
  const [access, setAccess] = useState<'public' | 'private' | 'later'>('public');
  return (
    <>
      <Specimen title="Checkbox, Switch" stack>
        <div>
          <Checkbox label="Publish silently" checked={agreed} onChange={setAgreed} />
          <Checkbox label="Some of them" checked={false} mixed onChange={setAgreed} />
          <Checkbox
            label="Sign the posts"
            note="With your name."
            checked={false}
            onChange={setAgreed}
          />
          <Checkbox label="Not to be changed" checked disabled onChange={setAgreed} />
        </div>
        <div>
          <Switch
            label="Notifications"
            note="A line without content."
            checked={quiet}
            onChange={setQuiet}
          />
          <Switch label="Sounds" checked={false} onChange={setQuiet} />
          <Switch label="Not on this machine" checked={false} disabled onChange={setQuiet} />
        </div>
      </Specimen>
      <Specimen title="RadioGroup" stack>
        <RadioGroup
          label="Who can read"
          options={[
            { value: 'public', label: 'Everybody', note: 'Anyone can find and read it.' },
            { value: 'private', label: 'Whoever has a link' },
            { value: 'later', label: 'Nobody yet', disabled: true },
          ]}
          value={access}
          onChange={setAccess}
        />
      </Specimen>
    </>
  );
}
