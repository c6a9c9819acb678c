import { useRef } from 'react';
import { AttachIcon, FileIcon, PictureIcon } from '../../design/icons/media.tsx';
import { MenuButton } from '../../design/menu-button.tsx';
import { useTexts } from '../../language/language.tsx';
import type { ComposerModel, UploadAs } from '../../view-models/composer-model.ts';

/** Asks the system for files, as pictures or as they are. */
export function AttachButton({ model }: { readonly model: ComposerModel }) {
  const texts = useTexts().composer;
  const media = useRef<HTMLInputElement>(null);
  const files = useRef<HTMLInputElement>(null);
  return (
    <>
      <MenuButton
        label={texts.attach}
        icon={<AttachIcon />}
        entries={[
          {
            id: 'media',
            label: texts.attachMedia,
            icon: <PictureIcon />,
            onAction: () => media.current?.click(),
          },
          {
            id: 'files',
            label: texts.attachFiles,
            icon: <FileIcon />,
            onAction: () => files.current?.click(),
          },
        ]}
      />
      <FileInput ref={media} model={model} as="media" accept="image/*,video/*,audio/*" />
      <FileInput ref={files} model={model} as="file" />
    </>
  );
}

interface FileInputProps {
  readonly ref: React.RefObject<HTMLInputElement | null>;
  readonly model: ComposerModel;
  readonly as: UploadAs;
  readonly accept?: string;
}

function FileInput({ ref, model, as, accept }: FileInputProps) {
  return (
    <input
      ref={ref}
      type="file"
      hidden
      multiple
      accept={accept}
      data-as={as}
      onChange={(event) => {
        const chosen = [...(event.currentTarget.files ?? [])];
        event.currentTarget.value = '';
        model.add(chosen, as).catch(() => undefined);
      }}
    />
  );
}
