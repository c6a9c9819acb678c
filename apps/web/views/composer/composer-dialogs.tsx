import { lazy, Suspense } from 'react';
import { isWebAddress } from '../../view-models/composer-formatting.ts';
import type { ComposerModel } from '../../view-models/composer-model.ts';
import type { WritingPlace } from './use-text-area.ts';

export type OpenDialog = 'schedule' | 'link' | 'emoji';

const ScheduleDialog = lazy(async () => ({
  default: (await import('./schedule-dialog.tsx')).ScheduleDialog,
}));
const LinkDialog = lazy(async () => ({ default: (await import('./link-dialog.tsx')).LinkDialog }));
const EmojiDialog = lazy(async () => ({
  default: (await import('./emoji-dialog.tsx')).EmojiDialog,
}));

interface ComposerDialogsProps {
  readonly open: OpenDialog | undefined;
  readonly model: ComposerModel;
  readonly writing: WritingPlace;
  readonly onClose: () => void;
}

/** What opens over the composer, loaded when it is first wanted. */
export function ComposerDialogs({ open, model, writing, onClose }: ComposerDialogsProps) {
  if (!open) return null;
  return (
    <Suspense>
      {open === 'schedule' ? <ScheduleDialog model={model} onClose={onClose} /> : null}
      {open === 'link' ? (
        <LinkDialog
          isAddress={isWebAddress}
          onAdd={(url) => {
            onClose();
            writing.link(url);
          }}
          onClose={onClose}
        />
      ) : null}
      {open === 'emoji' ? (
        <EmojiDialog
          onPick={(emoji) => {
            onClose();
            writing.insert(emoji);
          }}
          onClose={onClose}
        />
      ) : null}
    </Suspense>
  );
}
