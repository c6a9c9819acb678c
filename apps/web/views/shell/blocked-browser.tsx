import './pane.css';
import type { Blocked } from '../../bridge/contract/session.ts';
import { Button, ButtonLink } from '../../design/button.tsx';
import { EmptyState } from '../../design/empty-state.tsx';
import { LockIcon } from '../../design/icons/people.tsx';
import type { Texts } from '../../language/languages.ts';

interface BlockedBrowserProps {
  readonly texts: Texts;
  /** `app`: the worker itself did not start. */
  readonly what: Blocked | 'app';
}

const notes = {
  keys: 'blockedKeys',
  locks: 'blockedLocks',
  app: 'blockedApp',
} as const satisfies Record<BlockedBrowserProps['what'], keyof Texts['shell']>;

/** Instead of an app that would begin for ever: what the browser refuses, and what to do. */
export function BlockedBrowser({ texts: { app, shell }, what }: BlockedBrowserProps) {
  return (
    <main className="pane-fill">
      <EmptyState
        icon={<LockIcon size="xl" />}
        title={shell.blocked}
        level={1}
        actions={
          <>
            <Button kind="primary" onClick={() => location.reload()}>
              {app.retry}
            </Button>
            <ButtonLink href="/directory">{shell.insecureRead}</ButtonLink>
          </>
        }
      >
        {shell[notes[what]]}
      </EmptyState>
    </main>
  );
}
