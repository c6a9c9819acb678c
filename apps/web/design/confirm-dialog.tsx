import './confirm-dialog.css';
import { type ReactNode, useState } from 'react';
import { Button } from './button.tsx';
import { Dialog } from './dialog.tsx';
import { TextField } from './text-field.tsx';

interface ConfirmDialogProps {
  readonly open: boolean;
  readonly title: string;
  /** What will be gone, what stays. */
  readonly children: ReactNode;
  /** The deed itself as a verb, never "OK". */
  readonly confirmLabel: string;
  readonly cancelLabel: string;
  readonly onConfirm: () => void;
  readonly onCancel: () => void;
  readonly kind?: 'danger' | 'primary' | undefined;
  readonly busy?: boolean | undefined;
  /** For what cannot be undone: the deed waits until `text` is written as it stands. */
  readonly typed?: { readonly text: string; readonly label: string } | undefined;
}

/** Asks once more. The focus is on what changes nothing, or in the field. */
export function ConfirmDialog(props: ConfirmDialogProps) {
  const { open, title, children, cancelLabel, onCancel, typed } = props;
  return (
    <Dialog open={open} onClose={onCancel} title={title} closeLabel={cancelLabel} size="s">
      {children}
      <Answer key={typed?.text} {...props} />
    </Dialog>
  );
}

function Answer(props: ConfirmDialogProps) {
  const { typed, busy, confirmLabel, cancelLabel, onConfirm, onCancel, kind = 'danger' } = props;
  const [written, setWritten] = useState('');
  const waits = typed !== undefined && plain(written) !== plain(typed.text);
  return (
    <form
      className="ui-confirm"
      onSubmit={(event) => {
        event.preventDefault();
        if (!waits && !busy) onConfirm();
      }}
    >
      {typed ? (
        <TextField
          label={typed.label}
          value={written}
          onChange={setWritten}
          autoComplete="off"
          spellCheck={false}
          data-autofocus=""
        />
      ) : null}
      <div className="ui-confirm-buttons">
        <Button onClick={onCancel} data-autofocus={typed ? undefined : ''}>
          {cancelLabel}
        </Button>
        <Button type="submit" kind={kind} busy={busy} disabled={waits}>
          {confirmLabel}
        </Button>
      </div>
    </form>
  );
}

/** Without the isolates of a label, which come along when the text is copied from there. */
function plain(text: string): string {
  return text.replace(/[\u2066-\u2069]/g, '').trim();
}
