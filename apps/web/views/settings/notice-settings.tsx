import { Switch } from '../../design/switch.tsx';
import { type Texts, useTexts } from '../../language/language.tsx';
import { type NoticesState, useNotices } from '../../view-models/push.ts';
import { useTask } from '../../view-models/task.ts';

/** Notices on or off, and why they cannot be had. */
export function NoticeSettings() {
  const { settings } = useTexts();
  const { state, turn } = useNotices();
  const task = useTask();
  const possible = state === 'on' || state === 'off' || state === 'ask';
  return (
    <>
      <div className="pane-card">
        <Switch
          label={settings.push}
          note={settings.pushNote}
          checked={state === 'on'}
          disabled={!possible || task.busy}
          onChange={(on) => {
            task.run(() => turn(on)).catch(() => undefined);
          }}
        />
      </div>
      <p className="pane-note" aria-live="polite">
        {task.failed ? task.failed.text : explained(settings, state)}
      </p>
    </>
  );
}

function explained(texts: Texts['settings'], state: NoticesState): string {
  switch (state) {
    case 'unknown':
      return '';
    case 'unsupported':
      return texts.pushUnsupported;
    case 'no-server':
      return texts.pushNoServer;
    case 'denied':
      return texts.pushDenied;
    case 'ask':
      return texts.pushDefault;
    case 'off':
      return texts.pushOff;
    case 'on':
      return texts.pushOn;
  }
}
