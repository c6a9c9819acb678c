import type { ComponentProps, ReactNode } from 'react';
import { useId } from 'react';
import { describedBy, Field, type FieldFrame, FieldPrefix } from './field.tsx';
import { Spinner } from './spinner.tsx';

interface TextFieldProps
  extends Omit<ComponentProps<'input'>, 'value' | 'defaultValue' | 'onChange' | 'prefix' | 'id'>,
    FieldFrame {
  readonly value: string;
  readonly onChange: (value: string) => void;
  /** Before the text, such as `@`; the field is then left to right in every language. */
  readonly prefix?: string | undefined;
  /** After the text: a unit, or an `IconButton`. */
  readonly suffix?: ReactNode;
  /** What was written is being checked. */
  readonly checking?: boolean | undefined;
}

/** One line of text. Every other attribute goes to the native input. */
export function TextField(props: TextFieldProps) {
  const { label, hideLabel, note, error, good, value, onChange, ...others } = props;
  const { prefix, suffix, checking, className, ...rest } = others;
  const id = useId();
  const frame: FieldFrame = { label, hideLabel, note, error, good };
  return (
    <Field id={id} {...frame} leftToRight={prefix !== undefined} className={className}>
      {prefix ? <FieldPrefix>{prefix}</FieldPrefix> : null}
      <input
        type="text"
        dir="auto"
        {...rest}
        {...describedBy(id, frame)}
        id={id}
        className="ui-field-input"
        value={value}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
      {checking ? <Spinner size="s" /> : null}
      {suffix}
    </Field>
  );
}
