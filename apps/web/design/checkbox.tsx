import './choice.css';
import { type ReactNode, useEffect, useId, useRef } from 'react';

interface CheckboxProps {
  readonly label: ReactNode;
  readonly checked: boolean;
  readonly onChange: (checked: boolean) => void;
  readonly note?: ReactNode;
  /** Some of what it stands for is chosen. */
  readonly mixed?: boolean | undefined;
  readonly disabled?: boolean | undefined;
  readonly name?: string | undefined;
}

export function Checkbox(props: CheckboxProps) {
  const { label, checked, onChange, note, mixed = false, disabled, name } = props;
  const noteId = useId();
  const box = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (box.current) box.current.indeterminate = mixed;
  }, [mixed]);
  return (
    <label className="ui-choice">
      <input
        ref={box}
        type="checkbox"
        className="ui-check"
        name={name}
        checked={checked}
        disabled={disabled}
        aria-describedby={note ? noteId : undefined}
        onChange={(event) => onChange(event.currentTarget.checked)}
      />
      <span className="ui-choice-text">
        <span>{label}</span>
        {note ? (
          <span className="ui-choice-note" id={noteId}>
            {note}
          </span>
        ) : null}
      </span>
    </label>
  );
}
