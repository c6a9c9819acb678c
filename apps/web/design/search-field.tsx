import { type ComponentProps, type KeyboardEvent, useId } from 'react';
import { IconButton } from './button.tsx';
import { Field } from './field.tsx';
import { CloseIcon, SearchIcon } from './icons/navigation.tsx';
import { Spinner } from './spinner.tsx';

interface SearchFieldProps
  extends Omit<ComponentProps<'input'>, 'value' | 'defaultValue' | 'onChange' | 'id' | 'type'> {
  /** Read aloud; the magnifying glass shows it. */
  readonly label: string;
  readonly clearLabel: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly searching?: boolean | undefined;
}

/** Escape clears it first, and only an empty one lets Escape through. */
export function SearchField(props: SearchFieldProps) {
  const { label, clearLabel, value, onChange, searching, className, onKeyDown, ...rest } = props;
  const id = useId();
  const clearOnEscape = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.key === 'Escape' && value !== '') {
      event.preventDefault();
      event.stopPropagation();
      onChange('');
    } else onKeyDown?.(event);
  };
  return (
    <Field id={id} label={label} hideLabel className={className}>
      {searching ? <Spinner size="s" /> : <SearchIcon size="s" />}
      <input
        autoComplete="off"
        dir="auto"
        enterKeyHint="search"
        {...rest}
        id={id}
        type="search"
        className="ui-field-input"
        value={value}
        onChange={(event) => onChange(event.currentTarget.value)}
        onKeyDown={clearOnEscape}
      />
      {value === '' ? null : (
        <IconButton
          label={clearLabel}
          size="s"
          onClick={(event) => {
            onChange('');
            event.currentTarget.parentElement?.querySelector('input')?.focus();
          }}
        >
          <CloseIcon size="s" />
        </IconButton>
      )}
    </Field>
  );
}
