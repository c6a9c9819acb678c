import { useRef, useState } from 'react';
import type { ScheduledView } from '../../bridge/contract/publishing.ts';
import { Button } from '../../design/button.tsx';
import { TextArea } from '../../design/text-area.tsx';
import { fill } from '../../language/fill.ts';
import { useFormats, useTexts } from '../../language/language.tsx';
import { useCall } from '../../view-models/app.tsx';
import { textRoom } from '../../view-models/composer-limits.ts';
import { localFieldValue, readLocalField } from '../../view-models/composer-schedule.ts';
import { newActionId } from '../../view-models/log-ids.ts';
import { useTask } from '../../view-models/task.ts';
import { toasts } from '../../view-models/toasts.ts';
import { RoomLeft } from '../composer/room-left.tsx';
import { ScheduleField } from '../composer/schedule-field.tsx';

interface ScheduledEditorProps {
  readonly conversationId: string;
  readonly post: ScheduledView;
  /** `saved`: the list is another one now. */
  readonly onEnd: (saved: boolean) => void;
}

/** Text and time of a post that waits; its files stay as they are. */
export function ScheduledEditor({ conversationId, post, onEnd }: ScheduledEditorProps) {
  const { app, composer } = useTexts();
  const formats = useFormats();
  const call = useCall();
  const task = useTask();
  const [now] = useState(() => Date.now());
  const [text, setText] = useState(post.text);
  const [value, setValue] = useState(() => localFieldValue(post.at));
  const [tried, setTried] = useState(false);
  const idFor = useIdPerChange();
  const choice = choose(post, value, now);
  const empty = text.trim() === '' && post.attachments.length === 0;
  const tooLong = textRoom(text).state === 'over';
  const save = async () => {
    setTried(true);
    if (!choice.ok || empty || tooLong) return;
    const { at } = choice;
    const { scheduledId } = post;
    const change = { id: idFor(`${at} ${text}`), conversationId, scheduledId, text, at };
    if (!(await task.run(() => call('editScheduled', change)))) return;
    toasts.show({ text: fill(composer.scheduled, formats.moment(at)) });
    onEnd(true);
  };
  return (
    <form
      className="scheduled-post scheduled-editor"
      onSubmit={(event) => {
        event.preventDefault();
        save().catch(() => undefined);
      }}
    >
      <TextArea
        label={post.attachments.length > 0 ? composer.caption : composer.label}
        value={text}
        onChange={setText}
        rows={3}
        maxRows={10}
        dir="auto"
        autoFocus
        {...(tried && empty ? { error: composer.scheduleEmpty } : {})}
      />
      <RoomLeft text={text} />
      <ScheduleField
        value={value}
        now={now}
        onChange={setValue}
        reason={tried && !choice.ok ? choice.reason : undefined}
      />
      {post.attachments.length > 0 ? (
        <p className="scheduled-files">
          {fill(composer.filesStay, formats.list(post.attachments.map(({ name }) => name)))}
        </p>
      ) : null}
      {task.failed ? (
        <p role="alert" className="scheduled-failed">
          {task.failed.text}
        </p>
      ) : null}
      <div className="scheduled-choices">
        <Button type="submit" kind="primary" size="s" busy={task.busy}>
          {app.save}
        </Button>
        <Button size="s" kind="plain" onClick={() => onEnd(false)}>
          {app.cancel}
        </Button>
      </div>
    </form>
  );
}

/** Pressed again after an answer that was lost, the same change is the same one. */
function useIdPerChange(): (change: string) => string {
  const last = useRef({ change: '', id: '' });
  return (change) => {
    if (last.current.change !== change) last.current = { change, id: newActionId() };
    return last.current.id;
  };
}

/** A time that was not touched stays to the second, as long as it is still to come. */
function choose(post: ScheduledView, value: string, now: number) {
  if (value === localFieldValue(post.at) && post.at > now)
    return { ok: true, at: post.at } as const;
  return readLocalField(value, now);
}
