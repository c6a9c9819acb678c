import { IconButton } from '../../design/button.tsx';
import { EditIcon, ReplyIcon } from '../../design/icons/conversation.tsx';
import { CloseIcon } from '../../design/icons/navigation.tsx';
import { useTexts } from '../../language/language.tsx';
import type { ComposerModel } from '../../view-models/composer-model.ts';
import type { ComposerState } from '../../view-models/composer-state.ts';
import { previewText } from '../channel/preview-text.ts';

interface ComposerModeProps {
  readonly model: ComposerModel;
  readonly state: ComposerState;
  readonly channelTitle: string;
}

/** What is being answered or changed. */
export function ComposerMode({ model, state, channelTitle }: ComposerModeProps) {
  const texts = useTexts();
  const { composer, channel } = texts;
  const editing = state.edits !== undefined;
  if (!editing && state.replyTo === undefined) return null;
  const { reply } = state;
  return (
    <div className="composer-mode">
      {editing ? <EditIcon /> : <ReplyIcon />}
      <span className="composer-mode-text">
        <strong>
          {editing ? composer.editing : composer.replying}{' '}
          {editing ? '' : <bdi>{channelTitle}</bdi>}
        </strong>
        <span dir="auto">{reply?.preview ? previewText(reply.preview, channel) : ''}</span>
      </span>
      <IconButton
        label={editing ? composer.cancelEdit : composer.cancelReply}
        onClick={() => model.leaveMode()}
      >
        <CloseIcon />
      </IconButton>
    </div>
  );
}
