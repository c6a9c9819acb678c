import './text-area.css';
import { type ComponentProps, useId, useLayoutEffect, useRef } from 'react';
import { describedBy, Field, type FieldFrame } from './field.tsx';

interface TextAreaProps
  extends Omit<
      ComponentProps<'textarea'>,
      'value' | 'defaultValue' | 'onChange' | 'id' | 'rows' | 'ref' | 'style'
    >,
    FieldFrame {
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly rows?: number | undefined;
  /** It grows up to so many lines, then scrolls. */
  readonly maxRows?: number | undefined;
  readonly ref?: ((area: HTMLTextAreaElement | null) => void) | undefined;
}

/** Several lines of text; as tall as what is written. */
export function TextArea(props: TextAreaProps) {
  const { label, hideLabel, note, error, good, value, onChange, ...others } = props;
  const { rows = 3, maxRows = 12, className, ref, ...rest } = others;
  const id = useId();
  const area = useRef<HTMLTextAreaElement>(null);
  useGrowth(area, value);
  const frame: FieldFrame = { label, hideLabel, note, error, good };
  return (
    <Field id={id} {...frame} className={className}>
      <textarea
        dir="auto"
        {...rest}
        {...describedBy(id, frame)}
        ref={(element) => {
          area.current = element;
          ref?.(element);
        }}
        id={id}
        rows={rows}
        className="ui-field-input ui-text-area"
        style={{ '--rows-max': maxRows } as React.CSSProperties}
        value={value}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
    </Field>
  );
}

// Browsers without `field-sizing` are told the height after each change.
function useGrowth(area: { readonly current: HTMLTextAreaElement | null }, value: string): void {
  // biome-ignore lint/correctness/useExhaustiveDependencies: the height depends on the text.
  useLayoutEffect(() => {
    const element = area.current;
    if (!element || CSS.supports('field-sizing', 'content')) return;
    element.style.setProperty('block-size', 'auto');
    element.style.setProperty('block-size', `${element.scrollHeight}px`);
  }, [area, value]);
}
