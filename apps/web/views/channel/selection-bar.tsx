import { useEffect } from 'react';
import { IconButton } from '../../design/button.tsx';
import { CopyIcon, ForwardIcon, TrashIcon } from '../../design/icons/conversation.tsx';
import { CloseIcon } from '../../design/icons/navigation.tsx';
import { useFormats, useTexts } from '../../language/language.tsx';
import type { PostAction } from '../../view-models/log-actions.ts';

interface SelectionBarProps {
  readonly count: number;
  readonly allowed: ReadonlySet<PostAction>;
  readonly onRun: (action: PostAction) => void;
  readonly onEnd: () => void;
}

/** In place of the header while posts are being chosen. Escape ends it. */
export function SelectionBar({ count, allowed, onRun, onEnd }: SelectionBarProps) {
  const texts = useTexts().channel;
  const formats = useFormats();
  // biome-ignore lint/correctness/useExhaustiveDependencies: the newest callback is the same deed.
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const covered = document.querySelector('dialog[open], [role="menu"]') !== null;
      if (event.key !== 'Escape' || covered) return;
      event.preventDefault();
      onEnd();
    };
    // Before the window's own Escape, which leaves the channel.
    addEventListener('keydown', onKey, { capture: true });
    return () => removeEventListener('keydown', onKey, { capture: true });
  }, []);
  const buttons = [
    { action: 'copy-text', label: texts.copyText, icon: <CopyIcon /> },
    { action: 'forward', label: texts.forward, icon: <ForwardIcon /> },
    { action: 'delete', label: texts.delete, icon: <TrashIcon /> },
  ] as const;
  return (
    <header className="channel-header">
      <IconButton label={texts.endSelecting} onClick={onEnd}>
        <CloseIcon />
      </IconButton>
      <h1 className="channel-selected" aria-live="polite">
        {formats.plural(count, texts.selected)}
      </h1>
      {buttons.map(({ action, label, icon }) => (
        <IconButton
          key={action}
          label={label}
          tone={action === 'delete' ? 'danger' : 'quiet'}
          disabled={!allowed.has(action)}
          onClick={() => onRun(action)}
        >
          {icon}
        </IconButton>
      ))}
    </header>
  );
}
