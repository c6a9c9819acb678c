import './empty-state.css';
import type { ReactNode } from 'react';

interface EmptyStateProps {
  /** An icon of size `xl`. */
  readonly icon?: ReactNode;
  readonly title: string;
  /** What will stand here and how it comes to be: an empty place teaches. */
  readonly children?: ReactNode;
  readonly actions?: ReactNode;
  /** The level of its heading in the page. */
  readonly level?: 1 | 2 | 3 | undefined;
}

export function EmptyState({ icon, title, children, actions, level = 2 }: EmptyStateProps) {
  const Heading = `h${level}` as const;
  return (
    <section className="ui-empty">
      {icon ? <div className="ui-empty-picture">{icon}</div> : null}
      <Heading className="ui-empty-title">{title}</Heading>
      {children ? <div className="ui-empty-text">{children}</div> : null}
      {actions ? <div className="ui-empty-actions">{actions}</div> : null}
    </section>
  );
}
