import { useRef, useState } from 'react';
import { AvatarCropper, type AvatarCropperHandle } from '../../design/avatar-cropper.tsx';
import { Banner } from '../../design/banner.tsx';
import { Button } from '../../design/button.tsx';
import { Dialog } from '../../design/dialog.tsx';
import { useTexts } from '../../language/language.tsx';

interface CropDialogProps {
  readonly picture: File;
  readonly shape: 'round' | 'tile';
  readonly onCrop: (picture: Blob) => void;
  readonly onCancel: () => void;
}

/** Which part of a picture is meant. */
export function CropDialog({ picture, shape, onCrop, onCancel }: CropDialogProps) {
  const { app, errors, management } = useTexts();
  const cropper = useRef<AvatarCropperHandle>(null);
  const [unreadable, setUnreadable] = useState(false);
  const use = () => {
    cropper.current?.crop().then(onCrop, () => setUnreadable(true));
  };
  return (
    <Dialog
      open
      sticky
      onClose={onCancel}
      title={management.cropTitle}
      closeLabel={app.cancel}
      footer={
        <>
          <Button onClick={onCancel}>{app.cancel}</Button>
          <Button kind="primary" disabled={unreadable} onClick={use}>
            {management.cropUse}
          </Button>
        </>
      }
    >
      {unreadable ? (
        <Banner tone="danger" title={errors.unreadablePicture} />
      ) : (
        <AvatarCropper
          ref={cropper}
          picture={picture}
          shape={shape}
          label={management.cropHelp}
          zoomLabel={management.zoom}
          onUnreadable={() => setUnreadable(true)}
        />
      )}
    </Dialog>
  );
}
