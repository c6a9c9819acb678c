import './forward-dialog.css';
import { useState } from 'react';
import type { ChatRow } from '../../bridge/contract/chats.ts';
import { Avatar } from '../../design/avatar.tsx';
import { Button } from '../../design/button.tsx';
import { Checkbox } from '../../design/checkbox.tsx';
import { Dialog } from '../../design/dialog.tsx';
import { EmptyState } from '../../design/empty-state.tsx';
import { ChannelIcon } from '../../design/icons/conversation.tsx';
import { CheckIcon } from '../../design/icons/navigation.tsx';
import { ListRowButton } from '../../design/list-row.tsx';
import { SearchField } from '../../design/search-field.tsx';
import { useFormats, useTexts } from '../../language/language.tsx';
import { useCall, useWatch } from '../../view-models/app.tsx';
import { newActionId } from '../../view-models/log-ids.ts';
import { useTask } from '../../view-models/task.ts';
import { toasts } from '../../view-models/toasts.ts';

interface ForwardDialogProps {
  readonly from: { readonly conversationId: string; readonly seqs: readonly number[] };
  readonly onClose: () => void;
  readonly onForwarded: () => void;
}

/** Chooses one or more channels of one's own for the posts to go to. */
export function ForwardDialog({ from, onClose, onForwarded }: ForwardDialogProps) {
  const texts = useTexts();
  const formats = useFormats();
  const call = useCall();
  const task = useTask();
  const [id] = useState(newActionId);
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const [silent, setSilent] = useState(false);
  const forward = async () => {
    const done = await task.run(() => call('forward', { id, from, to: chosen, silent }));
    if (!done) return;
    toasts.show({ text: formats.plural(chosen.length, texts.channel.forwardDone) });
    onForwarded();
    onClose();
  };
  const toggle = (target: string) =>
    setChosen(
      chosen.includes(target) ? chosen.filter((each) => each !== target) : [...chosen, target],
    );
  return (
    <Dialog
      open
      onClose={onClose}
      title={formats.plural(from.seqs.length, texts.channel.forwardTitle)}
      closeLabel={texts.app.close}
      footer={
        <div className="forward-foot">
          <Checkbox label={texts.channel.withoutSound} checked={silent} onChange={setSilent} />
          <Button
            kind="primary"
            disabled={chosen.length === 0}
            busy={task.busy}
            onClick={() => {
              forward().catch(() => undefined);
            }}
          >
            {texts.channel.forwardNow}
          </Button>
        </div>
      }
    >
      {task.failed ? <p role="alert">{task.failed.text}</p> : null}
      <Targets chosen={chosen} onToggle={toggle} />
    </Dialog>
  );
}

interface TargetsProps {
  readonly chosen: readonly string[];
  readonly onToggle: (conversationId: string) => void;
}

function Targets({ chosen, onToggle }: TargetsProps) {
  const texts = useTexts().channel;
  const formats = useFormats();
  const chats = useWatch('chats', null)?.chats ?? [];
  const [query, setQuery] = useState('');
  const own = chats.filter(({ role }) => role === 'owner' || role === 'admin');
  const words = query.trim().toLocaleLowerCase(formats.locale);
  const shown = own.filter((chat) => matches(chat, words, formats.locale));
  if (own.length === 0) {
    return (
      <EmptyState icon={<ChannelIcon size="xl" />} title={texts.noTargets} level={3}>
        {texts.noTargetsNote}
      </EmptyState>
    );
  }
  return (
    <div className="forward-targets">
      <SearchField
        label={texts.findChannel}
        clearLabel={texts.clearSearch}
        placeholder={texts.findChannel}
        value={query}
        onChange={setQuery}
        data-autofocus=""
      />
      {shown.length === 0 ? <p className="forward-none">{texts.noTargetFound}</p> : null}
      <ul aria-label={texts.forwardTo}>
        {shown.map(({ conversationId, title, username, avatarUrl }) => (
          <li key={conversationId}>
            <ListRowButton
              density="compact"
              selected={chosen.includes(conversationId)}
              leading={<Avatar id={conversationId} name={title} src={avatarUrl} shape="tile" />}
              title={title}
              preview={username === '' ? undefined : `@${username}`}
              trailing={chosen.includes(conversationId) ? <CheckIcon /> : null}
              onClick={() => onToggle(conversationId)}
            />
          </li>
        ))}
      </ul>
    </div>
  );
}

function matches({ title, username }: ChatRow, words: string, locale: string): boolean {
  return title.toLocaleLowerCase(locale).includes(words) || username.includes(words);
}
