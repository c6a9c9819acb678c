import { Banner } from '../../design/banner.tsx';
import { Button } from '../../design/button.tsx';
import { useTexts } from '../../language/language.tsx';
import { takeUpdate, useUpdateReady } from '../../view-models/installed-app.ts';

/** A new version waits until somebody takes it: an open tab is never broken. */
export function NewVersion() {
  const { shell } = useTexts();
  const ready = useUpdateReady();
  if (!ready) return null;
  return (
    <Banner
      edge
      title={shell.newVersion}
      actions={<Button onClick={takeUpdate}>{shell.takeVersion}</Button>}
    >
      {shell.newVersionNote}
    </Banner>
  );
}
