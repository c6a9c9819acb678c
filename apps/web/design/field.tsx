import './field.css';
import './visually-hidden.css';
import type { ReactNode } from 'react';
import { CheckIcon } from './icons/navigation.tsx';
import { FailedIcon } from './icons/state.tsx';

/** What every field of a form has around it. */
export interface FieldFrame {
  readonly label: string;
  /** The label is read aloud and not shown: for a field whose place says what it is. */
  readonly hideLabel?: boolean | undefined;
  /** A line beneath: what to write, or why. */
  readonly note?: string | undefined;
  /** What is wrong and how to put it right; takes the place of the note. */
  readonly error?: string | undefined;
  /** What was checked and is fine; takes the place of the note. */
  readonly good?: string | undefined;
}

interface FieldProps extends FieldFrame {
  readonly id: string;
  /** For what is written from left to right in every language: usernames, addresses. */
  readonly leftToRight?: boolean | undefined;
  readonly children: ReactNode;
  readonly className?: string | undefined;
}

/** Label, box and note of a field; the input itself is the child and has the id `id`. */
export function Field({ id, leftToRight, children, className, ...frame }: FieldProps) {
  return (
    <div className={className ? `ui-field ${className}` : 'ui-field'}>
      <label className={frame.hideLabel ? 'ui-visually-hidden' : 'ui-field-label'} htmlFor={id}>
        {frame.label}
      </label>
      <div className="ui-field-box" dir={leftToRight ? 'ltr' : undefined}>
        {children}
      </div>
      <FieldNote id={noteId(id)} frame={frame} />
    </div>
  );
}

/** The attributes that tie an input to its note. */
export function describedBy(id: string, frame: FieldFrame) {
  const told = frame.error ?? frame.good ?? frame.note;
  return {
    'aria-invalid': frame.error ? true : undefined,
    'aria-describedby': told ? noteId(id) : undefined,
  };
}

// Mounted even when empty, so that what appears in it is read aloud.
function FieldNote({ id, frame }: { readonly id: string; readonly frame: FieldFrame }) {
  return (
    <div id={id} aria-live="polite">
      {noteOf(frame)}
    </div>
  );
}

function noteOf({ error, good, note }: FieldFrame) {
  if (error) {
    return (
      <span className="ui-field-note" data-tone="error">
        <FailedIcon size="s" />
        <span>{error}</span>
      </span>
    );
  }
  if (good) {
    return (
      <span className="ui-field-note" data-tone="good">
        <CheckIcon size="s" />
        <span>{good}</span>
      </span>
    );
  }
  return note ? <span className="ui-field-note">{note}</span> : null;
}

function noteId(id: string): string {
  return `${id}-note`;
}

/** What stands before the text in the box, `@` for a username; a sighted help, the label says it. */
export function FieldPrefix({ children }: { readonly children: ReactNode }) {
  return (
    <span className="ui-field-prefix" aria-hidden="true">
      {children}
    </span>
  );
}
