import './picture-field.css';
import { lazy, Suspense, useEffect, useRef, useState } from 'react';
import { Avatar } from '../../design/avatar.tsx';
import { Button } from '../../design/button.tsx';
import { PictureIcon } from '../../design/icons/media.tsx';
import { useTexts } from '../../language/language.tsx';

const CropDialog = lazy(async () => ({ default: (await import('./crop-dialog.tsx')).CropDialog }));

interface PictureFieldProps {
  readonly id: string;
  readonly name: string;
  readonly shape: 'round' | 'tile';
  /** What is there now: a path, or what was just cut out. */
  readonly picture: string | Blob | undefined;
  /** `null`: take it away. */
  readonly onPick: (picture: Blob | null) => void;
  readonly busy?: boolean | undefined;
}

/** A picture to choose, cut out a part of, and take away. */
export function PictureField({ id, name, shape, picture, onPick, busy }: PictureFieldProps) {
  const { management } = useTexts();
  const input = useRef<HTMLInputElement>(null);
  const [chosen, setChosen] = useState<File>();
  const src = useShown(picture);
  return (
    <div className="picture-field">
      <Avatar id={id} name={name} src={src} size="xl" shape={shape} />
      <div className="picture-field-buttons">
        <Button icon={<PictureIcon />} busy={busy} onClick={() => input.current?.click()}>
          {src ? management.changePicture : management.choosePicture}
        </Button>
        {src ? (
          <Button kind="plain" onClick={() => onPick(null)}>
            {management.removePicture}
          </Button>
        ) : null}
        <input
          ref={input}
          type="file"
          accept="image/*"
          hidden
          aria-label={management.choosePicture}
          onChange={(event) => {
            setChosen(event.currentTarget.files?.[0]);
            event.currentTarget.value = '';
          }}
        />
      </div>
      {chosen ? (
        <Suspense>
          <CropDialog
            picture={chosen}
            shape={shape}
            onCancel={() => setChosen(undefined)}
            onCrop={(blob) => {
              setChosen(undefined);
              onPick(blob);
            }}
          />
        </Suspense>
      ) : null}
    </div>
  );
}

/** An address for what is not on the server yet. */
function useShown(picture: string | Blob | undefined): string | undefined {
  const [made, setMade] = useState<string>();
  useEffect(() => {
    if (!(picture instanceof Blob)) return;
    const url = URL.createObjectURL(picture);
    setMade(url);
    return () => URL.revokeObjectURL(url);
  }, [picture]);
  return picture instanceof Blob ? made : picture;
}
