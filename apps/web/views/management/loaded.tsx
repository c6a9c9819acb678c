import type { ReactNode } from 'react';
import { Banner } from '../../design/banner.tsx';
import { Button } from '../../design/button.tsx';
import { RowSkeleton } from '../../design/skeleton.tsx';
import { useTexts } from '../../language/language.tsx';
import type { Answer } from '../../view-models/task.ts';

interface LoadedProps<Item> {
  readonly answer: Omit<Answer<readonly Item[]>, 'set'>;
  /** Said when there are none. */
  readonly empty: string;
  readonly children: (items: readonly Item[]) => ReactNode;
}

/** A list that was asked for: on its way, not here, empty, or what it holds. */
export function Loaded<Item>({ answer, empty, children }: LoadedProps<Item>) {
  const { app } = useTexts();
  const { value, failed, reload } = answer;
  if (value) return value.length === 0 ? <p className="pane-note">{empty}</p> : children(value);
  if (failed) {
    return (
      <Banner
        tone="danger"
        title={failed.text}
        actions={<Button onClick={reload}>{app.retry}</Button>}
      />
    );
  }
  return (
    <div role="status" aria-busy="true" aria-label={app.loading}>
      <RowSkeleton shape="round" />
      <RowSkeleton shape="round" />
    </div>
  );
}
