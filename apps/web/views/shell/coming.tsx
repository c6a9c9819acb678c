import { Skeleton } from '../../design/skeleton.tsx';
import { VisuallyHidden } from '../../design/visually-hidden.tsx';
import { useTexts } from '../../language/language.tsx';
import { useLayout } from '../../view-models/layout.ts';
import { Pane } from './pane.tsx';

/** What a name leads to, before anybody has said what that is: one sees that one came to the right place. */
export function Coming({ username }: { readonly username: string }) {
  const { app } = useTexts();
  const layout = useLayout();
  return (
    <Pane title={`@${username}`} leave={layout === 'one' ? 'back' : undefined}>
      <div className="pane-coming" aria-busy="true">
        <VisuallyHidden>{app.loading}</VisuallyHidden>
        {[40, 75, 55].map((widthPercent) => (
          <Skeleton key={widthPercent} widthPercent={widthPercent} />
        ))}
      </div>
    </Pane>
  );
}
