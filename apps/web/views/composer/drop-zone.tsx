import './drop-zone.css';
import { type DragEvent, type ReactNode, useState } from 'react';
import { AttachIcon } from '../../design/icons/media.tsx';
import { useTexts } from '../../language/language.tsx';
import type { ComposerModel } from '../../view-models/composer-model.ts';

interface DropZoneProps {
  /** Absent: nothing can be dropped. */
  readonly model: ComposerModel | undefined;
  readonly children: ReactNode;
}

/** Files dropped anywhere over a channel go into its next post. */
export function DropZone({ model, children }: DropZoneProps) {
  const texts = useTexts().composer;
  const [over, setOver] = useState(false);
  const follow = (event: DragEvent) => {
    if (!model || !bringsFiles(event)) return;
    event.preventDefault();
    event.dataTransfer.dropEffect = 'copy';
    setOver(true);
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the attach button does the same for keys.
    <div
      className="drop-zone"
      onDragEnter={follow}
      onDragOver={follow}
      onDragLeave={(event) => {
        const inside = event.currentTarget.contains(event.relatedTarget as Node | null);
        if (!inside) setOver(false);
      }}
      onDrop={(event) => {
        setOver(false);
        if (!model || !bringsFiles(event)) return;
        event.preventDefault();
        model.add([...event.dataTransfer.files], 'media').catch(() => undefined);
      }}
    >
      {children}
      {over ? (
        <div className="drop-target" aria-hidden="true">
          <AttachIcon size="xl" />
          <strong>{texts.dropHere}</strong>
          <span>{texts.dropNote}</span>
        </div>
      ) : null}
    </div>
  );
}

function bringsFiles(event: DragEvent): boolean {
  return event.dataTransfer.types.includes('Files');
}
