import './choice.css';
import { type ReactNode, useId } from 'react';

interface SwitchProps {
  readonly label: ReactNode;
  readonly checked: boolean;
  readonly onChange: (checked: boolean) => void;
  readonly note?: ReactNode;
  readonly disabled?: boolean | undefined;
}

/** A setting that holds at once, with its words before it; what waits for a button is a checkbox. */
export function Switch({ label, checked, onChange, note, disabled }: SwitchProps) {
  const id = useId();
  return (
    <label className="ui-choice" data-end="">
      <span className="ui-choice-text">
        <span id={`${id}-label`}>{label}</span>
        {note ? (
          <span className="ui-choice-note" id={`${id}-note`}>
            {note}
          </span>
        ) : null}
      </span>
      <input
        type="checkbox"
        role="switch"
        className="ui-switch"
        checked={checked}
        aria-checked={checked}
        disabled={disabled}
        aria-labelledby={`${id}-label`}
        aria-describedby={note ? `${id}-note` : undefined}
        onChange={(event) => onChange(event.currentTarget.checked)}
      />
    </label>
  );
}
