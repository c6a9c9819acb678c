import { type FormEvent, useState } from 'react';
import type { ChannelFacts, ChannelSettingsView } from '../../bridge/contract/log.ts';
import { Banner } from '../../design/banner.tsx';
import { Button } from '../../design/button.tsx';
import { Switch } from '../../design/switch.tsx';
import { useTexts } from '../../language/language.tsx';
import { useCall } from '../../view-models/app.tsx';
import { useQuietly, useTask } from '../../view-models/task.ts';
import { toasts } from '../../view-models/toasts.ts';
import { useUsernameCheck } from '../../view-models/username-check.ts';
import { SavedPicture } from '../picture/saved-picture.tsx';
import { PaneGroup } from '../shell/pane.tsx';
import { type ChannelDraft, isSendable, tidyDraft } from './channel-draft.ts';
import { ChannelForm } from './channel-form.tsx';

/** Everything about a channel that its admins can change. */
export function EditChannel({ channel }: { readonly channel: ChannelFacts }) {
  const { management } = useTexts();
  const call = useCall();
  const { conversationId, title, avatarUrl } = channel;
  return (
    <div className="pane-body">
      <SavedPicture
        id={conversationId}
        name={title}
        shape="tile"
        url={avatarUrl}
        save={(picture) => call('setChannelPicture', { conversationId, picture })}
      />
      <Words channel={channel} />
      <PaneGroup title={management.settings}>
        <Settings channel={channel} />
      </PaneGroup>
    </div>
  );
}

function Words({ channel }: { readonly channel: ChannelFacts }) {
  const { app, management } = useTexts();
  const call = useCall();
  const task = useTask();
  const { conversationId, settings } = channel;
  const [draft, setDraft] = useState<ChannelDraft>({
    title: channel.title,
    description: channel.description,
    username: channel.username,
    unlisted: settings.unlisted,
  });
  const [strict, setStrict] = useState(false);
  const check = useUsernameCheck(draft.unlisted ? '' : draft.username, {
    own: channel.username,
    refused: task.failed,
  });
  const save = async (event: FormEvent) => {
    event.preventDefault();
    setStrict(true);
    if (!isSendable(draft, check)) return;
    const { title, description, username, unlisted } = tidyDraft(draft);
    const done = await task.run(() =>
      call('updateChannel', {
        conversationId,
        ...(title !== channel.title && { title }),
        ...(description !== channel.description && { description }),
        ...(username !== channel.username && { username }),
        ...(unlisted !== settings.unlisted && { settings: { ...settings, unlisted } }),
      }),
    );
    if (done) toasts.show({ text: management.saved });
  };
  return (
    <form className="form" onSubmit={save} noValidate>
      {task.failed ? <Banner tone="danger" title={task.failed.text} /> : null}
      <ChannelForm draft={draft} onChange={setDraft} check={check} strict={strict} />
      <div className="pane-actions">
        <Button type="submit" kind="primary" busy={task.busy}>
          {app.save}
        </Button>
      </div>
    </form>
  );
}

function Settings({ channel }: { readonly channel: ChannelFacts }) {
  const { management } = useTexts();
  const call = useCall();
  const quietly = useQuietly();
  const { conversationId, settings } = channel;
  const set = (part: Partial<ChannelSettingsView>) =>
    quietly(call('updateChannel', { conversationId, settings: { ...settings, ...part } }));
  return (
    <div className="pane-card">
      <Switch
        label={management.signPosts}
        note={management.signPostsNote}
        checked={settings.signPosts}
        onChange={(signPosts) => set({ signPosts })}
      />
      <Switch
        label={management.allowForwarding}
        note={management.allowForwardingNote}
        checked={!settings.forbidForwarding}
        onChange={(allowed) => set({ forbidForwarding: !allowed })}
      />
      <Switch
        label={management.allowReactions}
        checked={!settings.forbidReactions}
        onChange={(allowed) => set({ forbidReactions: !allowed })}
      />
      {settings.unlisted ? null : (
        <Switch
          label={management.allowIndexing}
          note={management.allowIndexingNote}
          checked={!settings.noIndex}
          onChange={(allowed) => set({ noIndex: !allowed })}
        />
      )}
    </div>
  );
}
