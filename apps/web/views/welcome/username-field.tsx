import { TextField } from '../../design/text-field.tsx';
import { fill } from '../../language/fill.ts';
import { type Texts, useTexts } from '../../language/language.tsx';
import { tidyUsername, type UsernameState } from '../../view-models/username-check.ts';

interface UsernameFieldProps {
  readonly label: string;
  readonly note: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly check: UsernameState;
  /** Problems are not shown while somebody has just begun to type. */
  readonly strict?: boolean | undefined;
}

/** A username, checked as one types. */
export function UsernameField(props: UsernameFieldProps) {
  const { label, note, value, onChange, check, strict = false } = props;
  const { welcome } = useTexts();
  const name = tidyUsername(value);
  const error = errorOf(welcome, check, name);
  return (
    <TextField
      label={label}
      note={note}
      prefix="@"
      dir="ltr"
      value={value}
      onChange={onChange}
      autoComplete="username"
      autoCapitalize="none"
      spellCheck={false}
      maxLength={40}
      checking={check.state === 'checking'}
      error={check.state === 'short' && !strict ? undefined : error}
      good={check.state === 'free' ? fill(welcome.usernameFree, name) : undefined}
    />
  );
}

function errorOf(texts: Texts['welcome'], check: UsernameState, name: string): string | undefined {
  switch (check.state) {
    case 'short':
      return texts.usernameShort;
    case 'long':
      return texts.usernameLong;
    case 'letters':
      return texts.usernameLetters;
    case 'taken':
      return fill(texts.usernameTaken, name);
    case 'failed':
      return check.text;
    case 'empty':
    case 'checking':
    case 'free':
      return undefined;
  }
}
