import './select.css';
import { useId } from 'react';
import { describedBy, Field, type FieldFrame } from './field.tsx';
import { ChevronDownIcon } from './icons/navigation.tsx';

interface SelectOption<Value extends string> {
  readonly value: Value;
  readonly label: string;
  readonly disabled?: boolean | undefined;
}

interface SelectProps<Value extends string> extends FieldFrame {
  readonly options: readonly SelectOption<Value>[];
  readonly value: Value;
  readonly onChange: (value: Value) => void;
  readonly disabled?: boolean | undefined;
}

/** One of many: the native one, which phones show in their own way. */
export function Select<Value extends string>(props: SelectProps<Value>) {
  const { options, value, onChange, disabled, ...frame } = props;
  const id = useId();
  return (
    <Field id={id} {...frame}>
      <select
        {...describedBy(id, frame)}
        id={id}
        className="ui-select"
        value={value}
        disabled={disabled}
        onChange={(event) => {
          const chosen = options.find((option) => option.value === event.currentTarget.value);
          if (chosen) onChange(chosen.value);
        }}
      >
        {options.map((option) => (
          <option key={option.value} value={option.value} disabled={option.disabled}>
            {option.label}
          </option>
        ))}
      </select>
      <ChevronDownIcon size="s" />
    </Field>
  );
}
