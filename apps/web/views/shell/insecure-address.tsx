import './pane.css';
import { ButtonLink } from '../../design/button.tsx';
import { EmptyState } from '../../design/empty-state.tsx';
import { LockIcon } from '../../design/icons/people.tsx';
import type { Texts } from '../../language/languages.ts';

/** Instead of the app where the browser gives it nothing to stand on: no keys, no files, no locks. */
export function InsecureAddress({ texts }: { readonly texts: Texts['shell'] }) {
  return (
    <main className="pane-fill">
      <EmptyState
        icon={<LockIcon size="xl" />}
        title={texts.insecure}
        level={1}
        actions={<ButtonLink href="/directory">{texts.insecureRead}</ButtonLink>}
      >
        {texts.insecureNote}
      </EmptyState>
    </main>
  );
}
