import { useState } from 'react';
import { TextField } from '../../design/text-field.tsx';
import { useTexts } from '../../language/language.tsx';
import { DialogForm } from './dialog-form.tsx';

interface LinkDialogProps {
  readonly isAddress: (text: string) => boolean;
  readonly onAdd: (url: string) => void;
  readonly onClose: () => void;
}

export function LinkDialog({ isAddress, onAdd, onClose }: LinkDialogProps) {
  const texts = useTexts().composer;
  const [url, setUrl] = useState('');
  const [tried, setTried] = useState(false);
  const error = tried && !isAddress(url) ? { error: texts.linkInvalid } : {};
  return (
    <DialogForm
      title={texts.linkTitle}
      submitLabel={texts.linkAdd}
      onSubmit={() => {
        setTried(true);
        if (isAddress(url)) onAdd(url);
      }}
      onClose={onClose}
    >
      <TextField
        label={texts.linkAddress}
        type="text"
        inputMode="url"
        dir="ltr"
        placeholder="https://"
        autoComplete="off"
        data-autofocus=""
        value={url}
        onChange={setUrl}
        {...error}
      />
    </DialogForm>
  );
}
