import { lazy, Suspense } from 'react';
import type { SessionView } from '../../bridge/contract/session.ts';
import type { Layout } from '../../view-models/layout.ts';
import type { Place } from '../../view-models/place.ts';

const Management = lazy(async () => ({
  default: (await import('../management/management.tsx')).Management,
}));

interface DetailsColumnProps {
  readonly place: Extract<Place, { readonly at: 'manage' }>;
  readonly session: SessionView;
  readonly layout: Layout;
}

/** What is known about the conversation, and what can be done with it. */
export function DetailsColumn({ place, session, layout }: DetailsColumnProps) {
  return (
    <Suspense fallback={<div className="pane-fill" aria-busy="true" />}>
      <Management
        key={place.conversationId}
        conversationId={place.conversationId}
        page={place.page}
        session={session}
        layout={layout}
      />
    </Suspense>
  );
}
