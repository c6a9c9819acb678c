import './forward-dialog.css';
import { useState } from 'react';
import type { ChatRow } from '../../bridge/contract/chats.ts';
import type { ChannelFacts, PostView } from '../../bridge/contract/log.ts';
import type { ForwardOutcome } from '../../bridge/contract/publishing.ts';
import type { FailureView } from '../../bridge/contract/session.ts';
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
import { useTell } from '../../view-models/telling.ts';
import { toasts } from '../../view-models/toasts.ts';
import { ForwardElsewhere } from './forward-elsewhere.tsx';

interface ForwardDialogProps {
  readonly channel: ChannelFacts;
  readonly seqs: readonly number[];
  /** Those of them that are loaded. */
  readonly posts: readonly PostView[];
  readonly onClose: () => void;
  readonly onForwarded: () => void;
}

/** Sends posts to channels of one's own, or out of the app. */
export function ForwardDialog(props: ForwardDialogProps) {
  const { channel, seqs, posts, onClose, onForwarded } = props;
  const { conversationId } = channel;
  const own = useOwnChannels();
  const texts = useTexts();
  const formats = useFormats();
  const call = useCall();
  const task = useTask();
  const [id] = useState(newActionId);
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const [silent, setSilent] = useState(false);
  const [refused, setRefused] = useState<ReadonlyMap<string, FailureView>>(new Map());
  const forward = () =>
    task.run(async () => {
      const from = { conversationId, seqs };
      const outcomes = await call('forward', { id, from, to: chosen, silent });
      const went = outcomes.filter(({ state }) => state === 'forwarded');
      const waits = outcomes.some(({ state }) => state === 'waiting');
      if (waits) toasts.show({ text: texts.channel.forwardLater });
      else if (went.length > 0) {
        toasts.show({ text: formats.plural(went.length, texts.channel.forwardDone) });
      }
      const failures = failuresOf(outcomes);
      setRefused(failures);
      // What went is not chosen any more: pressing again tries the others.
      setChosen([...failures.keys()]);
      if (failures.size > 0) return;
      onForwarded();
      onClose();
    });
  const toggle = (target: string) =>
    setChosen(
      chosen.includes(target) ? chosen.filter((each) => each !== target) : [...chosen, target],
    );
  return (
    <Dialog
      open
      onClose={onClose}
      title={formats.plural(seqs.length, texts.channel.forwardTitle)}
      closeLabel={texts.app.close}
      footer={
        own.length === 0 ? null : (
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
        )
      }
    >
      {task.failed ? <p role="alert">{task.failed.text}</p> : null}
      {refused.size > 0 ? <p role="alert">{texts.channel.forwardPartly}</p> : null}
      {own.length === 0 ? (
        <EmptyState icon={<ChannelIcon size="xl" />} title={texts.channel.noTargets} level={3}>
          {texts.channel.noTargetsNote}
        </EmptyState>
      ) : (
        <Targets own={own} chosen={chosen} refused={refused} onToggle={toggle} />
      )}
      <ForwardElsewhere
        channel={channel}
        posts={posts}
        hasTargets={own.length > 0}
        onClose={onClose}
      />
    </Dialog>
  );
}

function failuresOf(outcomes: readonly ForwardOutcome[]): ReadonlyMap<string, FailureView> {
  const failed = outcomes.filter((each) => each.state === 'failed');
  return new Map(failed.map(({ conversationId, failure }) => [conversationId, failure]));
}

function useOwnChannels(): readonly ChatRow[] {
  const chats = useWatch('chats', null)?.chats ?? [];
  return chats.filter(({ role }) => role === 'owner' || role === 'admin');
}

interface TargetsProps {
  readonly own: readonly ChatRow[];
  readonly chosen: readonly string[];
  readonly refused: ReadonlyMap<string, FailureView>;
  readonly onToggle: (conversationId: string) => void;
}

function Targets({ own, chosen, refused, onToggle }: TargetsProps) {
  const tell = useTell();
  const texts = useTexts().channel;
  const formats = useFormats();
  const [query, setQuery] = useState('');
  const previewOf = ({ conversationId, username }: ChatRow) => {
    const failure = refused.get(conversationId);
    if (failure) return tell(failure).text;
    return username === '' ? undefined : `@${username}`;
  };
  const words = query.trim().toLocaleLowerCase(formats.locale);
  const shown = own.filter((chat) => matches(chat, words, formats.locale));
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
        {shown.map((chat) => (
          <li key={chat.conversationId}>
            <ListRowButton
              density="compact"
              selected={chosen.includes(chat.conversationId)}
              leading={
                <Avatar
                  id={chat.conversationId}
                  name={chat.title}
                  src={chat.avatarUrl}
                  shape="tile"
                />
              }
              title={chat.title}
              preview={previewOf(chat)}
              trailing={chosen.includes(chat.conversationId) ? <CheckIcon /> : null}
              onClick={() => onToggle(chat.conversationId)}
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
