import { IconButton } from '../../design/button.tsx';
import { ContextMenu } from '../../design/context-menu.tsx';
import { BellOffIcon, SendIcon } from '../../design/icons/conversation.tsx';
import { CheckIcon } from '../../design/icons/navigation.tsx';
import { ClockIcon } from '../../design/icons/state.tsx';
import { useTexts } from '../../language/language.tsx';

interface SendButtonProps {
  readonly editing: boolean;
  /** Servers keep no answers for later. */
  readonly answering: boolean;
  readonly onSend: () => void;
  readonly onSendSilently: () => void;
  readonly onSchedule: () => void;
}

/** A press posts; held, or pressed with the other button, it offers the other ways to post. */
export function SendButton(props: SendButtonProps) {
  const { editing, answering, onSend, onSendSilently, onSchedule } = props;
  const texts = useTexts().composer;
  const schedule = {
    id: 'schedule',
    label: texts.schedule,
    icon: <ClockIcon />,
    onAction: onSchedule,
  };
  const entries = () => [
    {
      id: 'silent',
      label: texts.sendSilently,
      icon: <BellOffIcon />,
      onAction: onSendSilently,
    },
    ...(answering ? [] : [schedule]),
  ];
  return (
    <ContextMenu label={texts.send} entries={editing ? () => [] : entries}>
      <IconButton
        className="composer-send"
        tone="primary"
        label={editing ? texts.save : texts.send}
        // The cursor stays in the text, and with it the keyboard of a phone.
        onPointerDown={(event) => event.preventDefault()}
        onClick={onSend}
      >
        {editing ? <CheckIcon /> : <SendIcon />}
      </IconButton>
    </ContextMenu>
  );
}
