import type { ReactNode } from 'react';
import { Button } from '../../design/button.tsx';
import { Dialog } from '../../design/dialog.tsx';
import { useTexts } from '../../language/language.tsx';

interface DialogFormProps {
  readonly title: string;
  readonly submitLabel: string;
  readonly onSubmit: () => void;
  readonly onClose: () => void;
  readonly children: ReactNode;
}

/** A dialog that asks for one thing. */
export function DialogForm({ title, submitLabel, onSubmit, onClose, children }: DialogFormProps) {
  const { app } = useTexts();
  return (
    <Dialog open onClose={onClose} title={title} closeLabel={app.close} size="s">
      <form
        className="composer-dialog-form"
        onSubmit={(event) => {
          event.preventDefault();
          onSubmit();
        }}
      >
        {children}
        <Button type="submit" kind="primary">
          {submitLabel}
        </Button>
      </form>
    </Dialog>
  );
}
