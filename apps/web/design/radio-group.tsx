import './choice.css';
import './visually-hidden.css';
import { type ReactNode, useId } from 'react';

interface RadioOption<Value extends string> {
  readonly value: Value;
  readonly label: ReactNode;
  readonly note?: ReactNode;
  readonly disabled?: boolean | undefined;
}

interface RadioGroupProps<Value extends string> {
  readonly label: string;
  readonly hideLabel?: boolean | undefined;
  readonly options: readonly RadioOption<Value>[];
  readonly value: Value | undefined;
  readonly onChange: (value: Value) => void;
}

/** One of a few, all of them seen; of many, use `Select`. */
export function RadioGroup<Value extends string>(props: RadioGroupProps<Value>) {
  const { label, hideLabel, options, value, onChange } = props;
  const name = useId();
  return (
    <fieldset className="ui-radio-group">
      <legend className={hideLabel ? 'ui-visually-hidden' : 'ui-radio-legend'}>{label}</legend>
      {options.map((option) => (
        <label key={option.value} className="ui-choice">
          <input
            type="radio"
            className="ui-check"
            name={name}
            value={option.value}
            checked={option.value === value}
            disabled={option.disabled}
            aria-describedby={option.note ? `${name}-${option.value}` : undefined}
            onChange={() => onChange(option.value)}
          />
          <span className="ui-choice-text">
            <span>{option.label}</span>
            {option.note ? (
              <span className="ui-choice-note" id={`${name}-${option.value}`}>
                {option.note}
              </span>
            ) : null}
          </span>
        </label>
      ))}
    </fieldset>
  );
}
