import { useState } from 'react';
import { Banner } from '../../design/banner.tsx';
import { Button } from '../../design/button.tsx';
import { CopyIcon } from '../../design/icons/conversation.tsx';
import { UserPlusIcon } from '../../design/icons/people.tsx';
import { fill } from '../../language/fill.ts';
import { useFormats, useTexts } from '../../language/language.tsx';
import { useCall } from '../../view-models/app.tsx';
import { copyText } from '../../view-models/copying.ts';
import { useTask } from '../../view-models/task.ts';
import { PaneGroup } from '../shell/pane.tsx';

/** A code with which somebody else makes an account here. */
export function InviteSomeone() {
  const { management, settings } = useTexts();
  const formats = useFormats();
  const call = useCall();
  const task = useTask();
  const [made, setMade] = useState<{ readonly code: string; readonly expiresAt: number }>();
  const make = () => task.run(async () => setMade(await call('createSignUpInvite', null)));
  return (
    <PaneGroup title={settings.invite}>
      <p className="pane-note">{settings.inviteNote}</p>
      {task.failed ? <Banner tone="danger" title={task.failed.text} /> : null}
      {made ? (
        <div role="status" className="pane-group">
          <p className="settings-code" dir="ltr">
            {made.code}
          </p>
          <p className="pane-note">{fill(settings.inviteUntil, formats.moment(made.expiresAt))}</p>
          <div className="pane-actions">
            <Button
              icon={<CopyIcon />}
              onClick={() =>
                copyText(made.code, { done: settings.inviteCopied, refused: management.notCopied })
              }
            >
              {settings.inviteCopy}
            </Button>
          </div>
        </div>
      ) : (
        <div className="pane-actions">
          <Button icon={<UserPlusIcon />} busy={task.busy} onClick={make}>
            {settings.inviteMake}
          </Button>
        </div>
      )}
    </PaneGroup>
  );
}
