import './scheduled-dialog.css';
import { useState } from 'react';
import type { ScheduledView } from '../../bridge/contract/publishing.ts';
import { Button } from '../../design/button.tsx';
import { Dialog } from '../../design/dialog.tsx';
import { EmptyState } from '../../design/empty-state.tsx';
import { BellOffIcon } from '../../design/icons/conversation.tsx';
import { ClockIcon } from '../../design/icons/state.tsx';
import { Spinner } from '../../design/spinner.tsx';
import { VisuallyHidden } from '../../design/visually-hidden.tsx';
import { fill } from '../../language/fill.ts';
import { useFormats, useTexts } from '../../language/language.tsx';
import { useCall } from '../../view-models/app.tsx';
import { useAnswer } from '../../view-models/task.ts';
import { useTell } from '../../view-models/telling.ts';
import { toasts } from '../../view-models/toasts.ts';
import { useScene } from './channel-scene.ts';
import { PostText } from './post-text.tsx';
import { ScheduledEditor } from './scheduled-editor.tsx';

interface ScheduledDialogProps {
  readonly conversationId: string;
  readonly onClose: () => void;
}

/** What will be published and when; each can be changed or taken back. */
export function ScheduledDialog({ conversationId, onClose }: ScheduledDialogProps) {
  const [edited, setEdited] = useState<string>();
  const texts = useTexts();
  const call = useCall();
  const tell = useTell();
  const { value, failed, reload } = useAnswer(`scheduled ${conversationId}`, () =>
    call('listScheduled', { conversationId }),
  );
  const cancel = (scheduledId: string) => {
    call('cancelScheduled', { conversationId, scheduledId }).then(
      () => {
        toasts.show({ text: texts.channel.scheduledCancelled });
        reload();
      },
      (error: unknown) => toasts.show({ text: tell(error).text }),
    );
  };
  return (
    <Dialog
      open
      onClose={onClose}
      title={texts.channel.scheduledTitle}
      closeLabel={texts.app.close}
    >
      {failed ? <p role="alert">{failed.text}</p> : null}
      {value || failed ? null : <Spinner label={texts.app.loading} />}
      {value?.length === 0 ? (
        <EmptyState icon={<ClockIcon size="xl" />} title={texts.channel.scheduledNone} level={3}>
          {texts.channel.scheduledNoneNote}
        </EmptyState>
      ) : null}
      <ul className="scheduled">
        {value?.map((post) => (
          <li key={post.scheduledId}>
            {post.scheduledId === edited ? (
              <ScheduledEditor
                conversationId={conversationId}
                post={post}
                onEnd={(saved) => {
                  setEdited(undefined);
                  if (saved) reload();
                }}
              />
            ) : (
              <ScheduledItem
                post={post}
                onCancel={() => cancel(post.scheduledId)}
                onEdit={() => setEdited(post.scheduledId)}
              />
            )}
          </li>
        ))}
      </ul>
    </Dialog>
  );
}

interface ScheduledItemProps {
  readonly post: ScheduledView;
  readonly onCancel: () => void;
  readonly onEdit: () => void;
}

function ScheduledItem({ post, onCancel, onEdit }: ScheduledItemProps) {
  const texts = useTexts().channel;
  const formats = useFormats();
  const tell = useTell();
  const { acts } = useScene();
  const names = post.attachments.map(({ name }) => name);
  return (
    <article className="scheduled-post">
      <header>
        <ClockIcon size="s" />
        <time dateTime={new Date(post.at).toISOString()}>
          {fill(texts.scheduledFor, formats.moment(post.at))}
        </time>
        {post.silent ? (
          <span title={texts.silent}>
            <BellOffIcon size="s" />
            <VisuallyHidden>{texts.silent}</VisuallyHidden>
          </span>
        ) : null}
      </header>
      {names.length > 0 ? <p className="scheduled-files">{formats.list(names)}</p> : null}
      {post.text === '' ? null : (
        <PostText
          blocks={post.blocks}
          onTag={acts.searchFor}
          onCopyCode={(code) => acts.copyText(code, texts.copied)}
        />
      )}
      {post.failure ? (
        <p className="scheduled-failed">{fill(texts.scheduledFailed, tell(post.failure).text)}</p>
      ) : null}
      <div className="scheduled-choices">
        <Button size="s" onClick={onEdit}>
          {texts.scheduledEdit}
        </Button>
        <Button size="s" onClick={onCancel}>
          {texts.scheduledCancel}
        </Button>
      </div>
    </article>
  );
}
