import './connection-notice.css';
import type { SessionView } from '../../bridge/contract/session.ts';
import { OfflineIcon } from '../../design/icons/state.tsx';
import { Spinner } from '../../design/spinner.tsx';
import { VisuallyHidden } from '../../design/visually-hidden.tsx';
import { useTexts } from '../../language/language.tsx';
import { useConnectionShown } from '../../view-models/connection-shown.ts';

/** That there is no connection, or that one is on its way. */
export function ConnectionNotice({ session }: { readonly session: SessionView }) {
  const { shell } = useTexts();
  const reach = useConnectionShown(session);
  const suspended = session.phase === 'signed-in' && session.suspended !== undefined;
  return (
    <div className="connection-notice" role="status">
      {reach === 'online' || suspended ? null : (
        <p>
          {reach === 'offline' ? <OfflineIcon size="s" /> : <Spinner size="s" />}
          <span>{reach === 'offline' ? shell.offline : shell.connecting}</span>
          {reach === 'offline' ? <VisuallyHidden>{shell.offlineNote}</VisuallyHidden> : null}
        </p>
      )}
    </div>
  );
}
