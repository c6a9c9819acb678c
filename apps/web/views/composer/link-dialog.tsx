import { useState } from 'react';
import { Button } from '../../design/button.tsx';
import { Dialog } from '../../design/dialog.tsx';
import { TextField } from '../../design/text-field.tsx';
import { useTexts } from '../../language/language.tsx';

interface LinkDialogProps {
  readonly isAddress: (text: string) => boolean;
  readonly onAdd: (url: string) => void;
  readonly onClose: () => void;
}

export function LinkDialog({ isAddress, onAdd, onClose }: LinkDialogProps) {
  const texts = useTexts();
  const [url, setUrl] = useState('');
  const [tried, setTried] = useState(false);
  const error = tried && !isAddress(url) ? { error: texts.composer.linkInvalid } : {};
  return (
    <Dialog
      open
      onClose={onClose}
      title={texts.composer.linkTitle}
      closeLabel={texts.app.close}
      size="s"
    >
      <form
        className="composer-dialog-form"
        onSubmit={(event) => {
          event.preventDefault();
          setTried(true);
          if (isAddress(url)) onAdd(url);
        }}
      >
        <TextField
          label={texts.composer.linkAddress}
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
        <Button type="submit" kind="primary">
          {texts.composer.linkAdd}
        </Button>
      </form>
    </Dialog>
  );
}
