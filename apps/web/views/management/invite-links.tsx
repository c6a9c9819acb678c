import { type FormEvent, useState } from 'react';
import type { ChannelFacts } from '../../bridge/contract/log.ts';
import type { InviteView } from '../../bridge/contract/management.ts';
import { Banner } from '../../design/banner.tsx';
import { Button } from '../../design/button.tsx';
import { Checkbox } from '../../design/checkbox.tsx';
import { ConfirmDialog } from '../../design/confirm-dialog.tsx';
import { Select } from '../../design/select.tsx';
import { fill } from '../../language/fill.ts';
import type { Formats } from '../../language/formats.ts';
import { type Texts, useFormats, useTexts } from '../../language/language.tsx';
import { useCall } from '../../view-models/app.tsx';
import { useAnswer, useTask } from '../../view-models/task.ts';
import { toasts } from '../../view-models/toasts.ts';
import { PaneGroup } from '../shell/pane.tsx';
import { Loaded } from './loaded.tsx';
import { ShareLink } from './share-link.tsx';

/** The links that let people into an unlisted channel. */
export function InviteLinks({ channel }: { readonly channel: ChannelFacts }) {
  const { management } = useTexts();
  const call = useCall();
  const { conversationId } = channel;
  const answer = useAnswer(conversationId, () => call('listInvites', { conversationId }));
  return (
    <div className="pane-body">
      <p className="pane-note">{management.linksNote}</p>
      <NewLink
        conversationId={conversationId}
        onMade={(made) => answer.set([made, ...(answer.value ?? [])])}
      />
      <PaneGroup title={management.links}>
        <Loaded answer={answer} empty={management.linksNone}>
          {(links) => (
            <div className="pane-card">
              {links.map((link) => (
                <LinkItem
                  key={link.inviteId}
                  invite={link}
                  channel={channel}
                  onRevoked={() => answer.set(links.filter((each) => each !== link))}
                />
              ))}
            </div>
          )}
        </Loaded>
      </PaneGroup>
    </div>
  );
}

const hourMs = 3_600_000;
const expiries = {
  never: undefined,
  afterHour: hourMs,
  afterDay: 24 * hourMs,
  afterWeek: 7 * 24 * hourMs,
  afterMonth: 30 * 24 * hourMs,
} as const;
type Expiry = keyof typeof expiries;
const limits = ['0', '1', '10', '50', '100', '1000'] as const;

interface NewLinkProps {
  readonly conversationId: string;
  readonly onMade: (invite: InviteView) => void;
}

function NewLink({ conversationId, onMade }: NewLinkProps) {
  const { management } = useTexts();
  const formats = useFormats();
  const call = useCall();
  const task = useTask();
  const [expiry, setExpiry] = useState<Expiry>('never');
  const [limit, setLimit] = useState<(typeof limits)[number]>('0');
  const [approval, setApproval] = useState(false);
  const make = async (event: FormEvent) => {
    event.preventDefault();
    const lifeMs = expiries[expiry];
    await task.run(async () => {
      const made = await call('createInvite', {
        conversationId,
        approval,
        ...(lifeMs !== undefined && { expiresAt: Date.now() + lifeMs }),
        ...(limit !== '0' && { useLimit: Number(limit) }),
      });
      onMade(made);
    });
  };
  return (
    <form className="form" onSubmit={make} aria-label={management.newLink}>
      {task.failed ? <Banner tone="danger" title={task.failed.text} /> : null}
      <Select
        label={management.expiry}
        value={expiry}
        onChange={setExpiry}
        options={(Object.keys(expiries) as Expiry[]).map((each) => ({
          value: each,
          label: management[each],
        }))}
      />
      <Select
        label={management.limit}
        value={limit}
        onChange={setLimit}
        options={limits.map((each) => ({
          value: each,
          label:
            each === '0' ? management.noLimit : formats.plural(Number(each), management.people),
        }))}
      />
      <Checkbox
        label={management.approval}
        note={management.approvalNote}
        checked={approval}
        onChange={setApproval}
      />
      <div className="pane-actions">
        <Button type="submit" kind="primary" busy={task.busy}>
          {management.makeLink}
        </Button>
      </div>
    </form>
  );
}

interface LinkItemProps {
  readonly invite: InviteView;
  readonly channel: ChannelFacts;
  readonly onRevoked: () => void;
}

function LinkItem({ invite, channel, onRevoked }: LinkItemProps) {
  const { app, management } = useTexts();
  const formats = useFormats();
  const call = useCall();
  const task = useTask();
  const [asking, setAsking] = useState(false);
  const { conversationId, title } = channel;
  const { inviteId } = invite;
  const revoke = async () => {
    const done = await task.run(() => call('revokeInvite', { conversationId, inviteId }));
    if (!done) return;
    toasts.show({ text: management.revoked });
    onRevoked();
  };
  return (
    <div className="management-item">
      <ShareLink link={invite.link} title={title} />
      <div className="management-item-head">
        <span className="management-item-name pane-note">
          {factsOf(invite, management, formats).join(' · ')}
        </span>
        <Button kind="plain" size="s" onClick={() => setAsking(true)}>
          {management.revoke}
        </Button>
      </div>
      <ConfirmDialog
        open={asking}
        title={management.revokeAsk}
        confirmLabel={management.revoke}
        cancelLabel={app.cancel}
        busy={task.busy}
        onConfirm={revoke}
        onCancel={() => setAsking(false)}
      >
        <p>{management.revokeNote}</p>
        {task.failed ? <p role="alert">{task.failed.text}</p> : null}
      </ConfirmDialog>
    </div>
  );
}

function factsOf(
  { uses, useLimit, expiresAt, approval }: InviteView,
  texts: Texts['management'],
  formats: Formats,
): readonly string[] {
  const used =
    useLimit === undefined
      ? formats.plural(uses, uses === 0 ? { other: texts.used.zero ?? '' } : texts.used)
      : fill(texts.usedOf, formats.number(useLimit), formats.number(uses));
  const facts: (string | undefined)[] = [used, approval ? texts.asksFirst : undefined];
  if (expiresAt !== undefined) {
    const past = expiresAt <= Date.now();
    facts.push(past ? texts.expired : fill(texts.expires, formats.moment(expiresAt)));
  }
  return facts.filter((fact) => fact !== undefined);
}
