import { useState } from 'react';
import type { ChannelFacts } from '../../bridge/contract/log.ts';
import { Banner } from '../../design/banner.tsx';
import { Button } from '../../design/button.tsx';
import { ConfirmDialog } from '../../design/confirm-dialog.tsx';
import { TrashIcon } from '../../design/icons/conversation.tsx';
import { fill } from '../../language/fill.ts';
import { useTexts } from '../../language/language.tsx';
import { useCall } from '../../view-models/app.tsx';
import { useTask } from '../../view-models/task.ts';
import { toasts } from '../../view-models/toasts.ts';
import { goTo } from '../../view-models/way-back.ts';

/** The end of a channel. */
export function DeleteChannel({ channel }: { readonly channel: ChannelFacts }) {
  const { app, management } = useTexts();
  const call = useCall();
  const task = useTask();
  const [asking, setAsking] = useState(false);
  const { conversationId, title } = channel;
  const remove = async () => {
    const done = await task.run(() => call('deleteChannel', { conversationId }));
    if (!done) return;
    toasts.show({ text: management.deleted });
    goTo({ at: 'chats' }, { replace: true });
  };
  return (
    <div className="pane-body">
      <Banner tone="warning" title={title}>
        {management.deleteNote}
      </Banner>
      <div className="pane-actions">
        <Button kind="danger" icon={<TrashIcon />} onClick={() => setAsking(true)}>
          {management.deleteChannel}
        </Button>
      </div>
      <ConfirmDialog
        open={asking}
        title={management.deleteChannel}
        confirmLabel={management.deleteGo}
        cancelLabel={app.cancel}
        busy={task.busy}
        typed={{ text: title.trim(), label: fill(management.deleteType, title) }}
        onConfirm={remove}
        onCancel={() => setAsking(false)}
      >
        <p>{management.deleteNote}</p>
        {task.failed ? <p role="alert">{task.failed.text}</p> : null}
      </ConfirmDialog>
    </div>
  );
}
