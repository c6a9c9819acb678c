import { Dialog } from '../../design/dialog.tsx';
import { useTexts } from '../../language/language.tsx';
import { EmojiGrid } from '../channel/emoji-grid.tsx';

interface EmojiDialogProps {
  readonly onPick: (emoji: string) => void;
  readonly onClose: () => void;
}

export function EmojiDialog({ onPick, onClose }: EmojiDialogProps) {
  const texts = useTexts();
  return (
    <Dialog
      open
      onClose={onClose}
      title={texts.composer.emoji}
      closeLabel={texts.app.close}
      size="s"
    >
      <EmojiGrid onPick={onPick} />
    </Dialog>
  );
}
